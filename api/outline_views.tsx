import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { RegisterChange } from "@hiraku/kernel/control";
import { cityTitle, OutlinePreview } from "@hiraku/dashboards";
import {
  inLanguage,
  Layout,
  type OutlineSheet,
  pointsOf,
  withOutlines,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { StaffTable } from "./staff_table.tsx";
import { Crumbs } from "./crumbs.tsx";
import { cityTime } from "./city_time.ts";

export const OUTLINES_TITLE: Text = {
  ja: "校区の境界",
  en: "Outlines of districts",
};

const TEXT = {
  lead: {
    ja:
      "地図に使う校区の境界をGeoJSONで取り込み、図で確かめてから承認します。承認すると、ダッシュボード・探索・地図が再起動なしで切り替わります。",
    en:
      "Bring the outlines that maps draw as GeoJSON, look at them and approve. Boards, explore and maps follow at once, without a restart.",
  },
  now: { ja: "いまの境界", en: "In use" },
  configured: {
    ja: "設定ファイルの境界を使っています。",
    en: "Those of the configuration are in use.",
  },
  none: { ja: "境界はありません。", en: "There are none." },
  approved: {
    ja: "承認した境界を使っています。",
    en: "Approved outlines are in use.",
  },
  withdraw: {
    ja: "承認を取り消し、設定の境界に戻す",
    en: "Withdraw them and use the configuration again",
  },
  upload: { ja: "取り込む", en: "Upload" },
  file: {
    ja: "GeoJSONファイル（8 MiBまで、経度・緯度）",
    en: "GeoJSON file (up to 8 MiB, longitude and latitude)",
  },
  property: {
    ja: "校区コードか日本語の校区名が入った属性の名前",
    en: "Property that holds a district's code or Japanese name",
  },
  sourceJa: { ja: "出典（日本語）", en: "Source (Japanese)" },
  sourceEn: { ja: "出典（英語）", en: "Source (English)" },
  draft: { ja: "承認前の下書き", en: "Draft, not yet approved" },
  reason: { ja: "承認の理由", en: "Reason for approving" },
  approve: { ja: "承認して地図に使う", en: "Approve and use on maps" },
  drop: { ja: "下書きを捨てる", en: "Drop the draft" },
  missing: {
    ja: "境界のない校区があります。地図には描かれません:",
    en: "Districts without an outline, which maps will leave out:",
  },
  district: { ja: "校区", en: "District" },
  code: { ja: "コード", en: "Code" },
  points: { ja: "点の数", en: "Points" },
  parts: { ja: "面の数", en: "Polygons" },
  table: { ja: "校区ごとの点の数", en: "Points of each district" },
  refused: { ja: "取り込めませんでした", en: "Not taken" },
  history: { ja: "変更の履歴", en: "History" },
  kept: { ja: "登録", en: "Kept" },
  removed: { ja: "削除", en: "Removed" },
} as const satisfies Record<string, Text>;

interface Props {
  readonly language: Language;
  readonly city: Municipality;
  readonly draft: OutlineSheet | undefined;
  readonly approved: OutlineSheet | undefined;
  readonly history: readonly RegisterChange[];
  readonly problem: string | undefined;
  /** What the form showed when it was refused. */
  readonly typed: Readonly<Record<string, unknown>>;
}

/** Outlines in use, a draft to look at, and the form that brings one. */
export function OutlinePage(props: Props): JSX.Element {
  const { language, city, draft, problem } = props;
  const path = `/operations/${city.code}/outlines`;
  const at = inLanguage(language, path);
  return (
    <Layout
      language={language}
      title={cityTitle(city, OUTLINES_TITLE)}
      path={path}
      styles={["boards.css"]}
    >
      <Crumbs language={language} />
      <h1>{cityTitle(city, OUTLINES_TITLE)[language]}</h1>
      <p>{TEXT.lead[language]}</p>
      {problem !== undefined && (
        <p class="notice" role="alert">
          {TEXT.refused[language]}: {problem}
        </p>
      )}
      {draft !== undefined && (
        <Draft language={language} city={city} draft={draft} at={at} />
      )}
      <InUse {...props} at={at} />
      <Form {...props} at={at} />
      <History language={language} history={props.history} />
    </Layout>
  );
}

function Draft({ language, city, draft, at }: {
  language: Language;
  city: Municipality;
  draft: OutlineSheet;
  at: string;
}) {
  const missing = city.districts.filter(({ code }) => !(code in draft.areas));
  return (
    <section class="figure" aria-labelledby="draft">
      <h2 id="draft">{TEXT.draft[language]}</h2>
      {missing.length > 0 && (
        <p class="notice">
          {TEXT.missing[language]} {missing.map(({ name }) => name[language])
            .join(language === "ja" ? "、" : ", ")}
        </p>
      )}
      <figure>
        <OutlinePreview
          language={language}
          municipality={withOutlines(city, draft)}
          title={TEXT.draft[language]}
        />
      </figure>
      <StaffTable
        label={TEXT.table[language]}
        head={[TEXT.district, TEXT.code, TEXT.parts, TEXT.points].map((
          title,
        ) => title[language])}
        rows={city.districts.map(({ code, name }) => {
          const outline = draft.areas[code] ?? [];
          return [
            name[language],
            <code>{code}</code>,
            outline.length,
            pointsOf([outline]),
          ];
        })}
        none={TEXT.none[language]}
      />
      <form class="fields" method="post" action={`${at}/approve`}>
        <p>
          <label for="f-reason">{TEXT.reason[language]}</label>
          <input id="f-reason" name="reason" required maxlength={500} />
        </p>
        <p>
          <button type="submit">{TEXT.approve[language]}</button>
        </p>
      </form>
      <form method="post" action={`${at}/drop`}>
        <input type="hidden" name="state" value="draft" />
        <button type="submit" class="link">{TEXT.drop[language]}</button>
      </form>
    </section>
  );
}

function InUse({ language, city, approved, at }: Props & { at: string }) {
  const known = city.districts.some(({ outline }) => outline !== undefined);
  return (
    <section aria-labelledby="now">
      <h2 id="now">{TEXT.now[language]}</h2>
      {approved === undefined
        ? <p>{(known ? TEXT.configured : TEXT.none)[language]}</p>
        : (
          <>
            <p>
              {TEXT.approved[language]}{" "}
              <span class="meta">{approved.source[language]}</span>
            </p>
            <form method="post" action={`${at}/drop`}>
              <input type="hidden" name="state" value="approved" />
              <button type="submit" class="link">
                {TEXT.withdraw[language]}
              </button>
            </form>
          </>
        )}
    </section>
  );
}

function Form({ language, typed, at }: Props & { at: string }) {
  const fields = [
    ["property", TEXT.property, "code"],
    ["sourceJa", TEXT.sourceJa, ""],
    ["sourceEn", TEXT.sourceEn, ""],
  ] as const;
  return (
    <section aria-labelledby="upload">
      <h2 id="upload">{TEXT.upload[language]}</h2>
      <form
        class="fields"
        method="post"
        action={at}
        enctype="multipart/form-data"
      >
        <p>
          <label for="f-file">{TEXT.file[language]}</label>
          <input
            id="f-file"
            type="file"
            name="file"
            accept=".geojson,.json,application/geo+json"
            required
          />
        </p>
        {fields.map(([name, title, first]) => (
          <p>
            <label for={`f-${name}`}>{title[language]}</label>
            <input
              id={`f-${name}`}
              name={name}
              value={String(typed[name] ?? first)}
              required
            />
          </p>
        ))}
        <p>
          <button type="submit">{TEXT.upload[language]}</button>
        </p>
      </form>
    </section>
  );
}

function History(
  { language, history }: {
    language: Language;
    history: readonly RegisterChange[];
  },
) {
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{TEXT.history[language]}</h2>
      <ul>
        {history.map(({ at, by, key, value }) => (
          <li>
            {cityTime(at)} <code>{key}</code>{" "}
            {(value === null ? TEXT.removed : TEXT.kept)[language]} ·{" "}
            <code>{by}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
