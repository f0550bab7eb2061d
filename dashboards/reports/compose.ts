import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import { askedText, boardPath, readAsked } from "../boards/board_address.ts";
import { conditionsText } from "../boards/conditions.ts";
import { boardNamed } from "../boards/board_named.ts";
import { metricBoard, metricBoardId } from "../boards/metric_board.ts";
import type { EvaluatedHeadline } from "../boards/evaluated.ts";
import { openBoard } from "../boards/open_board.ts";
import { periodName } from "../boards/periods.ts";
import { boardCsv } from "../boards/take/tidy_rows.ts";
import { cityTitle } from "../city_frame.tsx";
import { NotAdditive } from "../metrics/choose_table.ts";
import { type CityTables, measure } from "../metrics/measure.ts";
import type { Metric } from "../metrics/metric.ts";
import { type Reading, statusOf } from "../metrics/reading.ts";
import { sentence, show, type Shown } from "../metrics/reading_text.ts";
import { written } from "../metrics/written.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { ReportPlan } from "./plan.ts";

/** What is sent; the same for everybody, from released figures alone. */
export interface Message {
  readonly subject: string;
  readonly text: string;
  /** Opens the same state. */
  readonly link: string;
  readonly figures:
    readonly (Pick<Shown, "status" | "value" | "low" | "high"> & {
      readonly metric: string;
      readonly period: string | null;
    })[];
  readonly attachment?: { readonly name: string; readonly content: string };
}

const TEXT = {
  open: { ja: "この条件で開く", en: "Open with these filters" },
  figure: { ja: "公開済みの数値", en: "Released figure" },
  above: { ja: "次の値を超えました", en: "It is above" },
  below: { ja: "次の値を下回りました", en: "It is below" },
} as const satisfies Record<string, Text>;

type PlanOf<K> = Extract<ReportPlan, { kind: K }>;
interface Place {
  readonly origin: string;
  readonly language: Language;
}

/** A board with its filters as a message, its figures attached as CSV. */
export async function composeReport(
  city: CityTables,
  { board: id, asked: query }: PlanOf<"report">,
  { origin, language }: Place,
): Promise<Message> {
  const board = boardNamed(id);
  if (board === undefined) throw new Error(`There is no board '${id}'`);
  const { municipality } = city;
  const asked = readAsked(board, query);
  const { evaluated } = await openBoard(city, board, asked);
  const search = askedText(asked);
  const link = origin +
    inLanguage(language, boardPath(municipality.code, id) + search);
  const title = cityTitle(municipality, board.title)[language];
  const lines = evaluated.headlines.map((one) => lineOf(one, language));
  return {
    subject: title,
    text: [
      title,
      board.question[language],
      "",
      ...lines,
      "",
      conditionsText(evaluated, language),
      `${TEXT.open[language]}: ${link}`,
    ].join("\n"),
    link,
    figures: evaluated.headlines.map(({ metric, reading, period }) =>
      figureOf(metric, reading, period, language)
    ),
    attachment: {
      name: `${municipality.code}_${id.replaceAll("-", "_")}.csv`,
      content: boardCsv(evaluated, asked, language),
    },
  };
}

function lineOf(
  { title, metric, reading, period }: EvaluatedHeadline,
  language: Language,
): string {
  const when = period === undefined ? "" : ` (${periodName(period)[language]})`;
  return `${title[language]}: ${sentence(reading, metric, language)}${when}`;
}

function figureOf(
  metric: Metric,
  reading: Reading,
  period: string | undefined,
  language: Language,
): Message["figures"][number] {
  const { status, value, low, high } = show(reading, metric.format, language);
  return {
    metric: metric.id,
    period: period ?? null,
    status,
    value,
    low,
    high,
  };
}

/**
 * What an alert says of the newest period, when the released figure is beyond
 * the threshold for certain: a range that withheld cells leave must lie beyond
 * it as a whole, and what is withheld never does.
 */
export async function composeAlert(
  city: CityTables,
  { metric: id, at, when, threshold }: PlanOf<"alert">,
  { origin, language }: Place,
  { always = false }: { readonly always?: boolean } = {},
): Promise<{ period: string; message: Message } | undefined> {
  const metric = metricNamed(id);
  const found = await newestReading(city, metric, at);
  if (found === undefined) return undefined;
  const { period, reading } = found;
  if (!always && !isBeyond(reading, when, threshold)) return undefined;
  const { municipality } = city;
  const link = origin + inLanguage(language, linkOf(municipality, id, at));
  const title = cityTitle(municipality, metric.title)[language];
  return {
    period,
    message: {
      subject: `${title}: ${TEXT[when][language]} ${
        written(threshold, metric.format)
      }`,
      text: [
        title,
        metric.definition[language],
        "",
        `${TEXT.figure[language]}: ${sentence(reading, metric, language)} (${
          periodName(period)[language]
        })`,
        ...Object.entries(at).map(([name, value]) => `${name}: ${value}`),
        `${TEXT[when][language]}: ${written(threshold, metric.format)}`,
        "",
        `${TEXT.open[language]}: ${link}`,
      ].join("\n"),
      link,
      figures: [figureOf(metric, reading, period, language)],
    },
  };
}

async function newestReading(
  city: CityTables,
  metric: Metric,
  at: Readonly<Record<string, string>>,
): Promise<{ period: string; reading: Reading } | undefined> {
  const measured = await measure(city, metric, { at }).catch((error) => {
    // Rows that are not published so have no figure to be watched.
    if (error instanceof NotAdditive) return undefined;
    throw error;
  });
  const period = measured?.periods.at(-1);
  const reading = period === undefined
    ? undefined
    : measured?.read(period).get("");
  return period === undefined || reading === undefined
    ? undefined
    : { period, reading };
}

/** Whether a reading is beyond a threshold wherever in its range the figure lies. */
export function isBeyond(
  reading: Reading,
  when: "above" | "below",
  threshold: number,
): boolean {
  const status = statusOf(reading);
  if (status === "missing" || status === "withheld") return false;
  return when === "above"
    ? reading.low > threshold
    : reading.high !== null && reading.high < threshold;
}

/** The board of the metric, narrowed as far as it can be; else the city's page. */
function linkOf(
  { code }: Municipality,
  metric: string,
  at: Readonly<Record<string, string>>,
): string {
  const board = metricBoard(metricBoardId(metric));
  if (board === undefined) return `/dashboards/${code}`;
  const narrowed = Object.fromEntries(
    Object.entries(at).filter(([name]) => board.filters.includes(name)),
  );
  return boardPath(code, board.id) +
    askedText({ month: undefined, from: undefined, at: narrowed });
}
