import type { AudienceCondition, AudienceRule } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";

const COLUMNS: Readonly<Record<string, string>> = {
  tier: "tier",
  districtCode: "district",
  ageBand: "age_band",
  sex: "sex",
  residentStatus: "resident_status",
  registrationMethod: "registration_method",
  hasPhone: "has_phone",
  hasEmail: "has_email",
  notification: "notification",
  nfcCapable: "nfc_capable",
  topics: "topics",
  childAgeBands: "child_age_bands",
};

/** Whether a row `p` of `registered_person` fulfils a rule at `now`. */
export function fulfils(
  rule: AudienceRule | AudienceCondition,
  now: Date,
): RawBuilder<boolean> {
  if ("all" in rule) {
    return sql`(${
      sql.join(rule.all.map((one) => fulfils(one, now)), sql` and `)
    })`;
  }
  if ("any" in rule) {
    return sql`(${
      sql.join(rule.any.map((one) => fulfils(one, now)), sql` or `)
    })`;
  }
  if ("not" in rule) return sql`not ${fulfils(rule.not, now)}`;
  return condition(rule, now);
}

function condition(one: AudienceCondition, now: Date): RawBuilder<boolean> {
  if ("live" in one) {
    return one.live === "shelter"
      ? sql`p.subject in (select subject from shelter_presence
          where shelter = ${one.shelterId})`
      : sql`p.subject in (${atEvent(one.eventRef)})`;
  }
  if ("used" in one) {
    const since = new Date(now.getTime() - one.days * 86_400_000);
    return sql`p.subject in (select subject from event
      where type = 'miniapp.opened' and mini_app = ${one.used}
        and occurred_at >= ${since} and subject is not null)`;
  }
  const column = sql.ref(`p.${COLUMNS[one.attr]}`);
  if (typeof one.value === "boolean") {
    return sql`coalesce(${column} = ${one.value}, false)`;
  }
  const values = sql.join([one.value].flat().map((value) => sql`${value}`));
  if (one.op === "intersects") {
    return sql`coalesce(list_has_any(${column}, [${values}]), false)`;
  }
  // A value that is not known equals none and differs from none.
  return one.op === "!="
    ? sql`coalesce(${column} not in (${values}), false)`
    : sql`coalesce(${column} in (${values}), false)`;
}

function atEvent(ref: string): RawBuilder<unknown> {
  return sql`
    select subject from event
    where type in ('event.checked_in', 'event.checked_out')
      and (data->>'eventRef') = ${ref} and subject is not null
    group by subject having arg_max(type, occurred_at) = 'event.checked_in'`;
}
