import type { Text } from "@hiraku/kernel";
import { monthText } from "../words.ts";
import type { Refusal, Refused } from "./best_table.ts";

const REFUSALS: Record<Refusal, Text> = {
  crossed: {
    ja:
      "この組合せは測っていません。個人がわからないよう、測る組合せをあらかじめ限っています。条件を減らしてください。",
    en:
      "This combination was not measured: which are was fixed beforehand, so that no person can be told. Ask for less at once.",
  },
  apps: {
    ja:
      "1人が複数のミニアプリを使うため、ミニアプリをまたいで人数を足せません。ミニアプリを1つ選んでください。",
    en:
      "One person uses several mini-apps, so people are not added up over them. Choose one.",
  },
  modes: {
    ja: "平時・訓練・災害は混ぜません。1つ選んでください。",
    en:
      "Ordinary days, drills and disasters are never mixed in one figure. Choose one.",
  },
  months: {
    ja:
      "選んだ月には、これを測っていない月があります。凍結した月をあとから測り直すことはありません。",
    en:
      "Not all of these months were measured for this, and a frozen month is never measured again.",
  },
  never: {
    ja:
      "これはまだどの月も測っていません。次に凍結する月から測ります。凍結した月をあとから測り直すことはありません。",
    en:
      "No month was measured for this yet; the next one to be frozen will be. A frozen month is never measured again.",
  },
};

/** Why a chart stays empty. */
export function refusalText({ why, since }: Refused): Text {
  const { ja, en } = REFUSALS[why];
  if (since === undefined) return { ja, en };
  return {
    ja: `${ja}${monthText(since, "ja")}からの月を選んでください。`,
    en: `${en} Choose months from ${monthText(since, "en")} on.`,
  };
}
