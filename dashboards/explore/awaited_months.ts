import type { Clock, Layout, Text } from "@hiraku/kernel";
import { lastSettledMonth, monthsToMeasure } from "@hiraku/opendata";
import type { Shelf } from "../released/shelf.ts";
import { monthText } from "../words.ts";

/** Months with published use that are over for long enough and not measured yet, newest first. */
export async function awaitedMonths(
  { layout, shelf, clock }: { layout: Layout; shelf: Shelf; clock: Clock },
  code: string,
): Promise<readonly string[]> {
  const use = await shelf.open(code, "miniapp_usage", "miniapp_usage");
  const through = lastSettledMonth(clock.now());
  const settled = [...use?.byPeriod.keys() ?? []]
    .filter((month) => month <= through);
  return await monthsToMeasure(layout, code, settled);
}

/** Says that months are being prepared, and what a reader is to do; undefined where none are. */
export function awaitedText(
  months: readonly string[],
  { isFirst }: { readonly isFirst: boolean },
): Text | undefined {
  const [last] = months;
  const first = months.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const count = months.length;
  const ja = first === last
    ? monthText(last, "ja")
    : `${monthText(first, "ja")}〜${monthText(last, "ja")}の${count}か月`;
  const en = first === last
    ? monthText(last, "en")
    : `${count} months, ${monthText(first, "en")} to ${monthText(last, "en")},`;
  const verb = first === last ? "is" : "are";
  return isFirst
    ? {
      ja:
        `推計を準備しています（${ja}）。新しい月から順に測り、測り終えた月から探索できます。しばらくして、このページを開き直してください。`,
      en:
        `Estimates are being prepared: ${en} ${verb} measured now, the newest first, and can be explored one by one. Open this page again in a moment.`,
    }
    : {
      ja:
        `ほかに${ja}を準備しています。このページを開き直すと、測り終えた月が加わります。`,
      en:
        `${en} ${verb} still being prepared; open this page again to find those that are ready.`,
    };
}
