import type { Text } from "@hiraku/kernel";
import type { Proposal } from "./proposals.ts";

interface Figures {
  readonly cells: number;
  readonly withheld: number;
  readonly primary: number;
  readonly secondary: number;
  readonly k: number;
  readonly narrowest: number | null;
  readonly proposals: readonly Proposal[];
}

/** What an officer should know before a release leaves, in sentences. */
export function summaryOf(
  { cells, withheld, primary, secondary, k, narrowest, proposals }: Figures,
): Text[] {
  const [best] = proposals;
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  return [
    {
      ja: `${cells}個の数値のうち${
        cells - withheld
      }個を公表し、${withheld}個を秘匿します。`,
      en: `Of ${cells} figures ${
        cells - withheld
      } leave and ${withheld} are withheld.`,
    },
    {
      ja:
        `${primary}個はそれ自体が規則（最小集計単位${k}など）に触れるため、${secondary}個は引き算で逆算されるのを防ぐためです。`,
      en:
        `${primary} fall under a rule themselves (such as the threshold of ${k}); ${secondary} would let those be computed.`,
    },
    narrowest === null
      ? {
        ja: "公表する数値から、秘匿した数値の上限はわかりません。",
        en: "What is published bounds no withheld figure from above.",
      }
      : {
        ja:
          `公表する数値だけから計算すると、秘匿した数値が取り得る値は最も狭いもので${narrowest}通りです。`,
        en:
          `Computed from what is published, each withheld figure may take at least ${narrowest} values.`,
      },
    ...best === undefined ? [] : [{
      ja: `「${best.dimension}」を${
        best.kind === "merge" ? "合算" : "大きな区分だけに"
      }すると、少ない数の割合は${percent(best.before)}から${
        percent(best.after)
      }に減ります。`,
      en: `${
        best.kind === "merge"
          ? "Merging within"
          : "Stopping at the larger groups of"
      } '${best.dimension}' would lower the share of small figures from ${
        percent(best.before)
      } to ${percent(best.after)}.`,
    }],
  ];
}
