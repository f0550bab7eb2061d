import type { Language, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";

const OPERATIONS: Text = { ja: "運用", en: "Operations" };

/** The way back from a page for staff, over the page that led there if there is one. */
export function Crumbs(
  { language, over }: {
    language: Language;
    over?: { readonly path: string; readonly title: Text };
  },
): JSX.Element {
  return (
    <p class="crumbs">
      <a href={inLanguage(language, "/operations")}>{OPERATIONS[language]}</a>
      {over !== undefined && (
        <>
          {" › "}
          <a href={inLanguage(language, over.path)}>{over.title[language]}</a>
        </>
      )}
    </p>
  );
}
