import type { Language, Text } from "@hiraku/kernel";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { ScrollTable } from "./scroll_table.tsx";

const SHOW: Text = { ja: "表で見る", en: "Show as a table" };

/** One column: its heading, and whether it holds figures. */
export interface Heading {
  readonly title: Text;
  readonly figures?: boolean;
}

/** The table behind a chart, folded away. The first cell of a row names it. */
export function DataTable(
  { language, caption, headings, rows, show = SHOW }: {
    language: Language;
    caption: string;
    /** What the fold says, where several stand together. */
    show?: Text;
    headings: readonly Heading[];
    rows: readonly (readonly Child[])[];
  },
): JSX.Element {
  const kind = (at: number) => headings[at]?.figures ? "number" : undefined;
  return (
    <details>
      <summary>
        {show[language]}
        <span class="visually-hidden">: {caption}</span>
      </summary>
      <ScrollTable language={language} caption={caption} captionShown>
        <thead>
          <tr>
            {headings.map(({ title }, at) => (
              <th scope="col" class={kind(at)}>{title[language]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => <td class={kind(at + 1)}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  );
}
