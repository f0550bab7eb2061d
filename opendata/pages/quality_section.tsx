import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { CRITERIA, type Criterion, quality } from "../catalogue/quality.ts";
import type { Manifest } from "../manifest.ts";

const TEXT = {
  title: { ja: "メタデータの品質", en: "Quality of the metadata" },
  of: { ja: "9項目のうち", en: "of nine criteria are met:" },
  met: { ja: "満たす", en: "met" },
  unmet: { ja: "満たさない", en: "not met" },
} as const satisfies Record<string, Text>;

/** How many of the nine criteria a dataset meets, and which. */
export function QualitySection(
  { language, manifest, today }: {
    language: Language;
    manifest: Manifest;
    today: string;
  },
): JSX.Element {
  const { met } = quality(manifest, today);
  const count = Object.values(met).filter(Boolean).length;
  return (
    <section class="card" aria-labelledby="quality">
      <h2 id="quality">{TEXT.title[language]}</h2>
      <p>
        {language === "ja"
          ? `${TEXT.of.ja}${count}項目を満たしています。`
          : `${count} ${TEXT.of.en}`}
      </p>
      <ul class="criteria">
        {(Object.keys(CRITERIA) as Criterion[]).map((one) => (
          <li class={met[one] ? "met" : "unmet"}>
            <span aria-hidden="true">{met[one] ? "✓" : "–"}</span>{" "}
            {CRITERIA[one][language]}
            <span class="visually-hidden">
              : {met[one] ? TEXT.met[language] : TEXT.unmet[language]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
