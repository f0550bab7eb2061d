import { engineOf, type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Db } from "./db.ts";

type Compiled = ReturnType<RawBuilder<unknown>["compile"]>;

/** Runs one statement with other parameters each time. */
export type Statement<Row = unknown> = (
  db: Db,
  parameters: readonly unknown[],
) => Promise<readonly Row[]>;

/**
 * A statement that runs so often that it is put together once for each engine;
 * every `${null}` in it stands for a parameter.
 */
export function statement<Row = unknown>(
  build: (db: Db) => RawBuilder<unknown>,
): Statement<Row> {
  const compiled = new Map<string, Compiled>();
  return async (db, parameters) => {
    const engine = engineOf(db);
    let known = compiled.get(engine);
    if (known === undefined) {
      known = build(db).compile(db);
      compiled.set(engine, known);
    }
    const { rows } = await db.executeQuery({ ...known, parameters });
    return rows as Row[];
  };
}

const SIZES = [64, 32, 16, 8, 4, 2, 1];

/** The same for any number of rows that all have `width` parameters, given one after the other. */
export function rowStatement(
  width: number,
  build: (values: RawBuilder<unknown>) => RawBuilder<unknown>,
): (db: Db, parameters: readonly unknown[]) => Promise<void> {
  const row = () =>
    sql`(${sql.join(Array.from({ length: width }, () => sql`${null}`))})`;
  const sized = SIZES.map((size) => ({
    size,
    run: statement(() => build(sql.join(Array.from({ length: size }, row)))),
  }));
  return async (db, parameters) => {
    for (let at = 0; at < parameters.length;) {
      const left = (parameters.length - at) / width;
      const fits = sized.find(({ size }) => size <= left);
      if (fits === undefined) return;
      const end = at + fits.size * width;
      await fits.run(db, parameters.slice(at, end));
      at = end;
    }
  };
}
