import type { Language } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { TEXT } from "./sheet_words.ts";

/** The way back from an officer's page. */
export function Crumbs(
  { language, code }: { language: Language; code?: string },
): JSX.Element {
  return (
    <p class="crumbs">
      <a href={inLanguage(language, "/operations")}>
        {TEXT.operations[language]}
      </a>
      {code !== undefined && (
        <>
          {" › "}
          <a href={inLanguage(language, `/operations/${code}/opendata`)}>
            {TEXT.title[language]}
          </a>
        </>
      )}
    </p>
  );
}
