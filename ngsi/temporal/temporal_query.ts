import { Problem } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { dateTimeOf } from "../query/instant.ts";
import { refused } from "../query/refusal.ts";

/** CIM 009 4.8, as `timeproperty` may name them. */
export const TIME_PROPERTIES = [
  "observedAt",
  "createdAt",
  "modifiedAt",
  "deletedAt",
] as const;
export type TimeProperty = typeof TIME_PROPERTIES[number];

/** A temporal query, CIM 009 4.11 and 5.2.21. */
export interface TemporalQuery {
  readonly timeproperty: TimeProperty;
  /** Whether the property was asked for: then instances without it do not match. */
  readonly explicit: boolean;
  readonly timerel?: "before" | "after" | "between";
  readonly timeAt?: string;
  readonly endTimeAt?: string;
  readonly lastN?: number;
}

/** The members of a temporal query as sent, by name; `undefined` where absent. */
export type TemporalMembers = Readonly<
  Partial<
    Record<
      "timerel" | "timeAt" | "endTimeAt" | "timeproperty" | "lastN",
      unknown
    >
  >
>;

/** Throws `BadRequestData`, also when a query is `required` and there is none. */
export function readTemporalQuery(
  sent: TemporalMembers,
  required: boolean,
): TemporalQuery {
  const { timerel, timeAt, endTimeAt, timeproperty, lastN } = sent;
  const property = TIME_PROPERTIES.find((one) => one === timeproperty);
  if (timeproperty !== undefined && property === undefined) {
    throw refused("timeproperty", "not a temporal property");
  }
  const query = {
    timeproperty: property ?? "observedAt",
    explicit: property !== undefined,
    ...lastN === undefined ? {} : { lastN: readLastN(lastN) },
  };
  if (timerel === undefined) {
    if (timeAt !== undefined || endTimeAt !== undefined) {
      throw refused("timerel", "missing");
    }
    if (required) throw refused("timerel", "missing");
    return query;
  }
  if (timerel !== "before" && timerel !== "after" && timerel !== "between") {
    throw refused("timerel", "not before, after or between");
  }
  const related = {
    ...query,
    explicit: true,
    timerel: timerel as NonNullable<TemporalQuery["timerel"]>,
    timeAt: instant(timeAt, "timeAt"),
  };
  if (timerel !== "between") {
    if (endTimeAt !== undefined) throw refused("endTimeAt", "only for between");
    return related;
  }
  return { ...related, endTimeAt: instant(endTimeAt, "endTimeAt") };
}

function readLastN(sent: unknown): number {
  const number = typeof sent === "string" && /^\d{1,9}$/.test(sent)
    ? Number(sent)
    : sent;
  if (typeof number === "number" && Number.isInteger(number) && number > 0) {
    return number;
  }
  throw refused("lastN", "not a positive whole number");
}

function instant(sent: unknown, name: string): string {
  if (typeof sent === "string" && dateTimeOf(sent) !== undefined) {
    return sent.replace(",", ".");
  }
  throw refused(name, "not a DateTime");
}

const COLUMNS: Readonly<Record<TimeProperty, RawBuilder<Date>>> = {
  observedAt: sql.ref("observed_at"),
  createdAt: sql.ref("created_at"),
  modifiedAt: sql.ref("modified_at"),
  deletedAt: sql.ref("deleted_at"),
};

/** The column that a query speaks of. */
export function timeColumn({ timeproperty }: TemporalQuery): RawBuilder<Date> {
  return COLUMNS[timeproperty];
}

/** Whether an instance lies in the interval, CIM 009 4.11: with its beginning, without its end. */
export function inInterval(query: TemporalQuery): RawBuilder<boolean> {
  const { explicit, timerel, timeAt, endTimeAt } = query;
  const column = timeColumn(query);
  switch (timerel) {
    case "before":
      return sql`${column} < ${timeAt}::TIMESTAMP`;
    case "after":
      return sql`${column} >= ${timeAt}::TIMESTAMP`;
    case "between":
      return sql`(${column} >= ${timeAt}::TIMESTAMP
        AND ${column} < ${endTimeAt}::TIMESTAMP)`;
    default:
      return explicit ? sql`${column} IS NOT NULL` : sql`true`;
  }
}

/** Refuses what asks for entities behind relationships, CIM 009 5.7.3.4. */
export function refuseLinked(linked: boolean): void {
  if (!linked) return;
  throw new Problem(
    "BadRequestData",
    "The history of linked entities cannot be asked for with them",
  );
}
