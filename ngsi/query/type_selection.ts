import type { Names } from "../context/names.ts";
import { type Disjunction, parseDisjunction } from "./disjunction.ts";

/** Which entity types, CIM 009 4.17: IRIs, or every type. */
export type TypeSelection = "*" | Disjunction<string>;

/** Reads `A|(B;C)` or `*`. Throws `BadRequestData`. */
export function parseTypeSelection(text: string, names: Names): TypeSelection {
  return text === "*"
    ? "*"
    : parseDisjunction(text, "type", (word) => names.expand(word));
}

/** Whether an entity of these types, all of them IRIs, is selected. */
export function matchesTypes(
  selection: TypeSelection,
  types: readonly string[],
): boolean {
  return selection === "*" ||
    selection.some((all) => all.every((type) => types.includes(type)));
}

/** Every type that a selection names. */
export function namedTypes(selection: TypeSelection): readonly string[] {
  return selection === "*" ? [] : [...new Set(selection.flat())];
}
