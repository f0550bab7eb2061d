import { type Language, Problem, type Text } from "@hiraku/kernel";
import { Layout, resourceId, type Shelf } from "@hiraku/opendata";
import { Hono } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Env } from "./identity/caller.ts";
import { opendataOpenapi } from "./openapi/opendata_document.ts";
import {
  OPENDATA_OPERATIONS,
  type OpendataOperation,
  type OpendataParameter,
} from "./openapi/opendata_operations.ts";

const DOCUMENT = "/opendata/openapi.json";
const PAGE = "/opendata/api";

/** What programs read of the open data: an OpenAPI document, and a page where everything can be tried. */
export function apiGuide(
  { shelf, origin }: { shelf: Shelf; origin: string },
): Hono<Env> {
  const app = new Hono<Env>();
  const text = JSON.stringify(opendataOpenapi(origin));
  app.get(DOCUMENT, (c) =>
    c.body(text, 200, {
      "Content-Type": "application/json",
      "Access-Control-Allow-Origin": "*",
      "Cache-Control": "public, max-age=300",
    }));
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}${PAGE}`, async (c) =>
      c.html(
        <GuidePage
          language={language}
          origin={origin}
          examples={await examplesOf(shelf)}
        />,
      ));
  }
  // A form cannot put what is typed into a path; this does, without a script.
  app.get(`${PAGE}/try/:operation`, (c) => {
    const operation = OPENDATA_OPERATIONS.find((one) =>
      one.id === c.req.param("operation") && one.method === "get"
    );
    if (operation === undefined) {
      throw new Problem("ResourceNotFound", "There is no such operation");
    }
    return c.redirect(addressOf(operation, (name) => c.req.query(name)), 303);
  });
  return app;
}

/** The address that an operation has with these values; empty ones are left out. */
function addressOf(
  { path, parameters = [] }: OpendataOperation,
  valueOf: (name: string) => string | undefined,
): string {
  const query = new URLSearchParams();
  let address = path;
  for (const { name, in: place } of parameters) {
    const value = valueOf(name)?.trim() ?? "";
    if (place === "path") {
      if (!/^[\w.-]{1,200}$/.test(value)) {
        throw new Problem("BadRequestData", `'${name}' does not fit`);
      }
      address = address.replace(`{${name}}`, value);
    } else if (value !== "") query.set(name, value);
  }
  return query.size === 0 ? address : `${address}?${query}`;
}

type Examples = Readonly<Record<string, string>>;

/** Names of the first dataset there is, so that every example works as it stands. */
async function examplesOf(shelf: Shelf): Promise<Examples> {
  for (const { municipality, dataset } of await shelf.cards()) {
    const latest = await shelf.latest(municipality.code, dataset);
    const file = latest?.manifest.files.find(({ format }) => format === "csv");
    if (latest === undefined || file === undefined) continue;
    const { code } = municipality;
    return {
      code,
      dataset,
      table: latest.manifest.tables[0]?.id ?? "",
      version: latest.version,
      file: file.name,
      resource: resourceId(`${code}_${dataset}`, file.name),
    };
  }
  return {};
}

const TEXT = {
  title: { ja: "オープンデータのAPI", en: "Interfaces of the open data" },
  lead: {
    ja:
      "鍵も登録もいりません。公表したデータだけに答えます。どの例も、そのまま試せます。",
    en:
      "No key and no registration. Answers come from published data alone. Every example can be tried as it stands.",
  },
  document: { ja: "OpenAPI（JSON）", en: "OpenAPI (JSON)" },
  try: { ja: "試す", en: "Try" },
  none: { ja: "項目はありません。", en: "Takes no parameters." },
  choose: { ja: "（指定しない）", en: "(not given)" },
  nothing: {
    ja: "まだデータセットがありません。例は空です。",
    en: "There is no dataset yet, so the examples are empty.",
  },
} as const satisfies Record<string, Text>;

const GROUPS: Readonly<Record<OpendataOperation["group"], Text>> = {
  DCAT: { ja: "カタログ（DCAT・Atom）", en: "The catalogue (DCAT, Atom)" },
  CKAN: { ja: "CKAN互換API", en: "The API as CKAN has it" },
  files: { ja: "ファイル", en: "Files" },
  metrics: { ja: "指標", en: "Metrics" },
  SQL: { ja: "SQL", en: "SQL" },
};

function GuidePage(
  { language, origin, examples }: {
    language: Language;
    origin: string;
    examples: Examples;
  },
): JSX.Element {
  return (
    <Layout
      language={language}
      title={TEXT.title}
      path={PAGE}
      alternates={[{ type: "application/json", href: DOCUMENT }]}
    >
      <h1>{TEXT.title[language]}</h1>
      <p class="lead">{TEXT.lead[language]}</p>
      <p>
        <a href={DOCUMENT}>{TEXT.document[language]}</a>
      </p>
      {Object.keys(examples).length === 0 && (
        <p class="notice">{TEXT.nothing[language]}</p>
      )}
      {Object.entries(GROUPS).map(([group, title]) => (
        <section class="card" aria-labelledby={group}>
          <h2 id={group}>{title[language]}</h2>
          {OPENDATA_OPERATIONS.filter((one) =>
            one.group === group
          ).map((one) =>
            one.method === "get"
              ? (
                <TryOut
                  language={language}
                  operation={one}
                  examples={examples}
                />
              )
              : (
                <SqlExample
                  language={language}
                  operation={one}
                  origin={origin}
                  examples={examples}
                />
              )
          )}
        </section>
      ))}
    </Layout>
  );
}

function TryOut(
  { language, operation, examples }: {
    language: Language;
    operation: OpendataOperation;
    examples: Examples;
  },
) {
  const { id, path, about, parameters = [] } = operation;
  return (
    <details>
      <summary>
        <code>GET {path}</code>
        <span class="about">{about[language]}</span>
      </summary>
      <form method="get" action={`${PAGE}/try/${id}`} class="stacked">
        {parameters.length === 0 && <p class="meta">{TEXT.none[language]}</p>}
        {parameters.map((one) => (
          <Field
            language={language}
            operation={id}
            parameter={one}
            examples={examples}
          />
        ))}
        <button type="submit">
          {TEXT.try[language]}
          <span class="visually-hidden">{` ${path}`}</span>
        </button>
      </form>
    </details>
  );
}

function Field(
  { language, operation, parameter, examples }: {
    language: Language;
    operation: string;
    parameter: OpendataParameter;
    examples: Examples;
  },
) {
  const { name, about, example = "", type } = parameter;
  const values = type === "boolean" ? ["true", "false"] : parameter.values;
  const id = `${operation}-${name}`;
  const value = example.replaceAll(
    /\{(\w+)\}/g,
    (_, key: string) => examples[key] ?? "",
  );
  return (
    <p>
      <label for={id}>
        <code>{name}</code> {about[language]}
      </label>
      {values === undefined
        ? (
          <input
            id={id}
            name={name}
            value={value}
            required={parameter.in === "path"}
            {...type === "integer" && { inputmode: "numeric" }}
          />
        )
        : (
          <select id={id} name={name}>
            <option value="">{TEXT.choose[language]}</option>
            {values.map((one) => <option value={one}>{one}</option>)}
          </select>
        )}
    </p>
  );
}

function SqlExample(
  { language, operation, origin, examples }: {
    language: Language;
    operation: OpendataOperation;
    origin: string;
    examples: Examples;
  },
) {
  const { code = "", dataset = "", table = "" } = examples;
  const body = JSON.stringify({
    municipality: code,
    sql: `SELECT * FROM ${dataset}.${table} LIMIT 5`,
  });
  const command =
    `curl -H 'Content-Type: application/json' -H 'Accept: text/csv' \\\n  -d '${body}' ${origin}${operation.path}`;
  return (
    <>
      <p>
        <code>POST {operation.path}</code> {operation.about[language]}
      </p>
      <pre tabindex={0} aria-label="curl">{command}</pre>
    </>
  );
}
