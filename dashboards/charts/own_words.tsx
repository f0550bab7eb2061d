import type { Language } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** Words that a city has in one language only, marked as such for whoever hears the page. */
export function OwnWords(
  { language, words }: { language: Language; words: string },
): JSX.Element {
  return language === "en" && JAPANESE.test(words)
    ? <span lang="ja">{words}</span>
    : <>{words}</>;
}
