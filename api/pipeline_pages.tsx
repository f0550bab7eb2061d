import type {
  Clock,
  Language,
  Municipalities,
  Municipality,
  Text,
} from "@hiraku/kernel";
import {
  type AssetStatus,
  assetStatuses,
  audit,
  type Control,
  lastRuns,
  type QuarantineCount,
  quarantineCounts,
  requestCommand,
  type Run,
} from "@hiraku/kernel/control";
import { DATASETS, inLanguage, Layout } from "@hiraku/opendata";
import { Hono } from "hono";
import { Crumbs } from "./crumbs.tsx";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env } from "./identity/caller.ts";
import { cityTime } from "./city_time.ts";
import {
  staffCities,
  staffCity,
  type StaffPages,
} from "./staff_city_pages.tsx";
import { StaffTable } from "./staff_table.tsx";

const TEXT = {
  title: { ja: "パイプライン", en: "Pipelines" },
  lineage: { ja: "データの流れ", en: "How data flow" },
  lineageSaid: {
    ja:
      "イベントは取り込まれ、集計され、秘匿処理を経て公開されます。印の意味は下の表と同じです。",
    en:
      "Events land, are aggregated, pass disclosure control and are published. Marks mean the same as in the table below.",
  },
  freshness: { ja: "更新状況", en: "Freshness" },
  quarantine: { ja: "隔離", en: "Quarantine" },
  quarantineSaid: {
    ja:
      "契約に合わなかったイベントの件数です。値は表示しません。修正と再投入はコマンド「hiraku quarantine」で行います。",
    en:
      "Events that broke their contract, counted; no value is shown. Mend and replay them with the command `hiraku quarantine`.",
  },
  runs: { ja: "実行記録", en: "Runs" },
  none: { ja: "ありません。", en: "None." },
  run: { ja: "今すぐ実行", en: "Run now" },
  pipeline: { ja: "処理", en: "Pipeline" },
  state: { ja: "状態", en: "State" },
  newest: { ja: "最新の期間", en: "Newest period" },
  success: { ja: "最終成功", en: "Last success" },
  due: { ja: "期限", en: "Owed by" },
  waiting: { ja: "未集計", en: "Waiting" },
  type: { ja: "種類", en: "Type" },
  fault: { ja: "不適合", en: "Fault" },
  field: { ja: "項目", en: "Field" },
  rows: { ja: "件数", en: "Rows" },
  started: { ja: "開始", en: "Started" },
  rowsIn: { ja: "入力", en: "In" },
  landed: { ja: "取込", en: "Landed" },
  duplicate: { ja: "重複", en: "Duplicate" },
  quarantined: { ja: "隔離", en: "Quarantined" },
  suppressed: { ja: "抑止", en: "Suppressed" },
  balanced: { ja: "収支", en: "Adds up" },
  detail: { ja: "詳細", en: "Detail" },
  yes: { ja: "一致", en: "Yes" },
  no: { ja: "不一致", en: "No" },
} as const satisfies Record<string, Text>;

const STATES: Readonly<
  Record<AssetStatus["state"], Text & { mark: string }>
> = {
  fresh: { ja: "最新", en: "Fresh", mark: "●" },
  late: { ja: "遅れ", en: "Late", mark: "▲" },
  failed: { ja: "失敗", en: "Failed", mark: "✕" },
  never: { ja: "未実行", en: "Never ran", mark: "○" },
};

const OUTCOMES: Readonly<Record<Run["outcome"], Text>> = {
  running: { ja: "実行中", en: "Running" },
  succeeded: { ja: "成功", en: "Succeeded" },
  failed: { ja: "失敗", en: "Failed" },
  crashed: { ja: "中断", en: "Crashed" },
};

const JOBS: Readonly<Record<string, Text>> = {
  land: { ja: "取込", en: "Landing" },
  aggregate: { ja: "集計の更新", en: "Aggregation" },
  tidy: { ja: "整理", en: "Tidying" },
  import: { ja: "ファイルの取込", en: "File import" },
  file: { ja: "受領ファイル", en: "Dropped file" },
  backfill: { ja: "再集計", en: "Backfill" },
  erase: { ja: "消去", en: "Erasure" },
};

function nameOf(pipeline: string, language: Language): string {
  const dataset = DATASETS.find(({ id }) => id === pipeline);
  return (JOBS[pipeline] ?? dataset?.title)?.[language] ?? pipeline;
}

const OPERATORS = ["admin", "section"] as const;

/** `/admin/pipelines`: runs with their rows, lineage, freshness and quarantine of a city. */
export function pipelinePages(
  { control, clock, municipalities }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const pages: StaffPages = {
    municipalities,
    roles: OPERATORS,
    title: TEXT.title,
    path: "/admin/pipelines",
  };
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/admin/pipelines`, (c) => staffCities(c, language, pages));
    app.get(`${at}/admin/pipelines/:code{[0-9]{6}}`, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      const city = staffCity(c, pages);
      return c.html(
        <Page
          language={language}
          city={city}
          statuses={await assetStatuses(control, city.code)}
          counts={await quarantineCounts(control, city.code)}
          runs={await lastRuns(control, { municipality: city.code, limit: 40 })}
        />,
      );
    });
    app.post(`${at}/admin/pipelines/:code{[0-9]{6}}/run`, async (c) => {
      const city = staffCity(c, pages);
      const caller = callerOf(c);
      const { pipeline } = await c.req.parseBody();
      await requestCommand(control, clock, {
        municipality: city.code,
        kind: "run",
        arguments: { pipeline: String(pipeline) },
        requestedBy: caller.id,
      });
      await audit(control, clock, {
        caller: caller.id,
        municipality: city.code,
        action: "pipeline.run",
        object: String(pipeline).slice(0, 80),
      });
      return c.redirect(`${at}/admin/pipelines/${city.code}`, 303);
    });
  }

  return app;
}

interface PageProps {
  language: Language;
  city: Municipality;
  statuses: readonly AssetStatus[];
  counts: readonly QuarantineCount[];
  runs: readonly Run[];
}

function Page(props: PageProps) {
  const { language, city, statuses, counts, runs } = props;
  const path = `/admin/pipelines/${city.code}`;
  return (
    <Layout language={language} title={TEXT.title} path={path}>
      <Crumbs language={language} />
      <h1>{city.name[language]} {TEXT.title[language]}</h1>
      <h2 id="lineage">{TEXT.lineage[language]}</h2>
      <p>{TEXT.lineageSaid[language]}</p>
      <Lineage {...props} />
      <h2 id="freshness">{TEXT.freshness[language]}</h2>
      <StaffTable
        label={TEXT.freshness[language]}
        head={[
          TEXT.pipeline,
          TEXT.state,
          TEXT.newest,
          TEXT.success,
          TEXT.due,
          TEXT.waiting,
          TEXT.run,
        ].map((title) => title[language])}
        rows={statuses.map((one) => [
          nameOf(one.asset, language),
          `${STATES[one.state].mark} ${STATES[one.state][language]}`,
          one.newest ?? "–",
          one.lastSuccessAt === null ? "–" : cityTime(one.lastSuccessAt),
          one.dueAt === null ? "–" : cityTime(one.dueAt),
          one.waiting,
          <form method="post" action={inLanguage(language, `${path}/run`)}>
            <input type="hidden" name="pipeline" value={one.asset} />
            <button
              type="submit"
              aria-label={`${TEXT.run[language]}: ${
                nameOf(one.asset, language)
              }`}
            >
              {TEXT.run[language]}
            </button>
          </form>,
        ])}
        none={TEXT.none[language]}
      />
      <h2 id="quarantine">{TEXT.quarantine[language]}</h2>
      <p>{TEXT.quarantineSaid[language]}</p>
      <StaffTable
        label={TEXT.quarantine[language]}
        head={[TEXT.type, TEXT.fault, TEXT.field, TEXT.rows].map((title) =>
          title[language]
        )}
        rows={counts.map((one) => [one.type, one.code, one.field, one.rows])}
        none={TEXT.none[language]}
      />
      <h2 id="runs">{TEXT.runs[language]}</h2>
      <StaffTable
        label={TEXT.runs[language]}
        head={[
          TEXT.started,
          TEXT.pipeline,
          TEXT.state,
          TEXT.rowsIn,
          TEXT.landed,
          TEXT.duplicate,
          TEXT.quarantined,
          TEXT.suppressed,
          TEXT.balanced,
          TEXT.detail,
        ].map((title) => title[language])}
        rows={runs.map((run) => [
          cityTime(run.startedAt),
          nameOf(run.pipeline, language),
          OUTCOMES[run.outcome][language],
          ...run.rowsIn === 0 ? ["–", "–", "–", "–", "–", "–"] : [
            run.rowsIn,
            run.landed,
            run.duplicate,
            run.quarantined,
            run.suppressed,
            (addsUp(run) ? TEXT.yes : TEXT.no)[language],
          ],
          run.detail ?? "",
        ])}
        none={TEXT.none[language]}
      />
    </Layout>
  );
}

function addsUp(run: Run): boolean {
  return run.rowsIn ===
    run.landed + run.duplicate + run.quarantined + run.suppressed;
}

const ROW = 26;
const WIDTH = 760;

/** Events on the left, pipelines in the middle, datasets on the right; the table below says the same. */
function Lineage({ language, statuses }: PageProps) {
  const shown = statuses.filter(({ asset }) =>
    DATASETS.some(({ id }) => id === asset)
  );
  const height = Math.max(1, shown.length) * ROW + 40;
  const middle = height / 2;
  return (
    <div
      class="scroll"
      tabindex={0}
      role="region"
      aria-label={TEXT.lineage[language]}
    >
      <svg
        class="lineage"
        viewBox={`0 0 ${WIDTH} ${height}`}
        width={WIDTH}
        height={height}
        role="img"
        aria-label={TEXT.lineageSaid[language]}
      >
        <text x="8" y={middle} dominant-baseline="middle">
          {language === "ja" ? "イベント・ファイル" : "Events, files"}
        </text>
        <text x="190" y={middle} dominant-baseline="middle">
          {language === "ja" ? "取込・集計" : "Land, aggregate"}
        </text>
        <path d={`M 130 ${middle} H 182`} class="flow" />
        {shown.map(({ asset, state }, at) => {
          const y = 30 + at * ROW;
          return (
            <>
              <path
                d={`M 300 ${middle} C 360 ${middle} 360 ${y} 416 ${y}`}
                class="flow"
              />
              <text x="422" y={y} dominant-baseline="middle">
                {STATES[state].mark} {nameOf(asset, language)}
              </text>
            </>
          );
        })}
      </svg>
    </div>
  );
}

/** What the pages are called where others lead to them. */
export const PIPELINES_TITLE: Text = TEXT.title;
