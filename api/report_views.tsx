import {
  boardNamed,
  boardPath,
  boardsToChoose,
  METRICS,
  ReportPlan,
} from "@hiraku/dashboards";
import type { Language, Municipality } from "@hiraku/kernel";
import type { Delivery, ReportSchedule } from "@hiraku/kernel/control";
import { inLanguage, Layout } from "@hiraku/opendata";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { cityTime } from "./city_time.ts";
import { REPORT_WORDS } from "./report_words.ts";

interface Standing {
  readonly schedule: ReportSchedule;
  readonly deliveries: readonly Delivery[];
}

type Word = keyof typeof REPORT_WORDS;

/** What goes out by itself in a city, and two forms to add to it. */
export function ReportPage(
  { language, city, schedules, hosts, chosen, isTested, problem }: {
    language: Language;
    city: Municipality;
    schedules: readonly Standing[];
    hosts: readonly string[];
    /** The board and filters a reader came from. */
    chosen: { readonly board: string | undefined; readonly asked: string };
    isTested: boolean;
    problem?: string;
  },
): JSX.Element {
  const path = `/operations/${city.code}/reports`;
  const words = (key: Word) => REPORT_WORDS[key][language];
  return (
    <Layout language={language} title={REPORT_WORDS.title} path={path}>
      <p class="crumbs">
        <a href={inLanguage(language, `/dashboards/${city.code}`)}>
          {city.name[language]}
        </a>
      </p>
      <h1>{words("title")}</h1>
      <p class="lead">{words("lead")}</p>
      {problem !== undefined && (
        <p class="notice" role="alert">
          {words("refused")}: <span lang="en">{problem}</span>
        </p>
      )}
      {isTested && <p class="notice" role="status">{words("tested")}</p>}
      <h2>{words("standing")}</h2>
      {schedules.length === 0 && <p>{words("none")}</p>}
      {schedules.map((one) => (
        <Schedule language={language} city={city} path={path} standing={one} />
      ))}
      <Form language={language} path={path} kind="report" hosts={hosts}>
        <Select
          id="board"
          label={words("board")}
          chosen={chosen.board}
          values={boardsToChoose([chosen.board ?? ""])
            .map(({ id, title }) => [id, title[language]])}
        />
        <Input
          id="asked"
          label={words("asked")}
          value={chosen.asked}
        />
        <Select
          id="every"
          label={words("every")}
          chosen="month"
          values={(["day", "week", "month"] as const).map((
            one,
          ) => [one, words(one)])}
        />
      </Form>
      <Form language={language} path={path} kind="alert" hosts={hosts}>
        <Select
          id="metric"
          label={words("metric")}
          chosen={undefined}
          values={METRICS.map(({ id, title }) => [id, title[language]])}
        />
        <Input id="at" label={words("at")} value="" />
        <Select
          id="when"
          label={words("when")}
          chosen="above"
          values={(["above", "below"] as const).map((one) => [one, words(one)])}
        />
        <Input id="threshold" label={words("threshold")} value="" required />
      </Form>
    </Layout>
  );
}

function Schedule(
  { language, city, path, standing: { schedule, deliveries } }: {
    language: Language;
    city: Municipality;
    path: string;
    standing: Standing;
  },
) {
  const words = (key: Word) => REPORT_WORDS[key][language];
  const { id, name, paused, mail, webhook } = schedule;
  const actions = [paused ? "resume" : "pause", "test", "remove"] as const;
  return (
    <section class="card" aria-labelledby={`s-${id}`}>
      <h3 id={`s-${id}`}>{name}</h3>
      {paused && (
        <p>
          <strong>{words("paused")}</strong>
        </p>
      )}
      <p>
        <Plan language={language} city={city} schedule={schedule} />
      </p>
      <p class="meta">
        {[...mail, ...webhook === null ? [] : [new URL(webhook).host]]
          .join(", ")}
      </p>
      {deliveries.length > 0 && (
        <>
          <h4>{words("deliveries")}</h4>
          <ul>
            {deliveries.map(({ due, state, at, detail }) => (
              <li>
                {due} — {words(state)}
                {detail !== null && ` (${detail})`}, {cityTime(at)}
              </li>
            ))}
          </ul>
        </>
      )}
      <form class="fields" method="post">
        <p>
          {actions.map((action) => (
            <>
              <button
                type="submit"
                formaction={inLanguage(language, `${path}/${id}/${action}`)}
              >
                {words(action)}
                <span class="visually-hidden">: {name}</span>
              </button>
              {" "}
            </>
          ))}
        </p>
      </form>
    </section>
  );
}

function Plan({ language, city, schedule }: {
  language: Language;
  city: Municipality;
  schedule: ReportSchedule;
}) {
  const words = (key: Word) => REPORT_WORDS[key][language];
  const plan = ReportPlan.parse(schedule.plan);
  if (plan.kind === "alert") {
    const title = METRICS.find(({ id }) => id === plan.metric)?.title[language];
    const rows = Object.entries(plan.at).map(([name, value]) =>
      `${name}=${value}`
    );
    return (
      <>
        {[title ?? plan.metric, ...rows].join(", ")} — {words(plan.when)}:{" "}
        {plan.threshold.toLocaleString("en")}
      </>
    );
  }
  const board = boardNamed(plan.board);
  const search = new URLSearchParams(plan.asked).toString();
  const href = boardPath(city.code, plan.board) +
    (search === "" ? "" : `?${search}`);
  return (
    <>
      <a href={inLanguage(language, href)}>
        {board?.title[language] ?? plan.board}
      </a>
      {search !== "" && ` (${decodeURIComponent(search)})`} —{" "}
      {words(plan.every)}
    </>
  );
}

function Form({ language, path, kind, hosts, children }: {
  language: Language;
  path: string;
  kind: "report" | "alert";
  hosts: readonly string[];
  children?: Child;
}) {
  const words = (key: Word) => REPORT_WORDS[key][language];
  const id = (name: string) => `${kind}-${name}`;
  return (
    <section aria-labelledby={kind}>
      <h2 id={kind}>{words(kind)}</h2>
      <form class="fields" method="post" action={inLanguage(language, path)}>
        <input type="hidden" name="kind" value={kind} />
        <Input id={id("name")} label={words("name")} value="" required />
        {children}
        <Input id={id("mail")} label={words("mail")} value="" />
        <Input id={id("webhook")} label={words("webhook")} value="" />
        <p class="meta">
          {hosts.length === 0
            ? words("noHosts")
            : `${words("hosts")}: ${hosts.join(", ")}`}
        </p>
        <Select
          id={id("language")}
          label={words("language")}
          chosen={language}
          values={[["ja", "日本語"], ["en", "English"]]}
        />
        <p>
          <button type="submit">{words("add")}</button>
        </p>
      </form>
    </section>
  );
}

/** The field's name is what stands behind the last dash of its id. */
function nameOf(id: string): string {
  return id.split("-").at(-1) ?? id;
}

function Input({ id, label, value, required = false }: {
  id: string;
  label: string;
  value: string;
  required?: boolean;
}) {
  return (
    <p>
      <label for={id}>{label}</label>
      <input id={id} name={nameOf(id)} value={value} required={required} />
    </p>
  );
}

function Select({ id, label, chosen, values }: {
  id: string;
  label: string;
  chosen: string | undefined;
  values: readonly (readonly [string, string])[];
}) {
  return (
    <p>
      <label for={id}>{label}</label>
      <select id={id} name={nameOf(id)}>
        {values.map(([value, text]) => (
          <option value={value} selected={value === chosen}>{text}</option>
        ))}
      </select>
    </p>
  );
}
