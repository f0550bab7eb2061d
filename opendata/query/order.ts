import { z } from "zod";

/** In what form an answer is wanted. */
export const QueryFormat = z.enum(["json", "csv", "parquet", "arrow"]);
export type QueryFormat = z.infer<typeof QueryFormat>;

/** What the child is told on its standard input. */
export const QueryOrder = z.object({
  sql: z.string(),
  limit: z.int().positive(),
  format: QueryFormat,
  /** Folders the engine may read and write; nothing else is open to it. */
  folders: z.array(z.string()),
  /** Tables the query names and the files they are read from. */
  tables: z.array(z.object({
    schema: z.string(),
    name: z.string(),
    file: z.string(),
  })),
  /** Where the answer goes. */
  out: z.string(),
});
export type QueryOrder = z.infer<typeof QueryOrder>;

/** What the child says when it is done. */
export const QueryOutcome = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), rows: z.int(), truncated: z.boolean() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type QueryOutcome = z.infer<typeof QueryOutcome>;
