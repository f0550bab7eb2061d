import type { SchemaName } from "./schemas.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** One operation of the broker's interface: what its description is made from. */
export interface Operation {
  readonly method: Method;
  /** With its variables in braces. */
  readonly path: string;
  readonly id: string;
  /** The clause of CIM 009 that binds it to HTTP; none for what is our own. */
  readonly clause?: string;
  readonly summary: string;
  readonly parameters?: readonly string[];
  readonly headers?: readonly string[];
  readonly body?: SchemaName;
  /** What is answered when all goes well, by status. */
  readonly answers: Readonly<Partial<Record<number, SchemaName | "nothing">>>;
  /** Who may ask, if not everybody. */
  readonly needs?: "writer" | "subscriber" | "caretaker";
}
