import { foldText } from "./fold_text.ts";

/** Words that people use for one thing, with how they are read; each finds all others. */
const GROUPS: readonly string[] = [
  "避難 ひなん 避難所 避難場所 evacuation shelter",
  "人口 じんこう 住民 世帯 population inhabitants",
  "施設 しせつ 公共施設 ハコモノ facility",
  "子育て こそだて 保育 保育園 保育所 幼稚園 childcare preschool",
  "ごみ ゴミ 廃棄物 はいきぶつ 収集 waste garbage",
  "無線lan wifi wi-fi ワイファイ",
  "aed 自動体外式除細動器 除細動器",
  "トイレ 便所 お手洗い 公衆便所 toilet",
  "観光 かんこう 名所 tourism",
  "行事 イベント 催し もよおし event",
  "校区 学区 通学区域 こうく がっく district",
  "学校 がっこう 小学校 中学校 school",
  "給付金 きゅうふきん 助成 補助金 支援制度 benefit subsidy",
  "欠席 出欠 けっせき しゅっけつ absence",
  "窓口 まどぐち 混雑 待ち時間 counter queue",
  "通報 つうほう 道路 不具合 report issue",
  "登録者 とうろくしゃ 会員 registrant",
  "利用 りよう 利用者 use usage",
  "アプリ スーパーアプリ ミニアプリ app",
  "アンケート 調査 ちょうさ survey",
  "ポイント 抽選 ちゅうせん point lottery",
  "同意 どうい consent",
  "指標 しひょう kpi 目標",
  "防災 ぼうさい 災害 さいがい disaster",
  "病院 びょういん 医療 医療機関 hospital",
  "介護 かいご 福祉 ふくし care welfare",
  "文化財 ぶんかざい 史跡 cultural",
  "駐輪場 ちゅうりんじょう 自転車 bicycle",
  "投票所 とうひょうじょ 選挙 polling",
  "環境 かんきょう 水位 気温 environment",
  "図書館 としょかん library",
  "費用 ひよう 経費 予算 cost",
  "性別 せいべつ 男女 sex gender",
  "年齢 ねんれい 年代 age",
];

const KNOWN: ReadonlyMap<string, readonly string[]> = new Map(
  GROUPS.flatMap((group) => {
    const words = group.split(" ").map(foldText);
    return words.map((word) => [word, words] as const);
  }),
);

/** The word and all that stand for the same. The word is folded. */
export function synonymsOf(word: string): readonly string[] {
  return KNOWN.get(word) ?? [word];
}
