import { type Language, Problem, type Text } from "@hiraku/kernel";
import { inLanguage, Layout } from "@hiraku/opendata";
import {
  catalogue,
  eventJsonSchema,
  type EventType,
  eventTypes,
  type FieldNote,
  fieldNotes,
} from "@hiraku/pipelines/events";
import { Hono } from "hono";
import type { Env } from "./identity/caller.ts";

const TEXT = {
  title: { ja: "イベントカタログ", en: "Event catalogue" },
  lead: {
    ja:
      "アプリと各部署が送るすべてのイベントです。この一覧は検査に使う定義そのものから作られています。自由記述、氏名、住所、正確な位置は受け取りません。",
    en:
      "Every event that the app and the offices send. This list is made of the very contracts events are held to. Free text, names, addresses and exact positions of people are not taken.",
  },
  type: { ja: "種類", en: "Type" },
  meaning: { ja: "意味", en: "Meaning" },
  purpose: { ja: "目的と根拠", en: "Purpose and legal basis" },
  contract: { ja: "契約", en: "Contract" },
  person: { ja: "個人", en: "Person" },
  field: { ja: "項目", en: "Field" },
  required: { ja: "必須", en: "Required" },
  yes: { ja: "はい", en: "yes" },
  no: { ja: "いいえ", en: "no" },
  none: { ja: "項目はありません。", en: "It has no fields of its own." },
  sample: { ja: "例(data)", en: "Sample (data)" },
  schema: { ja: "JSON Schema", en: "JSON Schema" },
  version: { ja: "版", en: "Version" },
} as const satisfies Record<string, Text>;

const CONTRACTS: Readonly<Record<EventType["contract"], Text>> = {
  discard_value: {
    ja: "知らない項目は捨てて数える",
    en: "Unknown fields are dropped and counted",
  },
  freeze: {
    ja: "知らない項目があれば隔離する",
    en: "An unknown field sends it to quarantine",
  },
};
const SUBJECTS: Readonly<Record<EventType["subject"], Text>> = {
  required: { ja: "仮名で記録", en: "By pseudonym" },
  optional: { ja: "いれば仮名で記録", en: "By pseudonym, if there is one" },
  none: { ja: "なし", en: "None" },
};
const BASES: Readonly<Record<EventType["purpose"]["basis"], Text>> = {
  consent: { ja: "同意", en: "consent" },
  law: { ja: "法令", en: "law" },
  duty: { ja: "所掌事務", en: "duty of the city" },
};
const BROKER: Text = {
  ja:
    "NGSI-LDブローカーに送ってください(収集APIは belongs_to_the_broker と答えます)",
  en:
    "Send it to the NGSI-LD broker; the collector answers belongs_to_the_broker",
};

/** The catalogue of events for those who send them: pages, and a JSON Schema each. */
export function eventPages(origin: string): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/docs/events/:file{.+\\.json}", (c) => {
    const [, name = "", version] =
      /^(.+?)(?:\.v(\d+))?\.json$/.exec(c.req.param("file")) ?? [];
    const type = version === undefined
      ? catalogue.get(name)
      : eventTypes.find((one) =>
        one.type === name && one.version === Number(version)
      );
    if (type === undefined) throw nothingHere();
    return c.body(JSON.stringify(eventJsonSchema(type, origin)), 200, {
      "Content-Type": "application/schema+json",
    });
  });
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(
      `${at}/docs/events`,
      (c) => c.html(<Catalogue language={language} />),
    );
    app.get(`${at}/docs/events/:type`, (c) => {
      const name = c.req.param("type");
      const versions = eventTypes.filter(({ type }) => type === name);
      if (versions.length === 0) throw nothingHere();
      return c.html(
        <OneType language={language} name={name} versions={versions} />,
      );
    });
  }
  return app;
}

function nothingHere(): Problem {
  return new Problem("ResourceNotFound", "There is no such type of event");
}

function Catalogue({ language }: { language: Language }) {
  return (
    <Layout language={language} title={TEXT.title} path="/docs/events">
      <h1>{TEXT.title[language]}</h1>
      <p>{TEXT.lead[language]}</p>
      <Scroll label={TEXT.title[language]}>
        <table>
          <thead>
            <tr>
              {[TEXT.type, TEXT.meaning, TEXT.purpose, TEXT.contract]
                .map((head) => <th scope="col">{head[language]}</th>)}
            </tr>
          </thead>
          <tbody>
            {[...catalogue.values()].map((one) => (
              <tr>
                <th scope="row">
                  <a href={inLanguage(language, `/docs/events/${one.type}`)}>
                    <code>{one.type}</code>
                  </a>
                </th>
                <td>{one.title[language]}</td>
                <td>{purposeText(one, language)}</td>
                <td>
                  <code>{one.contract}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Layout>
  );
}

function OneType(
  { language, name, versions }: {
    language: Language;
    name: string;
    versions: readonly EventType[];
  },
) {
  const newest = versions.reduce((a, b) => b.version > a.version ? b : a);
  const title = {
    ja: `${newest.title.ja} (${name})`,
    en: `${newest.title.en} (${name})`,
  };
  return (
    <Layout language={language} title={title} path={`/docs/events/${name}`}>
      <p class="crumbs">
        <a href={inLanguage(language, "/docs/events")}>
          {TEXT.title[language]}
        </a>
      </p>
      <h1>
        {newest.title[language]} <code>{name}</code>
      </h1>
      {versions.toSorted((a, b) =>
        b.version - a.version
      ).map((one) => <OneVersion language={language} type={one} />)}
    </Layout>
  );
}

function OneVersion(
  { language, type }: { language: Language; type: EventType },
) {
  const id = `v${type.version}`;
  const address = `/docs/events/${type.type}.${id}.json`;
  const notes = fieldNotes(type);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{`${TEXT.version[language]} ${type.version}`}</h2>
      <dl>
        <dt>{TEXT.purpose[language]}</dt>
        <dd>{purposeText(type, language)}</dd>
        <dt>{TEXT.contract[language]}</dt>
        <dd>
          <code>{type.contract}</code> {CONTRACTS[type.contract][language]}
        </dd>
        <dt>{TEXT.person[language]}</dt>
        <dd>{SUBJECTS[type.subject][language]}</dd>
        <dt>{TEXT.schema[language]}</dt>
        <dd>
          <a href={address}>{address}</a>
        </dd>
      </dl>
      {type.destination === "broker" && <p>{BROKER[language]}</p>}
      {notes.length === 0
        ? <p>{TEXT.none[language]}</p>
        : <Fields language={language} notes={notes} />}
      <h3>{TEXT.sample[language]}</h3>
      <pre
        tabindex={0}
      ><code>{JSON.stringify(type.sample, null, 2)}</code></pre>
    </section>
  );
}

function Fields(
  { language, notes }: { language: Language; notes: readonly FieldNote[] },
) {
  return (
    <Scroll label={TEXT.field[language]}>
      <table>
        <thead>
          <tr>
            {[TEXT.field, TEXT.meaning, TEXT.required]
              .map((head) => <th scope="col">{head[language]}</th>)}
          </tr>
        </thead>
        <tbody>
          {notes.map(({ path, meaning, required }) => (
            <tr>
              <th scope="row">
                <code>{path}</code>
              </th>
              <td>{meaning[language]}</td>
              <td>{(required ? TEXT.yes : TEXT.no)[language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Scroll(
  { label, children }: { label: string; children: unknown },
) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}

function purposeText({ purpose }: EventType, language: Language): string {
  return `${purpose.title[language]} (${BASES[purpose.basis][language]})`;
}
