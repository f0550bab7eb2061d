/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Language } from "@hiraku/kernel";
import type { JSX } from "preact";
import type { Estimate } from "../explore/answer.ts";
import { estimateWords } from "./estimate_words.ts";
import { Folded } from "./folded.tsx";

/** Every month of every small chart; a row a month, the newest first. */
export function PanelTable(
  { language, title, of, rows, folds }: {
    language: Language;
    title: string;
    /** What a column is. */
    of: string;
    rows: readonly {
      readonly code: string;
      readonly name: string;
      readonly estimates: readonly Estimate[];
    }[];
    /** Set where a script makes the rows once they are looked at. */
    folds: boolean;
  },
): JSX.Element {
  const months = rows[0]?.estimates.map(({ code }) => code) ?? [];
  return (
    <Folded language={language} title={title} folds={folds}>
      {(open) => (
        <>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              {rows.map(({ code, name }) => (
                <th key={code} scope="col" class="number">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {open && months.map((month, at) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                {rows.map(({ code, estimates }) => {
                  const one = estimates[at];
                  return (
                    <td key={code} class="number">
                      {one === undefined ? "–" : estimateWords(one)}
                    </td>
                  );
                })}
              </tr>
            )).toReversed()}
          </tbody>
        </>
      )}
    </Folded>
  );
}
