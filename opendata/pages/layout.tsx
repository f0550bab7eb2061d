import type { Language, Municipality, Text } from "@hiraku/kernel";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";

const TEXT = {
  site: { ja: "ひらく", en: "Hiraku" },
  tagline: {
    ja: "まちのデータを、みんなの手に",
    en: "The city's data in everyone's hands",
  },
  skip: { ja: "本文へ", en: "Skip to content" },
  menu: { ja: "メニュー", en: "Menu" },
  other: { ja: "English", en: "日本語" },
  dashboards: { ja: "ダッシュボード", en: "Dashboards" },
  opendata: { ja: "オープンデータ", en: "Open data" },
  operations: { ja: "運用（職員）", en: "Operations (staff)" },
  licence: {
    ja: "統計は、特に断りのないかぎり",
    en: "Unless stated otherwise, statistics are under",
  },
  licenceEnd: { ja: "で利用できます。", en: "." },
  safe: {
    ja:
      "公開している数値はすべて、個人がわからないよう秘匿処理を済ませたものです。",
    en:
      "Every public figure has passed disclosure control, so that no person can be told from it.",
  },
} as const satisfies Record<string, Text>;

const PLACES = ["/dashboards", "/opendata", "/operations"] as const;
const NAMES = {
  "/dashboards": TEXT.dashboards,
  "/opendata": TEXT.opendata,
  "/operations": TEXT.operations,
} as const;

export interface LayoutProps {
  readonly language: Language;
  readonly title: Text;
  /** The page's address without its language, such as `/opendata`. */
  readonly path: string;
  /** Machine-readable forms of the same page. */
  readonly alternates?: readonly { type: string; href: string }[];
  /** Style sheets besides the one of all pages, such as `boards.css`. */
  readonly styles?: readonly string[];
  /** Addresses of scripts that make a page quicker; none needs them. */
  readonly scripts?: readonly string[];
  /** The city it is about, whose colour it then has. */
  readonly city?: Pick<Municipality, "code" | "colour"> | undefined;
  /** A JSON-LD description for search engines. */
  readonly linkedData?: Record<string, unknown>;
  readonly children?: Child;
}

/** The address of a page in a language: Japanese at the root, English under `/en`. */
export function inLanguage(language: Language, path: string): string {
  return language === "ja" ? path : `/en${path}`;
}

/** The frame of every page: heading, languages, navigation, licence. Needs no script. */
export function Layout(
  {
    language,
    title,
    path,
    alternates = [],
    styles = [],
    scripts = [],
    city,
    linkedData,
    children,
  }: LayoutProps,
): JSX.Element {
  const other: Language = language === "ja" ? "en" : "ja";
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${title[language]} | ${TEXT.site[language]}`}</title>
          <link rel="stylesheet" href="/assets/hiraku.css" />
          {styles.map((name) => (
            <link rel="stylesheet" href={`/assets/${name}`} />
          ))}
          {scripts.map((address) => <script type="module" src={address} />)}
          {city?.colour && (
            <link rel="stylesheet" href={`/assets/city/${city.code}.css`} />
          )}
          <link rel="icon" href="/assets/hiraku.svg" type="image/svg+xml" />
          <link
            rel="alternate"
            hreflang={other}
            href={inLanguage(other, path)}
          />
          {alternates.map(({ type, href }) => (
            <link rel="alternate" type={type} href={href} />
          ))}
          {linkedData && <LinkedData value={linkedData} />}
        </head>
        <body>
          <a class="skip" href="#main">{TEXT.skip[language]}</a>
          <header class="site">
            <div class="wide">
              <a class="brand" href={inLanguage(language, "/dashboards")}>
                <span class="name">{TEXT.site[language]}</span>
                <span class="tagline">{TEXT.tagline[language]}</span>
              </a>
              <nav aria-label={TEXT.menu[language]}>
                <ul>
                  {PLACES.map((place) => (
                    <li>
                      <a
                        href={inLanguage(language, place)}
                        aria-current={path === place
                          ? "page"
                          : path.startsWith(`${place}/`)
                          ? "true"
                          : undefined}
                      >
                        {NAMES[place][language]}
                      </a>
                    </li>
                  ))}
                  <li>
                    <a
                      class="language"
                      href={inLanguage(other, path)}
                      lang={other}
                      hreflang={other}
                    >
                      {TEXT.other[language]}
                    </a>
                  </li>
                </ul>
              </nav>
            </div>
          </header>
          <main id="main" class="wide" tabindex={-1}>{children}</main>
          <footer class="site">
            <div class="wide">
              <p>{TEXT.safe[language]}</p>
              <p>
                {TEXT.licence[language]}{" "}
                <a
                  href="https://creativecommons.org/licenses/by/4.0/deed"
                  rel="license"
                >
                  CC BY 4.0
                </a>
                {TEXT.licenceEnd[language]}
              </p>
            </div>
          </footer>
          <FontSheet />
        </body>
      </html>
    </>
  );
}

/**
 * The long list of parts of our font, for letters that no font of the reader's
 * has. It stands at the end of a page, so that nothing waits for it.
 */
export function FontSheet(): JSX.Element {
  return <link rel="stylesheet" href="/assets/fonts.css" />;
}

// `<` is escaped so that no value can end the element.
function LinkedData({ value }: { value: Record<string, unknown> }) {
  return (
    <script
      type="application/ld+json"
      dangerouslySetInnerHTML={{
        __html: JSON.stringify(value).replaceAll("<", "\\u003c"),
      }}
    />
  );
}
