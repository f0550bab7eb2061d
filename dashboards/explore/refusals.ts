import type { Text } from "@hiraku/kernel";
import type { Refusal } from "./answer.ts";

/** Why a chart stays empty. */
export const REFUSALS: Record<Refusal, Text> = {
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
};
