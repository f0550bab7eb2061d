import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";

const NOT_YET: Text = {
  ja:
    "公開できる数値はまだありません。集計と秘匿処理が済むと、ここに表示されます。",
  en:
    "There is no figure to show yet. It appears here after aggregation and disclosure control.",
};

/** What stands in a chart's place before its data are published. */
export function NotYet({ language }: { language: Language }): JSX.Element {
  return <p class="meta">{NOT_YET[language]}</p>;
}
