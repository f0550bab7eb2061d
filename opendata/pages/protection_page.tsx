import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { Layout } from "./layout.tsx";

const TITLE: Text = {
  ja: "統計の秘匿処理について",
  en: "How our statistics protect residents",
};

const LEAD: Text = {
  ja:
    "10人未満（人口25,000人未満の区域では20人未満）の数は出しません。引き算や過去の表、住民基本台帳の人口と組み合わせても逆算できないことを、公表前に機械で確かめ、証明書を付けます。細かい表は、1人の有無で結果が見分けられない大きさの誤差を加え、年間の上限を台帳で管理します。",
  en:
    "We show no count under 10 (under 20 where fewer than 25,000 people live). Before publication a program proves that no withheld figure can be computed by subtraction, from earlier tables or from the resident register, and attaches a certificate. Finer tables get noise that hides whether any one person is in them, within a yearly limit kept in a ledger.",
};

const SECTIONS: readonly { readonly title: Text; readonly lines: Text[] }[] = [
  {
    title: { ja: "何を秘匿するか", en: "What is withheld" },
    lines: [
      {
        ja:
          "少ない数そのもの、ほぼ全員が当てはまる数（当てはまらない人が少ない数）、そして、それらを引き算で求めるのに使える数です。どれも同じ印「秘」で示し、理由を区別しません。",
        en:
          "Small counts, counts of nearly everybody (few are not counted), and figures from which those could be computed. All carry the same mark, which does not tell why.",
      },
      {
        ja:
          "人口2,000人未満の区域は、隣の区域と合算します。0は公表します。公表した月の数値は、あとから変えません。",
        en:
          "Areas of fewer than 2,000 people share a row with a neighbour. Zeros are shown. Figures of a published month never change.",
      },
    ],
  },
  {
    title: { ja: "どう確かめるか", en: "How it is checked" },
    lines: [
      {
        ja:
          "公表するファイルだけを使って、秘匿した一つひとつの数が取り得る範囲を計算します。範囲に10個（または20個）以上の整数が入らなければ公表しません。統計センターの「秘匿インターバル」の確認と同じ考え方です。",
        en:
          "From the published files alone the program computes which values each withheld figure may take. Nothing is published unless there are at least 10 (or 20). The Statistics Center checks intervals for the same reason.",
      },
      {
        ja:
          "どの数が「少ないから」秘匿されたかを知っている人にも、少ない数を一つに特定させません。",
        en:
          "Even somebody who knew which figures are withheld for being small could not pin one of those to a single value.",
      },
    ],
  },
  {
    title: { ja: "どう検証できるか", en: "How you can check it" },
    lines: [
      {
        ja:
          "データセットのページから証明書（certificate.json）をダウンロードできます。規則、秘匿した行の数、最も狭い範囲が書かれています。秘匿した値の一つひとつについて、取りうる範囲と、その両端になる表の例（witnesses.json）も公開し、足し算だけで誰でも確かめられます。",
        en:
          "Every dataset page offers its certificate (certificate.json): the rules, how many rows are withheld, and the narrowest range. For every withheld figure the range it may take and whole tables that reach its ends are published too (witnesses.json); anybody can check them by addition alone.",
      },
      {
        ja:
          "検査の方法とプログラムは公開しています。秘密にしているのは、同じ重さの選択肢から一つを選ぶ乱数だけです。",
        en:
          "The method and the program are public. Only the random numbers that choose between equal options are secret.",
      },
    ],
  },
  {
    title: { ja: "限界", en: "Limits" },
    lines: [
      {
        ja:
          "秘匿による保護は、上に挙げた知識を持つ人に対するものです。市が公表していない別の記録を持つ人が、自分の記録と照らし合わせることまでは防げません。",
        en:
          "Withholding protects against people who know what is listed here. It cannot stop somebody who holds other records of residents from comparing them.",
      },
    ],
  },
];

/** One page for councils and residents: what is withheld, why, and how it is proved. */
export function ProtectionPage(
  { language }: { language: Language },
): JSX.Element {
  return (
    <Layout language={language} title={TITLE} path="/opendata/protection">
      <h1>{TITLE[language]}</h1>
      <p class="lead">{LEAD[language]}</p>
      {SECTIONS.map(({ title, lines }) => (
        <section class="card">
          <h2>{title[language]}</h2>
          {lines.map((line) => <p>{line[language]}</p>)}
        </section>
      ))}
    </Layout>
  );
}
