import { addDays } from "@hiraku/kernel";

type Named = readonly [id: string, ja: string, en: string];

/** What takes place on the first, second, … Saturday and Sunday of a month. */
const SATURDAYS: readonly (readonly [ja: string, en: string])[] = [
  ["駅前の朝市", "Morning market at the station"],
  ["こども体験教室", "Hands-on day for children"],
  ["健康ウォーキング", "Walk for health"],
  ["まちなか音楽会", "Concert in town"],
  ["防災体験ひろば", "Disaster preparedness fair"],
];
const SUNDAYS: readonly (readonly [ja: string, en: string])[] = [
  ["親子つどいの広場", "Open house for families"],
  ["スポーツ交流会", "Sports day for all"],
  ["図書館おはなし会", "Story time at the library"],
  ["公園の清掃とフリーマーケット", "Park clean-up and flea market"],
  ["市民文化展", "Citizens' art exhibition"],
];

/** Titles of the weekend events of a demo city, each with its day. */
export function eventNames(code: string, from: string, to: string): Named[] {
  const names: Named[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) continue;
    const date = Number(day.slice(8));
    const nth = Math.floor((date - 1) / 7);
    const [ja, en] = (weekday === 6 ? SATURDAYS : SUNDAYS)[nth] ?? ["", ""];
    const [year, month] = day.split("-").map(Number);
    names.push([
      `${code}-ev-${day}`,
      `${ja}（${year}年${month}月${date}日）`,
      `${en}, ${day}`,
    ]);
  }
  return names;
}
