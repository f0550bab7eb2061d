import { migrateStore, openSqlite, type Store } from "../store/mod.ts";
import { migrations } from "./migrations.ts";
import type { ControlTables } from "./tables.ts";

/** The one store that both processes open: accounts, keys, audit, runs, commands. */
export type Control = Store<ControlTables>;

/** Opens the control store and brings it to the newest schema. */
export async function openControl(path: string): Promise<Control> {
  const control = openSqlite<ControlTables>(path);
  await migrateStore(control, migrations);
  return control;
}
