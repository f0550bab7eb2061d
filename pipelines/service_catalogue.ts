import { addMonths } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import {
  miniApps,
  procedures,
  providers as providerRegister,
  serviceCatalogue,
} from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import { eventsWithin } from "./assets/events_within.ts";
import { filled, type Rows } from "./filled.ts";
import { member } from "./keys.ts";
import { PURPOSES } from "./purpose.ts";

/** The services of the app as the registers have them. */
export const publishServiceCatalogue = filled(
  serviceCatalogue,
  PURPOSES.operation,
  { parts: [registered, providers, providerUse] },
);

async function registered(
  { municipality, entries }: CityData,
  through: string,
): Promise<{ mini_apps: Rows; procedures: Rows }> {
  const known = new Map((await entries(miniApps)).map((one) => [one.id, one]));
  const end = `${through}-31`;
  return {
    mini_apps: municipality.miniApps.map(({ id, name, category, since }) => {
      const entry = known.get(id);
      const begun = since !== undefined && since <= end;
      return {
        month: through,
        miniAppId: id,
        name: name.ja,
        category: category.ja,
        provider: entry?.provider ?? "",
        state: entry?.status ?? (begun ? "live" : "planned"),
        since: since ?? "",
        requiresTier: entry?.requiresTier ?? "unknown",
        instances: entry?.instances ?? 1,
      };
    }),
    procedures: (await entries(procedures)).map((
      { id, name, office, online, hasCost, processingDays },
    ) => ({
      month: through,
      procedureId: id,
      name,
      office,
      online: online ? 1 : 0,
      hasCost: hasCost ? 1 : 0,
      processingDays: processingDays ?? null,
    })),
  };
}

/** Providers by the stage they last reached up to the end of the month. */
async function providers(
  { warehouse }: CityData,
  through: string,
): Promise<{ providers: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with stage as (
      select ${member("providerId")} as provider,
        arg_max(${member("kind")}, occurred_at) as kind,
        arg_max(${member("stage")}, occurred_at) as stage
      from event where type = 'provider.changed'
        and strftime(occurred_at + interval 9 hour, '%Y-%m') <= ${through}
      group by all
    )
    select ${through}::varchar as month, kind, stage, count(*)::bigint as count
    from stage group by all order by all`.execute(warehouse);
  return { providers: rows };
}

/** Months that may have been missed while nobody was at work. */
const BACK = 3;

async function providerUse(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ provider_use: Rows }> {
  const kinds = new Map(
    (await entries(providerRegister)).map(({ id, kind }) => [id, kind]),
  );
  const apps = (await entries(miniApps)).flatMap(({ id, provider }) => {
    const kind = kinds.get(provider ?? "");
    return kind === undefined ? [] : [{ id, kind }];
  });
  const rows: Record<string, unknown>[] = [];
  for (let back = BACK - 1; back >= 0; back--) {
    const month = addMonths(through, -back);
    const opened = eventsWithin(PURPOSES.usage, month, ["miniapp.opened"]);
    rows.push(
      ...(await sql<Record<string, unknown>>`
        with app as (
          select unnest(from_json(${JSON.stringify(apps)},
            '[{"id":"VARCHAR","kind":"VARCHAR"}]'), max_depth := 2)
        )
        select ${month}::varchar as month, coalesce(kind, 'unknown') as kind,
          count(distinct subject)::bigint as people, count(*)::bigint as count
        from ${opened} opened left join app on app.id = mini_app
        where mode = 'normal' group by all order by all`.execute(warehouse))
        .rows,
    );
  }
  return { provider_use: rows };
}
