import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { appUse } from "@hiraku/opendata";
import { filled } from "../filled.ts";
import { EVERY_MODE, member, MODE, numberIn, STEP, WHOEVER } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const app = sql`mini_app`;
const hasApp = sql`mode = 'normal' and mini_app is not null`;

/** What those who scanned a mini-app's code did of it that month, behind the scan. */
function behindScan(events: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select * from ${events} e where subject is not null and (
      (type = 'qr.scanned' and ${member("kind")} = 'miniapp')
      or (type <> 'qr.scanned' and exists (
        select 1 from ${events} s where s.type = 'qr.scanned'
          and (s.data->>'kind') = 'miniapp' and s.subject = e.subject
          and s.mini_app = e.mini_app and s.occurred_at <= e.occurred_at)))
  )`;
}

/** How the app itself is used. */
export const publishAppUse = filled(appUse, PURPOSES.usage, {
  tallies: {
    sessions: { types: ["app.session.started"], keys: [sql`app_version`] },
    features: {
      types: ["app.session.started"],
      keys: [sql`feature`],
      from: (events) =>
        sql`(select *,
            unnest(from_json(data->'featureFlags', '["VARCHAR"]')) as feature
          from ${events})`,
    },
    errors: {
      types: ["miniapp.error"],
      keys: [sql`app_version`, member("class")],
    },
    listings: {
      types: ["miniapp.listed", "miniapp.installed", "miniapp.opened"],
      keys: [app, STEP],
      where: hasApp,
    },
    installs: {
      types: ["miniapp.installed"],
      keys: [
        member("source"),
        sql`coalesce(${member("placementId")}, 'none')`,
      ],
    },
    qr_to_use: {
      types: ["qr.scanned", "miniapp.installed", "miniapp.opened"],
      keys: [STEP],
      from: behindScan,
    },
    qr: {
      types: ["qr.scanned"],
      keys: [member("kind"), member("outcome")],
    },
    qr_places: { types: ["qr.scanned"], keys: [member("placementId")] },
    home: {
      types: ["home.arranged"],
      keys: [
        sql`placed`,
        sql`case when place <= 4 then 'top' else 'below' end`,
      ],
      // Only the last arrangement of a month stands.
      from: (events) =>
        sql`(select *, unnest(apps) as placed,
            generate_subscripts(apps, 1) as place from (
              select *, from_json(data->'order', '["VARCHAR"]') as apps
              from ${events}
              qualify row_number() over (
                partition by subject order by occurred_at desc) = 1
          ))`,
    },
    tasks: {
      types: ["miniapp.closed"],
      keys: [app, member("completed")],
      where: hasApp,
    },
    logins: {
      types: ["auth.login", "auth.failed"],
      purpose: PURPOSES.operation,
      who: WHOEVER,
      keys: [
        member("idp"),
        sql`case when type = 'auth.failed' then 'failed'
          when ${member("singleSignOn")} = 'true' then 'sso' else 'login' end`,
      ],
    },
    modes: { types: ["miniapp.opened"], keys: [MODE], where: EVERY_MODE },
  },
  spreads: {
    session_lengths: {
      types: ["app.session.ended"],
      keys: [sql`os`],
      value: sql`${numberIn("durationMs")} / 1000`,
    },
    taps: {
      types: ["miniapp.opened"],
      keys: [app],
      where: hasApp,
      value: numberIn("taps"),
    },
    ways: {
      types: ["miniapp.opened"],
      keys: [app],
      where: hasApp,
      value: sql`${numberIn("fromHomeMs")} / 1000`,
    },
  },
});
