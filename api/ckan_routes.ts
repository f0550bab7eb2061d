import { Problem } from "@hiraku/kernel";
import {
  ckanAction,
  CkanRefusal,
  csvText,
  type Parameters,
  recordsOf,
  resourceOf,
  type Shelf,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import { smallBody } from "./small_body.ts";

const DUMP_ROWS = 1_000_000;
const HEADERS = { "Access-Control-Allow-Origin": "*" };

/** The part of CKAN's action API (version 3) by which portals and scripts read a catalogue. */
export function ckanRoutes(
  { shelf, origin }: { shelf: Shelf; origin: string },
): Hono<Env> {
  const app = new Hono<Env>();
  const source = { shelf, origin };

  app.use("/api/3/action/*", smallBody);
  app.on(["GET", "POST"], "/api/3/action/:name", async (c) => {
    const name = c.req.param("name");
    const help = `${origin}/api/3/action/help_show?name=${
      encodeURIComponent(name)
    }`;
    try {
      const result = await ckanAction(source, name, await parametersOf(c));
      return c.json({ help, success: true, result }, 200, HEADERS);
    } catch (error) {
      if (!(error instanceof CkanRefusal)) throw error;
      const { status, message, fields } = error;
      const kind = status === 404 ? "Not Found Error" : "Validation Error";
      return c.json(
        { help, success: false, error: { __type: kind, message, ...fields } },
        status,
        HEADERS,
      );
    }
  });

  app.get("/datastore/dump/:id", async (c) => {
    const { format = "csv", bom = "false", ...parameters } = c.req.query();
    try {
      const resource = await resourceOf(source, c.req.param("id"));
      const { fields, records } = await recordsOf(source, resource, {
        limit: String(DUMP_ROWS),
        ...parameters,
      }, DUMP_ROWS);
      if (format === "json") return c.json({ fields, records }, 200, HEADERS);
      if (format !== "csv" && format !== "tsv") {
        throw new Problem("BadRequestData", "'format' is csv, tsv or json");
      }
      const names = fields.map(({ id }) => id);
      const text = csvText({
        header: names,
        *lines() {
          for (const record of records) {
            yield names.map((name) => String(record[name] ?? ""));
          }
        },
      }, format === "tsv" ? "\t" : ",");
      return c.body(bom === "true" ? text : text.slice(1), 200, {
        ...HEADERS,
        "Content-Type": format === "csv"
          ? "text/csv; charset=utf-8"
          : "text/tab-separated-values; charset=utf-8",
        "Content-Disposition": `attachment; filename="${
          c.req.param("id")
        }.${format}"`,
      });
    } catch (error) {
      if (!(error instanceof CkanRefusal)) throw error;
      throw new Problem(
        error.status === 404 ? "ResourceNotFound" : "BadRequestData",
        error.message,
      );
    }
  });

  return app;
}

async function parametersOf(c: Context<Env>): Promise<Parameters> {
  const query = c.req.query();
  if (c.req.method === "GET") return query;
  const text = await c.req.text();
  if (text === "") return query;
  try {
    const sent: unknown = JSON.parse(text);
    if (typeof sent === "object" && sent !== null && !Array.isArray(sent)) {
      return { ...query, ...sent };
    }
  } catch {
    // Told below, with everything else that is no object.
  }
  throw new CkanRefusal(409, "The body is not a JSON object");
}
