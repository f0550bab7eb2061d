import type { Text } from "@hiraku/kernel";
import type { logicLinks, logicNodes } from "@hiraku/opendata";
import type { z } from "zod";
import { metricOrNone } from "../metrics/registry.ts";

export type LogicNode = z.infer<typeof logicNodes.row>;
export type LogicLink = z.infer<typeof logicLinks.row>;

/** Levels in their order, from what is put in to what it is for. */
export const LEVELS = [
  "input",
  "activity",
  "output",
  "outcome_short",
  "outcome_mid",
  "outcome_long",
  "impact",
] as const satisfies readonly LogicNode["level"][];

/** A fault of the model that a reviewer would find. */
export interface Fault {
  /** The node or link it is about. */
  readonly id: string;
  readonly text: Text;
}

/** A justification shorter than this is none. */
const FEWEST_LETTERS = 12;

/** Looks a model over as reviewers do; the order is that of its entries. */
export function lintModel(
  nodes: readonly LogicNode[],
  links: readonly LogicLink[],
): Fault[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const faults = nodes.flatMap((node) => lintNode(node));
  for (const { id, from, to } of links) {
    const ends = [from, to].map((end) => nodes.find((one) => one.id === end));
    const [a, b] = ends;
    if (a === undefined || b === undefined) {
      faults.push({
        id,
        text: {
          ja: `つながり先の項目「${ids.has(from) ? to : from}」がありません`,
          en: `There is no box '${ids.has(from) ? to : from}'`,
        },
      });
    } else if (LEVELS.indexOf(a.level) > LEVELS.indexOf(b.level)) {
      faults.push({
        id,
        text: {
          ja: "目的から手段へ、逆向きにつながっています",
          en: "It leads backwards, from an end to a means",
        },
      });
    }
  }
  for (const { id } of nodes) {
    if (links.some(({ from, to }) => from === id || to === id)) continue;
    faults.push({
      id,
      text: {
        ja: "どの項目ともつながっていません",
        en: "It is linked with no other box",
      },
    });
  }
  return faults;
}

/** What is wrong with one box by itself. */
function lintNode({ id, level, metric, why = "" }: LogicNode): Fault[] {
  const outcome = level.startsWith("outcome");
  if (metric === undefined) {
    return outcome
      ? [{
        id,
        text: {
          ja: "アウトカムに指標がありません",
          en: "An outcome without an indicator",
        },
      }]
      : [];
  }
  const known = metricOrNone(metric);
  if (known === undefined) {
    return [{
      id,
      text: {
        ja: `指標「${metric}」はありません`,
        en: `There is no metric '${metric}'`,
      },
    }];
  }
  const faults: Fault[] = [];
  if (outcome && (known.level === "output" || known.level === "activity")) {
    faults.push({
      id,
      text: {
        ja:
          "アウトカムに、活動量（アウトプット）の指標を置いています。したことの量は成果ではありません",
        en:
          "An outcome is measured by an output: how much was done is not what came of it",
      },
    });
  }
  if (known.survey && why.trim().length < FEWEST_LETTERS) {
    faults.push({
      id,
      text: {
        ja: "アンケートの指標には、ほかの指標で測れない理由の説明が必要です",
        en: "A survey needs a justification: why nothing else measures it",
      },
    });
  }
  return faults;
}
