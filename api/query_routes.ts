import {
  type Clock,
  type Layout,
  type Municipalities,
  Problem,
} from "@hiraku/kernel";
import { QueryFormat, runQuery } from "@hiraku/opendata";
import { Hono } from "hono";
import { z } from "zod";
import type { Env } from "./identity/caller.ts";
import { jsonInput } from "./input.ts";

const LARGEST = 64 * 1024;

const Asked = z.object({
  municipality: z.string().regex(/^\d{6}$/),
  sql: z.string().min(1).max(20_000),
  limit: z.int().min(1).max(100_000).default(10_000),
}).strict();

/** Media types of answers. */
export const QUERY_TYPES: Record<QueryFormat, string> = {
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.stream",
};

/** Questions in SQL over released tables, answered in a locked process. */
export function queryRoutes(
  { layout, clock, municipalities }: {
    layout: Layout;
    clock: Clock;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  app.post("/api/v1/query", async (c) => {
    const format = formatOf(c.req.header("Accept"));
    const text = await c.req.text();
    if (text.length > LARGEST) {
      throw new Problem("PayloadTooLarge", "The query is larger than 64 KiB");
    }
    const { municipality: code, ...asked } = jsonInput(Asked, text);
    const municipality = municipalities.get(code);
    if (municipality === undefined) {
      throw new Problem("ResourceNotFound", "There is no such municipality");
    }
    const answer = await runQuery({ layout, clock }, municipality, {
      ...asked,
      format,
    });
    return new Response(answer.bytes as BodyInit, {
      headers: {
        "Content-Type": QUERY_TYPES[format],
        "Hiraku-Rows": String(answer.rows),
        "Hiraku-Truncated": String(answer.truncated),
        "Hiraku-Versions": answer.sources.map((
          { version: { version, manifest } },
        ) => `${manifest.dataset}/${version}`).join(", "),
      },
    });
  });
  return app;
}

/** The first form that the caller takes; JSON where it takes any. */
function formatOf(accept: string | undefined): QueryFormat {
  const wanted = (accept ?? "*/*").split(",")
    .map((one) => one.split(";")[0]?.trim().toLowerCase() ?? "");
  for (const type of wanted) {
    if (type === "*/*" || type === "application/*") return "json";
    const found = QueryFormat.options.find((one) =>
      QUERY_TYPES[one].split(";")[0] === type
    );
    if (found !== undefined) return found;
  }
  throw new Problem(
    "NotAcceptable",
    `Answers are ${Object.values(QUERY_TYPES).join(", ")}`,
  );
}
