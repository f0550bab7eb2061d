import {
  type AudienceRule,
  conditionsOf,
  type Municipality,
} from "@hiraku/kernel";
import type { OverrideReason } from "@hiraku/kernel/control";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { LADDER, threshold } from "@hiraku/opendata";
import { type Purpose, purposeOf } from "@hiraku/pipelines/events";
import type { Warehouse } from "../../warehouse.ts";
import { fulfils } from "./rule_sql.ts";

/** Whom an audience is asked for. */
export interface Asked {
  readonly rule: AudienceRule;
  readonly purpose: string;
  readonly recipient: string;
  readonly overrideReason: OverrideReason | null;
}

/** Subjects of an audience: those of the rule who agree to its purpose. */
export async function subjectsOf(
  warehouse: Warehouse,
  asked: Asked,
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    select p.subject from registered_person p
    where ${fulfils(asked.rule, now)} and ${mayBeTold(asked)}`
    .execute(warehouse);
  return rows.map(({ subject }) => subject);
}

/** What may be said of an audience's size. */
export interface Preview {
  /** About how many, in tens; `null` below the threshold. */
  readonly size: number | null;
  readonly threshold: number;
  /** Whether it may be addressed: large enough, or overridden. */
  readonly allowed: boolean;
}

/** Protected people are in no preview. */
export async function previewOf(
  warehouse: Warehouse,
  municipality: Municipality,
  asked: Asked,
  now: Date,
): Promise<Preview> {
  const { rows: [row] } = await sql<{ n: number }>`
    select count(*)::int as n from registered_person p
    where ${fulfils(asked.rule, now)} and ${mayBeTold(asked)}
      and not p.protected_flag`.execute(warehouse);
  const least = leastSize(municipality, asked.rule);
  const size = row?.n ?? 0;
  const enough = least !== undefined && size >= least;
  return {
    size: enough ? Math.round(size / 10) * 10 : null,
    threshold: least ?? LADDER.strict,
    allowed: enough || asked.overrideReason !== null,
  };
}

/** The smallest size of an audience, by the smallest district its rule names; none where no size would do. */
export function leastSize(
  { districts, population }: Municipality,
  rule: AudienceRule,
): number | undefined {
  const named = conditionsOf(rule).flatMap((one) =>
    "attr" in one && one.attr === "districtCode" ? [one.value].flat() : []
  );
  const inhabitants = new Map(
    districts.map((one) => [one.code, one.inhabitants]),
  );
  const sizes = named.map((code) => inhabitants.get(String(code)));
  const known = sizes.filter((one) => one !== undefined);
  // Several small districts may be named together: their people are merged.
  const together = known.reduce((sum, one) => sum + one, 0);
  if (named.length === 0) return threshold(population?.value);
  if (known.length < sizes.length) return LADDER.strict;
  return together < LADDER.noRowUnder ? undefined : threshold(together);
}

function mayBeTold(
  { purpose, recipient, overrideReason }: Asked,
): RawBuilder<boolean> {
  const wanted = purposeOf(purpose);
  if (overrideReason !== null) return sql`true`;
  // What a person did not ask for is sent to nobody who switched notices off.
  const reachable = sql<boolean>`p.notification and not p.protected_flag`;
  if (wanted?.basis !== "consent") return reachable;
  return sql`${reachable} and p.subject in (${agreed(wanted, recipient)})`;
}

function agreed({ id }: Purpose, recipient: string): RawBuilder<unknown> {
  return sql`select subject from consent_current
    where granted and purpose = ${id} and recipient = ${recipient}`;
}
