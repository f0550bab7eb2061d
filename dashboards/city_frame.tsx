import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage, Layout } from "@hiraku/opendata";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";

const DASHBOARDS: Text = { ja: "ダッシュボード", en: "Dashboards" };

/** What pages about one city share: the way back, its title and the question it answers. */
export function CityFrame(
  {
    language,
    municipality,
    title,
    lead,
    path,
    kind,
    within,
    styles = [],
    scripts,
    children,
  }: {
    language: Language;
    municipality: Municipality;
    /** Without the city's name. */
    title: Text;
    lead: Text;
    /** Path in Japanese, with the state of the page. */
    path: string;
    /** A class that styles one kind of page. */
    kind?: "pack";
    /** The list that the page is one of. */
    within?: { readonly title: Text; readonly path: string };
    /** Style sheets besides those of every board. */
    styles?: readonly string[];
    /** Addresses of scripts, where a page can use one. */
    scripts?: readonly string[];
    children?: Child;
  },
): JSX.Element {
  const { code, name } = municipality;
  const whole = cityTitle({ name }, title);
  return (
    <Layout
      language={language}
      title={whole}
      path={path}
      styles={["boards.css", ...styles]}
      {...scripts && { scripts }}
      city={municipality}
    >
      <div class={kind === undefined ? "board" : `board ${kind}`}>
        <p class="crumbs">
          <a href={inLanguage(language, "/dashboards")}>
            {DASHBOARDS[language]}
          </a>
          {" › "}
          <a href={inLanguage(language, `/dashboards/${code}`)}>
            {name[language]}
          </a>
          {within && (
            <>
              {" › "}
              <a href={inLanguage(language, within.path)}>
                {within.title[language]}
              </a>
            </>
          )}
        </p>
        <h1>{whole[language]}</h1>
        <p class="lead">{lead[language]}</p>
        {children}
      </div>
    </Layout>
  );
}

/** A title with the city's name, as each language puts them. */
export function cityTitle(
  { name }: Pick<Municipality, "name">,
  title: Text,
): Text {
  return { ja: `${name.ja} ${title.ja}`, en: `${title.en}, ${name.en}` };
}
