import type { Language } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { withheldMark } from "../formats/mark.ts";

const SPOKEN = { ja: "秘匿", en: "withheld" } as const;

/** A withheld figure on a page: a sign to see and a word to hear. */
export function Withheld({ language }: { language: Language }): JSX.Element {
  const { shown, explained } = withheldMark("page");
  return (
    <span title={explained[language]}>
      <span aria-hidden="true" lang="ja">{shown}</span>
      <span class="visually-hidden">{SPOKEN[language]}</span>
    </span>
  );
}
