import type { Language, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { ScrollTable } from "../../charts/scroll_table.tsx";
import { sentence } from "../../metrics/reading_text.ts";
import { ProvenancePanel } from "./provenance_panel.tsx";
import { boardPath } from "../board_address.ts";
import type { CityRates } from "../compare_cities.ts";
import { periodName } from "../periods.ts";

const TEXT = {
  title: { ja: "ほかの自治体", en: "Other municipalities" },
  per: { ja: "人口1,000人あたり", en: "for every 1,000 inhabitants" },
  note: {
    ja:
      "団体コード順です。順位ではありません。公開の始まった時期や対象が違うため、差が取組の差とは限りません。",
    en:
      "By municipality code; this is no ranking. Launch and reach differ, so a difference need not be due to what was done.",
  },
  city: { ja: "自治体", en: "Municipality" },
  time: { ja: "時点", en: "As of" },
  inhabitants: { ja: "人口", en: "Inhabitants" },
} as const satisfies Record<string, Text>;

/** A headline of every city beside each other, as a rate and in no order of merit. */
export function CityRatesSection(
  { language, code, board, rates: { title, metric, perThousand, rows } }: {
    language: Language;
    /** The city whose board this is. */
    code: string;
    board: string;
    rates: CityRates;
  },
): JSX.Element {
  const heading = !perThousand
    ? title[language]
    : `${title[language]}${
      language === "ja" ? `（${TEXT.per.ja}）` : ` ${TEXT.per.en}`
    }`;
  return (
    <section class="figure wide-figure" aria-labelledby="other-cities">
      <h2 id="other-cities">{TEXT.title[language]}: {heading}</h2>
      <p class="meta">{TEXT.note[language]}</p>
      <ScrollTable language={language} caption={heading}>
        <thead>
          <tr>
            <th scope="col">{TEXT.city[language]}</th>
            <th scope="col" class="number">{heading}</th>
            <th scope="col" class="number">{TEXT.inhabitants[language]}</th>
            <th scope="col">{TEXT.time[language]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ municipality, reading, period }) => (
            <tr>
              <th scope="row">
                <a
                  href={inLanguage(
                    language,
                    boardPath(municipality.code, board),
                  )}
                  aria-current={municipality.code === code ? "page" : undefined}
                >
                  {municipality.name[language]}
                </a>
              </th>
              <td class="number">
                {sentence(
                  reading,
                  {
                    format: perThousand ? "decimal" : metric.format,
                    unit: metric.unit,
                  },
                  language,
                )}
              </td>
              <td class="number">
                {municipality.population?.value.toLocaleString("en") ?? "–"}
              </td>
              <td>
                {period === undefined ? "–" : periodName(period)[language]}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {rows.map(({ municipality, evidence, histories }) =>
        evidence && (
          <ProvenancePanel
            language={language}
            evidence={[evidence]}
            histories={histories}
            of={municipality.name[language]}
            ofShown
          />
        )
      )}
    </section>
  );
}
