import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Manifest, TableEntry } from "../manifest.ts";
import { inLanguage } from "./layout.tsx";
import { number } from "./words.ts";

const TEXT = {
  title: { ja: "秘匿処理", en: "Disclosure control" },
  table: { ja: "表", en: "Table" },
  rule: { ja: "規則", en: "Rule" },
  withheld: { ja: "秘匿した行", en: "Rows withheld" },
  mark: {
    ja:
      "秘匿した数値は、CSVでは X、JSONとParquetでは空（null）とし、status 列に withheld と記します。0 は本当の0です。",
    en:
      "A withheld figure is X in CSV and null in JSON and Parquet, where the column 'status' says withheld. 0 is a true zero.",
  },
  merged: {
    ja: "人口2,000人未満の校区は、隣の校区と合算しています。",
    en:
      "School districts under 2,000 inhabitants share a row with their neighbour.",
  },
  narrowest: {
    ja: (values: number) =>
      `秘匿した数値が取り得る値は、最も狭いものでも${
        number(values)
      }通りあります。`,
    en: (values: number) =>
      `Each withheld figure may take at least ${number(values)} values.`,
  },
  more: { ja: "秘匿処理のしくみ", en: "How figures are protected" },
  share: { ja: "割合", en: "Share" },
  complement: {
    ja:
      "秘匿した数値には、それ自体は小さくないが、引き算で小さな数がわかるのを防ぐために示さないものを含みます。",
    en:
      "Some withheld figures are not small themselves; they are left out so that no small one can be computed.",
  },
} as const satisfies Record<
  string,
  Text | Record<Language, (values: number) => string>
>;

const RULES: Record<TableEntry["rule"], (thresholds: string) => Text> = {
  none: () => ({ ja: "秘匿なし", en: "No rule" }),
  flow: (k) => ({
    ja: `${k}人未満（0を除く）を秘匿`,
    en: `Counts from 1 up to (not including) ${k} withheld`,
  }),
  stock: (k) => ({
    ja: `${k}人未満の数と、前回からの${k}人未満の増減を秘匿`,
    en: `Counts and changes from 1 up to (not including) ${k} withheld`,
  }),
  step: (k) => ({
    ja:
      `新しい利用者が${k}人以上たまるごとに更新。最新の${k}人以上は次回以降に反映`,
    en:
      `Moves in steps of at least ${k} new users and keeps at least ${k} of the latest back`,
  }),
};

/** What was withheld and by which rule, table by table. */
export function Protection(
  { language, manifest }: { language: Language; manifest: Manifest },
): JSX.Element {
  const { tables } = manifest;
  const byArea = tables.some((table) =>
    table.columns.some((column) => column.codes === "district")
  );
  return (
    <section class="card" aria-labelledby="protection">
      <h2 id="protection">{TEXT.title[language]}</h2>
      <p>{TEXT.mark[language]}</p>
      {tables.some((one) => one.withheld > 0) && (
        <p>{TEXT.complement[language]}</p>
      )}
      {byArea && <p>{TEXT.merged[language]}</p>}
      {typeof manifest.narrowestInterval === "number" && (
        <p>{TEXT.narrowest[language](manifest.narrowestInterval)}</p>
      )}
      <p>
        <a href={inLanguage(language, "/opendata/protection")}>
          {TEXT.more[language]}
        </a>
      </p>
      <div
        class="scroll"
        tabindex={0}
        role="region"
        aria-label={`${TEXT.table[language]}: ${TEXT.title[language]}`}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{TEXT.table[language]}</th>
              <th scope="col">{TEXT.rule[language]}</th>
              <th scope="col" class="number">{TEXT.withheld[language]}</th>
              <th scope="col" class="number">{TEXT.share[language]}</th>
            </tr>
          </thead>
          <tbody>
            {tables.map((table) => (
              <tr>
                <th scope="row">{table.title[language]}</th>
                <td class="words">{ruleText(table)[language]}</td>
                <td class="number">
                  {number(table.withheld)} / {number(table.rows)}
                </td>
                <td class="number">{share(table)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function share({ withheld, rows }: TableEntry): string {
  return rows === 0 ? "–" : `${(100 * withheld / rows).toFixed(1)}%`;
}

/** A table's rule in words, with the thresholds in use. */
export function ruleText(table: TableEntry): Text {
  const rule = RULES[table.rule];
  if (table.reason === undefined) {
    return {
      ja: rule(table.thresholds.join("・")).ja,
      en: rule(table.thresholds.join(" or ")).en,
    };
  }
  return {
    ja: `${rule("").ja}（${table.reason.ja}）`,
    en: `${rule("").en} (${table.reason.en})`,
  };
}
