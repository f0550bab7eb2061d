import type { Language, Text } from "@hiraku/kernel";
import type { PublishedVersion } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Evidence } from "../evaluated.ts";
import { provenanceFacts } from "../provenance_facts.ts";
import { FactList } from "./fact_list.tsx";

const TITLE: Text = { ja: "この数値について", en: "About this figure" };

/** Newest versions of each dataset, by its id. */
export type Histories = ReadonlyMap<string, readonly PublishedVersion[]>;

/** How figures were made, folded away beside them. */
export function ProvenancePanel(
  { language, evidence, histories, of, ofShown = false }: {
    language: Language;
    evidence: readonly Evidence[];
    histories: Histories;
    /** What the panel speaks of. */
    of: string;
    /** Set where several panels stand together; else it is only heard. */
    ofShown?: boolean;
  },
): JSX.Element {
  return (
    <details class="about">
      <summary>
        {TITLE[language]}
        <span class={ofShown ? undefined : "visually-hidden"}>: {of}</span>
      </summary>
      {evidence.map((one) => (
        <>
          {evidence.length > 1 && one.metric && (
            <p class="about-name">{one.metric.title[language]}</p>
          )}
          <FactList
            language={language}
            facts={provenanceFacts(
              one,
              histories.get(one.source.version.manifest.dataset) ?? [],
            )}
          />
        </>
      ))}
    </details>
  );
}
