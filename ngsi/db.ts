import type { Store, Transaction } from "@hiraku/kernel/store";
import type { Tables } from "./tables.ts";

/** A tenant's store or a transaction on it. */
export type Db = Store<Tables> | Transaction<Tables>;
