import type { Language } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { withheldMark } from "../formats/mark.ts";

/** A withheld figure on a page: a sign to see and a word to hear. */
export function Withheld({ language }: { language: Language }): JSX.Element {
  const { shown, explained, spoken } = withheldMark("page");
  return (
    <span title={explained[language]}>
      <span aria-hidden="true" lang="ja">{shown}</span>
      <span class="visually-hidden">{spoken[language]}</span>
    </span>
  );
}
