import {
  AGE_BANDS,
  ageGroup,
  type Municipality,
  UNKNOWN,
} from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";

/** The age group of the column `age_band`. */
export function ageGroupOf(): RawBuilder<string> {
  const whens = AGE_BANDS.map((band) =>
    sql`when ${sql.lit(band)} then ${sql.lit(ageGroup(band))}`
  );
  return sql`case age_band ${sql.join(whens, sql` `)} else ${
    sql.lit(UNKNOWN)
  } end`;
}

/** The sex group of the column `sex` (ISO 5218). */
export function sexGroupOf(): RawBuilder<string> {
  return sql`case sex when '1' then 'male' when '2' then 'female'
    else ${sql.lit(UNKNOWN)} end`;
}

/** The column `district` where it is one of the municipality's own. */
export function districtOf({ districts }: Municipality): RawBuilder<string> {
  const own = codes(districts.map(({ code }) => code));
  return sql`case when district in (${own}) then district
    else ${sql.lit(UNKNOWN)} end`;
}

/** Whether the column `mini_app` was registered and live in the column `month`. */
export function isLive({ miniApps }: Municipality): RawBuilder<boolean> {
  const whens = miniApps.flatMap(({ id, since }) =>
    since === undefined
      ? []
      : [sql`when ${sql.lit(id)} then ${sql.lit(since.slice(0, 7))}`]
  );
  if (whens.length === 0) return sql`false`;
  return sql`coalesce(case mini_app ${sql.join(whens, sql` `)} end <= month,
    false)`;
}

/** A list for `in (…)`; matches nothing when empty. */
export function codes(list: readonly string[]): RawBuilder<unknown> {
  if (list.length === 0) return sql`null`;
  return sql.join(list.map((one) => sql.lit(one)));
}
