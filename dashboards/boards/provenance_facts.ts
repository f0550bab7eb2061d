import { createHash } from "node:crypto";
import { cityDay, type Text } from "@hiraku/kernel";
import { type PublishedVersion, ruleText } from "@hiraku/opendata";
import { addsAlong } from "../metrics/choose_table.ts";
import type { Metric, Part, Where } from "../metrics/metric.ts";
import { ownerOfRows } from "../metrics/registry.ts";
import type { Evidence } from "./evaluated.ts";
import { dimensionTitle } from "./value_names.ts";

/** One line of what is said about a figure. */
export interface Fact {
  readonly label: Text;
  readonly value: Text;
  /** A page of ours, without its language. */
  readonly path?: string;
  /** Set for text that is to be copied. */
  readonly code?: true;
}

/** What is said of every figure, in this order. */
export const FACT_LABELS = {
  definition: { ja: "定義", en: "Definition" },
  numerator: { ja: "分子", en: "Numerator" },
  denominator: { ja: "分母", en: "Denominator" },
  additivity: { ja: "足し合わせ", en: "Adding up" },
  kind: { ja: "指標の段階", en: "Kind of figure" },
  source: { ja: "出典データセット", en: "Source dataset" },
  version: { ja: "版と内容ハッシュ", en: "Version and content hash" },
  time: { ja: "時点・公開日", en: "Time and publication" },
  rule: { ja: "秘匿の規則", en: "Disclosure rule" },
  cells: { ja: "秘匿したセル", en: "Cells withheld" },
  code: { ja: "計算の版", en: "Version of the computation" },
  owner: { ja: "所管", en: "Owner" },
  query: { ja: "公開表への照会", en: "Query on published tables" },
  changes: { ja: "変更の記録", en: "Change log" },
} as const satisfies Record<string, Text>;

const KINDS: Record<Metric["level"], Text> = {
  input: { ja: "インプット", en: "input" },
  activity: { ja: "アクティビティ", en: "activity" },
  output: { ja: "アウトプット", en: "output" },
  outcome: { ja: "アウトカム", en: "outcome" },
  context: { ja: "環境指標", en: "context" },
};

/** Raised when the way figures are computed changes. */
const COMPUTATION = 1;

/** Everything that is said about how a figure was made. */
export function provenanceFacts(
  evidence: Evidence,
  history: readonly PublishedVersion[],
): Fact[] {
  const { metric, source, over, period, cells, withheld } = evidence;
  const { manifest } = source.version;
  const { code } = manifest.municipality;
  const path = `/opendata/${code}/${manifest.dataset}`;
  const same = (text: string): Text => ({ ja: text, en: text });
  const facts: Fact[] = [];
  if (metric !== undefined) {
    facts.push(
      { label: FACT_LABELS.definition, value: metric.definition },
      { label: FACT_LABELS.numerator, value: partText(metric.of), code: true },
    );
    if (metric.over !== undefined) {
      facts.push({
        label: FACT_LABELS.denominator,
        value: metric.over === "inhabitants"
          ? {
            ja: "住民基本台帳の人口（同じ地域）",
            en: "inhabitants of the same area, resident register",
          }
          : partText(metric.over),
        ...metric.over !== "inhabitants" && { code: true as const },
      });
    }
    facts.push(
      {
        label: FACT_LABELS.additivity,
        value: additivityText(metric, evidence),
      },
      { label: FACT_LABELS.kind, value: KINDS[metric.level] },
    );
  } else {
    facts.push({
      label: FACT_LABELS.definition,
      value: source.entry.description,
    });
  }
  facts.push(
    {
      label: FACT_LABELS.source,
      value: {
        ja: `${manifest.title.ja}・${source.entry.title.ja}${
          over && over.table !== source.table
            ? ` ／ ${over.entry.title.ja}`
            : ""
        }`,
        en: `${manifest.title.en}, ${source.entry.title.en}${
          over && over.table !== source.table ? ` / ${over.entry.title.en}` : ""
        }`,
      },
      path,
    },
    {
      label: FACT_LABELS.version,
      value: same(`${manifest.version} · sha256 ${manifest.contentHash}`),
      code: true,
    },
    {
      label: FACT_LABELS.time,
      value: {
        ja: `${period} 時点、${cityDay(new Date(manifest.publishedAt))} 公開`,
        en: `as of ${period}, published ${
          cityDay(new Date(manifest.publishedAt))
        }`,
      },
    },
    { label: FACT_LABELS.rule, value: ruleText(source.entry) },
    { label: FACT_LABELS.cells, value: same(`${withheld} / ${cells}`) },
  );
  facts.push(
    {
      label: FACT_LABELS.code,
      value: same(
        metric === undefined ? `rows@${COMPUTATION}` : revisionOf(metric),
      ),
      code: true,
    },
    {
      label: FACT_LABELS.owner,
      value: metric?.owner ?? ownerOfRows(manifest.dataset, source.table) ??
        manifest.municipality.name,
    },
    { label: FACT_LABELS.query, value: same(queryOf(evidence)), code: true },
    {
      label: FACT_LABELS.changes,
      value: changesText(metric, history),
      path,
    },
  );
  return facts;
}

function partText({ dataset, table, column, at }: Part): Text {
  const where = Object.entries(at).map(([name, value]) =>
    ` ${name}=${typeof value === "string" ? value : value.join("|")}`
  ).join("");
  const text = `${dataset}.${table}.${column}${where}`;
  return { ja: text, en: text };
}

function additivityText(metric: Metric, { source, by }: Evidence): Text {
  const own = source.entry.total === undefined
    ? source.dimensions
    : by.filter((name) => metric.sums.includes(name));
  const along = source.dimensions.filter((name) => addsAlong(metric, name, own))
    .map((name) => dimensionTitle(source, name));
  const over: Text = {
    ja: along.map(({ ja }) => ja).join("・"),
    en: along.map(({ en }) => en).join(", "),
  };
  switch (metric.additivity) {
    case "events":
      return {
        ja: "件数なので、期間を含めて足し合わせられます",
        en: "counts of events, which add up, over time as well",
      };
    case "none":
      return {
        ja: "平均・中央値・割合なので、足し合わせません",
        en: "a mean, quartile or rate, which is never added up",
      };
    case "people":
    case "stock":
      return {
        ja: `重なりのない人・物の数です。${
          over.ja === ""
            ? "どの区分でも足し合わせません"
            : `${over.ja}でだけ足し合わせます`
        }。期間では足し合わせません`,
        en: `distinct people or things, ${
          over.en === "" ? "never added up" : `added up by ${over.en} only`
        }, and never over time`,
      };
  }
}

function changesText(
  metric: Metric | undefined,
  history: readonly PublishedVersion[],
): Text {
  const of = (language: "ja" | "en") =>
    [
      ...metric?.changes.map(({ on, what }) => `${on} ${what[language]}`) ?? [],
      ...history.map((one) => versionText(one, language)),
    ].join(language === "ja" ? "、" : ", ");
  return { ja: of("ja"), en: of("en") };
}

/** A version, and why it was withdrawn or what it corrects. */
function versionText(
  { version, withdrawn, manifest: { correction } }: PublishedVersion,
  language: "ja" | "en",
): string {
  const [word, why] = withdrawn !== undefined
    ? [WITHDRAWN, withdrawn]
    : [CORRECTED, correction];
  return why === undefined
    ? version
    : `${version} (${word[language]}: ${why[language]})`;
}

const WITHDRAWN: Text = { ja: "取り下げ", en: "withdrawn" };
const CORRECTED: Text = { ja: "訂正", en: "correction" };

const revisions = new WeakMap<Metric, string>();

/** Names the definition and the way it is computed; another one when either changes. */
function revisionOf(metric: Metric): string {
  const known = revisions.get(metric);
  if (known !== undefined) return known;
  const hash = createHash("sha256")
    .update(JSON.stringify([COMPUTATION, metric])).digest("hex").slice(0, 12);
  const revision = `${metric.id}@${hash}`;
  revisions.set(metric, revision);
  return revision;
}

/** The question in SQL, over the tables as they are published. */
function queryOf(
  { metric, source, period, by, at }: Evidence,
): string {
  const name = `${source.version.manifest.dataset}.${source.table}`;
  const when = `${quoted(source.period)} = ${literal(period)}`;
  if (metric === undefined) return `select * from ${name} where ${when}`;
  const implied = source.entry.total?.at ?? {};
  const where = [
    when,
    ...Object.entries(at).filter(([key]) => !(key in implied))
      .map(([key, value]) => condition(key, value)),
  ].join(" and ");
  const columns = by.map(quoted);
  const aggregate = metric.additivity === "none" ? "any_value" : "sum";
  return [
    `select ${
      [...columns, `${aggregate}(${quoted(metric.of.column)})`].join(", ")
    }`,
    `from ${name} where ${where}`,
    ...columns.length > 0 ? [`group by ${columns.join(", ")}`] : [],
  ].join(" ");
}

function condition(name: string, value: Where[string]): string {
  return typeof value === "string"
    ? `${quoted(name)} = ${literal(value)}`
    : `${quoted(name)} in (${value.map(literal).join(", ")})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
