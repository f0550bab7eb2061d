import type { Language, Text } from "@hiraku/kernel";
import { inLanguage, type PublishedVersion } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Evidence } from "../evaluated.ts";
import { provenanceFacts } from "../provenance_facts.ts";

const TITLE: Text = { ja: "この数値について", en: "About this figure" };

/** Newest versions of each dataset, by its id. */
export type Histories = ReadonlyMap<string, readonly PublishedVersion[]>;

/** How figures were made, folded away beside them. */
export function ProvenancePanel(
  { language, evidence, histories, of }: {
    language: Language;
    evidence: readonly Evidence[];
    histories: Histories;
    /** What the panel speaks of, for those who hear it. */
    of: string;
  },
): JSX.Element {
  return (
    <details class="about">
      <summary>
        {TITLE[language]}
        <span class="visually-hidden">: {of}</span>
      </summary>
      {evidence.map((one) => (
        <>
          {evidence.length > 1 && one.metric && (
            <p class="about-name">{one.metric.title[language]}</p>
          )}
          <dl>
            {provenanceFacts(
              one,
              histories.get(one.source.version.manifest.dataset) ?? [],
            ).map(({ label, value, path, code }) => (
              <div>
                <dt>{label[language]}</dt>
                <dd>
                  {path !== undefined
                    ? <a href={inLanguage(language, path)}>{value[language]}</a>
                    : code
                    ? <code>{value[language]}</code>
                    : value[language]}
                </dd>
              </div>
            ))}
          </dl>
        </>
      ))}
    </details>
  );
}
