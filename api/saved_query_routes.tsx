import {
  type Clock,
  type Layout,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import {
  type AskedVersion,
  QueriesPage,
  QUERY_FILES,
  QueryPage,
  type QueryResult,
  RemovedQueryPage,
} from "@hiraku/dashboards";
import {
  entriesOf,
  queries,
  type QueryAnswer,
  type QueryFormat,
  type QueryVersion,
  queryVersions,
  runQuery,
  type SavedQuery,
} from "@hiraku/opendata";
import { Hono } from "hono";
import { askedCity } from "./asked_city.ts";
import type { Env } from "./identity/caller.ts";
import { QUERY_TYPES } from "./query_routes.ts";

const SHOWN_ROWS = 500;
const FILE_ROWS = 100_000;

/** Saved queries by their address: a page, and the answer as a file. */
export function savedQueryRoutes(
  { layout, clock, municipalities, control }: {
    layout: Layout;
    clock: Clock;
    municipalities: Municipalities;
    control: Control;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  const saved = ({ code }: Municipality) => entriesOf(control, code, queries);
  const versionsOf = async ({ code }: Municipality, id: string) => {
    const versions = await queryVersions(control, code, id);
    if (versions.length > 0) return versions;
    throw new Problem("ResourceNotFound", "There is no such saved query");
  };
  const answer = (
    city: Municipality,
    { sql }: SavedQuery,
    limit: number,
    format: QueryFormat,
  ): Promise<QueryAnswer> =>
    runQuery({ layout, clock }, city, { sql, limit, format });

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/dashboards/:code{[0-9]{6}}/queries`;
    app.get(path, async (c) => {
      const municipality = askedCity(c, municipalities);
      return c.html(
        <QueriesPage
          language={language}
          municipality={municipality}
          saved={await saved(municipality)}
        />,
      );
    });
    app.get(`${path}/:id`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const [, id = "", form = ""] =
        /^(.*?)(?:\.(csv|json|parquet|arrow))?$/.exec(c.req.param("id")) ?? [];
      const versions = await versionsOf(municipality, id);
      const version = asked(versions, c.req.query("version"));
      const format = QUERY_FILES.find((one) => one === form);
      if (version === undefined) {
        if (format !== undefined) {
          throw new Problem("Gone", "This saved query was removed");
        }
        return c.html(
          <RemovedQueryPage
            language={language}
            municipality={municipality}
            id={id}
            versions={versions}
          />,
          410,
        );
      }
      const { query } = version;
      if (format !== undefined) {
        const { bytes } = await answer(municipality, query, FILE_ROWS, format);
        return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
          "Content-Type": QUERY_TYPES[format],
          "Content-Disposition":
            `attachment; filename="${municipality.code}_${id}.${form}"`,
        });
      }
      return c.html(
        <QueryPage
          language={language}
          municipality={municipality}
          versions={versions}
          version={version}
          result={await resultOf(() =>
            answer(municipality, query, SHOWN_ROWS, "json")
          )}
        />,
      );
    });
  }
  return app;
}

/** The version of a number, or the newest; `undefined` where the query is removed. */
function asked(
  versions: readonly QueryVersion[],
  number: string | undefined,
): AskedVersion | undefined {
  const found = number === undefined
    ? versions[0]
    : versions.find((one) => String(one.number) === number);
  if (found === undefined) {
    throw new Problem("ResourceNotFound", "There is no such version");
  }
  const { query } = found;
  return query && { ...found, query };
}

/** A query may have grown wrong since it was saved: the page says why. */
async function resultOf(ask: () => Promise<QueryAnswer>): Promise<QueryResult> {
  try {
    const { bytes, truncated, sources } = await ask();
    const { rows } = JSON.parse(new TextDecoder().decode(bytes));
    return { rows, truncated, sources };
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "BadRequestData") {
      throw error;
    }
    return { refused: error.message };
  }
}
