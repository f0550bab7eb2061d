import type { Language, Text } from "@hiraku/kernel";
import type { Manifest, ReleaseReport } from "@hiraku/opendata";

export const RELEASE_WORDS = {
  title: { ja: "公開内容の確認", en: "What was released" },
  dataset: { ja: "データセット", en: "Dataset" },
  version: { ja: "版", en: "Version" },
  table: { ja: "表", en: "Table" },
  tables: { ja: "表ごとの内訳", en: "Table by table" },
  figures: { ja: "数値", en: "Figures" },
  withheld: { ja: "秘匿", en: "Withheld" },
  small: { ja: "少人数のため秘匿", en: "Withheld for being small" },
  concentrated: {
    ja: "少数の人に偏るため秘匿",
    en: "Withheld for being mostly one or two people's",
  },
  complements: {
    ja: "引き算を防ぐため秘匿",
    en: "Withheld against subtraction",
  },
  share: { ja: "割合", en: "Share" },
  shareOfPeople: { ja: "秘匿した人数の割合", en: "Share of people withheld" },
  narrowest: { ja: "最も狭い幅", en: "Narrowest interval" },
  told: { ja: "この公開について", en: "This release" },
  certificate: { ja: "証明書をダウンロード", en: "Download the certificate" },
  council: {
    ja: "議会・市民向けの説明（1ページ）",
    en: "One page for the council and the public",
  },
  internal: {
    ja:
      "今回新しく公開した期間の内訳です。少人数かどうかの別は市役所の中だけのもので、公開しないでください。",
    en:
      "Counted in the periods that are new in this version. Which figures are small is for the office alone and must not be published.",
  },
  noReport: {
    ja: "この版には新しい期間がないか、内訳の記録がありません。",
    en: "This version has no new period, or no such counts were kept.",
  },
  coarser: { ja: "粗くすると", en: "What coarser tables would save" },
  noProposal: {
    ja: "秘匿が多い表はありません。",
    en: "No table withholds so much that a coarser one should be considered.",
  },
  noise: { ja: "ノイズの予算", en: "Budget of noise" },
  noiseSaid: {
    ja:
      "探索ページの概数は、ノイズを加えて一度だけ測った表から作ります。市民一人について一年度に使える情報量（zCDP の ρ）は決まっており、使い切ると測れません。",
    en:
      "Estimates of the explore page come from tables measured once with noise. What they may tell of one citizen in a fiscal year (rho of zCDP) is limited; once it is spent nothing more is measured.",
  },
  unmeasured: { ja: "まだ測っていません。", en: "Nothing was measured yet." },
  year: { ja: "年度", en: "Fiscal year" },
  spent: { ja: "使用", en: "Spent" },
  cap: { ja: "上限", en: "Limit" },
  none: { ja: "まだ公開されていません。", en: "Nothing was released yet." },
} as const satisfies Record<string, Text>;

/** What leaves, what is withheld and why, and how sure it is: a sentence each. */
export function sentences(
  language: Language,
  manifest: Manifest,
  report: ReleaseReport | undefined,
): string[] {
  const { tables, temporal, version, narrowestInterval } = manifest;
  const rows = tables.reduce((sum, one) => sum + one.rows, 0);
  const withheld = tables.reduce((sum, one) => sum + one.withheld, 0);
  const ks = [...new Set(tables.flatMap((one) => one.thresholds))]
    .sort((a, b) => a - b);
  const counts = Object.values(report?.tables ?? {});
  const small = counts.reduce((sum, one) => sum + one.small, 0);
  const held = counts.reduce((sum, one) => sum + one.concentrated, 0);
  const guards = counts.reduce((sum, one) => sum + one.complements, 0);
  const n = (value: number) => value.toLocaleString("en");
  const span = temporal === null
    ? "–"
    : temporal.from === temporal.to
    ? temporal.to
    : `${temporal.from} – ${temporal.to}`;
  const room = narrowestInterval ?? null;
  if (language === "ja") {
    return [
      `版 ${version} として、${tables.length}個の表、${
        n(rows)
      }行（${span}）を公開しています。`,
      withheld === 0
        ? "秘匿した行はありません。"
        : `そのうち${n(withheld)}行は、人数が${
          ks.join("人または")
        }人に満たないか、ほとんどが1人か2人のものであるか、引き算でそれらがわかるため、数値を示していません${
          report === undefined || small + held + guards === 0
            ? ""
            : `（今回の新しい期間では、少人数が${
              n(small)
            }、少数の人に偏るためが${n(held)}、引き算を防ぐためが${n(guards)}）`
        }。`,
      room === null
        ? "公開前の検査に合格しています。"
        : `公開前の検査に合格しており、秘匿した数値は、公開したすべての数値から計算しても、最も狭いもので${
          n(room)
        }通りの値が考えられます。`,
    ];
  }
  return [
    `Version ${version} publishes ${
      n(rows)
    } rows of ${tables.length} tables (${span}).`,
    withheld === 0
      ? "No row is withheld."
      : `The figures of ${
        n(withheld)
      } of them are not shown, since they speak of fewer than ${
        ks.join(" or ")
      } people, are mostly one or two people's, or would let such a figure be computed${
        report === undefined || small + held + guards === 0
          ? ""
          : ` (in the new periods ${n(small)} for being small, ${
            n(held)
          } for being mostly one or two people's and ${
            n(guards)
          } against subtraction)`
      }.`,
    room === null
      ? "It passed the audit before it left."
      : `It passed the audit before it left: from all that is published, a withheld figure may still be any of ${
        n(room)
      } values at the least.`,
  ];
}

type Proposal = ReleaseReport["tables"][string]["proposals"][number];

/** What a coarser table would withhold, in one sentence. */
export function proposalText(
  language: Language,
  { table, column, small, proposal }: {
    readonly table: string;
    readonly column: string;
    readonly small: number;
    readonly proposal: Proposal;
  },
): string {
  const { way, figures, small: left } = proposal;
  const n = (value: number) => value.toLocaleString("en");
  if (language === "ja") {
    const change = way === "leave-out"
      ? `「${column}」を分けないと`
      : `「${column}」を隣どうし2つずつ合算すると`;
    return `${table}：${change}、少人数の数値は${n(small)}から${n(left)}（全${
      n(figures)
    }のうち）に減ります。`;
  }
  const change = way === "leave-out"
    ? `without "${column}"`
    : `with every two of "${column}" merged`;
  return `${table}: ${change}, ${n(left)} of ${
    n(figures)
  } figures would be small instead of ${n(small)}.`;
}
