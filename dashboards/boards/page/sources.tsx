import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Evidence } from "../evaluated.ts";
import { type Histories, ProvenancePanel } from "./provenance_panel.tsx";

const TITLE: Text = { ja: "出典", en: "Source" };

/** How figures were made: beside them, or as numbers of footnotes where they are printed. */
export function Sources(
  { language, evidence, histories, of, cite }: {
    language: Language;
    evidence: readonly Evidence[];
    histories: Histories;
    of: string;
    cite: ((evidence: readonly Evidence[]) => readonly number[]) | undefined;
  },
): JSX.Element {
  if (cite === undefined) {
    return (
      <ProvenancePanel
        language={language}
        evidence={evidence}
        histories={histories}
        of={of}
      />
    );
  }
  return (
    <p class="meta">
      {TITLE[language]}{" "}
      {cite(evidence).map((note) => <a href={`#note-${note}`}>[{note}]</a>)}
    </p>
  );
}
