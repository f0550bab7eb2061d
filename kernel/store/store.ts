import type { Kysely } from "kysely";

/** An open database; the type parameter names its tables. */
export type Store<Tables> = Kysely<Tables>;
