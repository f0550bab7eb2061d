import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { typeOf } from "../formats/content.ts";
import { withheldMark } from "../formats/mark.ts";
import type { ColumnEntry, Manifest } from "../manifest.ts";
import { inLanguage, Layout } from "./layout.tsx";

const TEXT = {
  codebook: { ja: "コードブック", en: "Codebook" },
  back: { ja: "データのページへ", en: "To the dataset" },
  name: { ja: "項目名", en: "Title" },
  field: { ja: "項目（JSON・Parquet）", en: "Field (JSON, Parquet)" },
  type: { ja: "型", en: "Type" },
  unit: { ja: "単位", en: "Unit" },
  values: { ja: "値", en: "Values" },
  withheld: { ja: "秘匿の記号", en: "Mark of withheld figures" },
} as const satisfies Record<string, Text>;

const TYPES: Readonly<Record<ReturnType<typeof typeOf>, Text>> = {
  month: { ja: "年月（YYYY-MM）", en: "Month (YYYY-MM)" },
  date: { ja: "日付（YYYY-MM-DD）", en: "Date (YYYY-MM-DD)" },
  instant: { ja: "日時（UTC）", en: "Instant (UTC)" },
  integer: { ja: "整数", en: "Whole number" },
  number: { ja: "数値", en: "Number" },
  string: { ja: "文字列", en: "Text" },
};

/** Every column of every table: what it is, its type, unit and the names of its values. */
export function CodebookPage(
  { language, manifest }: { language: Language; manifest: Manifest },
): JSX.Element {
  const { municipality, dataset } = manifest;
  const landing = `/opendata/${municipality.code}/${dataset}`;
  const title = {
    ja: `${TEXT.codebook.ja}: ${manifest.title.ja}`,
    en: `${TEXT.codebook.en}: ${manifest.title.en}`,
  };
  const mark = withheldMark("statistical-table");
  return (
    <Layout language={language} title={title} path={`${landing}/codebook`}>
      <p class="crumbs">
        <a href={inLanguage(language, landing)}>{TEXT.back[language]}</a>
      </p>
      <h1>{title[language]}</h1>
      {manifest.tables.map((table) => (
        <section class="card" aria-labelledby={`t-${table.id}`}>
          <h2 id={`t-${table.id}`}>{table.title[language]}</h2>
          <p>{table.description[language]}</p>
          <div
            class="scroll"
            tabindex={0}
            role="region"
            aria-label={table.title[language]}
          >
            <table class="data">
              <thead>
                <tr>
                  <th scope="col">{TEXT.name[language]}</th>
                  <th scope="col">{TEXT.field[language]}</th>
                  <th scope="col">{TEXT.type[language]}</th>
                  <th scope="col">{TEXT.unit[language]}</th>
                  <th scope="col">{TEXT.values[language]}</th>
                </tr>
              </thead>
              <tbody>
                {table.columns.map((column) => (
                  <tr>
                    <th scope="row">{column.title[language]}</th>
                    <td>
                      <code>{column.name}</code>
                    </td>
                    <td>{TYPES[typeOf(column)][language]}</td>
                    <td>{column.unit?.[language] ?? "–"}</td>
                    <td>{valuesText(column, language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {table.rule !== "none" && (
            <p>
              {TEXT.withheld[language]}: <code>{mark.shown}</code>{" "}
              {mark.explained[language]}
            </p>
          )}
        </section>
      ))}
    </Layout>
  );
}

function valuesText({ names }: ColumnEntry, language: Language): string {
  if (names === undefined) return "–";
  return Object.entries(names).map(([value, name]) =>
    `${value} = ${name[language]}`
  ).join(language === "ja" ? "、" : ", ");
}
