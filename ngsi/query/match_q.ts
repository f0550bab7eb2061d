import type { Entity } from "../entity/entity.ts";
import { compareText } from "./compare_text.ts";
import { dateOf, dateTimeOf, timeOf } from "./instant.ts";
import type { EqualityTerm, Literal, OrderTerm, Q, Range, Term } from "./q.ts";
import { type Lookup, someTarget, type Target } from "./target.ts";

/**
 * Whether an entity meets a query, CIM 009 4.9. `lookup` gives the entities
 * that relationships lead to; without it nothing is found behind one.
 */
export function matchesQ(q: Q, entity: Entity, lookup?: Lookup): boolean {
  switch (q.op) {
    case "all":
      return q.of.every((one) => matchesQ(one, entity, lookup));
    case "any":
      return q.of.some((one) => matchesQ(one, entity, lookup));
    case "absent":
      return !someTarget(q.path, entity, lookup, () => true);
    default:
      return someTarget(q.path, entity, lookup, (target) => meets(q, target));
  }
}

function meets(term: Term, { values, elements, refers }: Target): boolean {
  switch (term.op) {
    case "exists":
    case "absent":
      return true;
    case "==":
      return values.some((value) => isAny(value, term)) ||
        elements.some((value) => isAny(value, term));
    case "!=":
      return !values.some((value) => isAny(value, term)) &&
        !elements.some((value) => isAny(value, term));
    case "~=":
      return !refers &&
        values.some((text) =>
          typeof text === "string" && term.pattern.test(text)
        );
    case "!~=":
      return !refers && values.length > 0 &&
        values.every((text) =>
          typeof text === "string" && !term.pattern.test(text)
        );
    default:
      return !refers && values.some((value) => isInOrder(value, term));
  }
}

function isAny(value: unknown, { anyOf }: EqualityTerm): boolean {
  return anyOf.some((wanted) =>
    "from" in wanted ? isWithin(value, wanted) : compare(value, wanted) === 0
  );
}

function isWithin(value: unknown, { from, to }: Range): boolean {
  const low = compare(value, from);
  const high = compare(value, to);
  return low !== undefined && high !== undefined && low >= 0 && high <= 0;
}

function isInOrder(value: unknown, { op, value: wanted }: OrderTerm): boolean {
  const order = compare(value, wanted);
  if (order === undefined) return false;
  switch (op) {
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
  }
}

/** Below 0, 0 or above 0; undefined when the data types differ. */
function compare(value: unknown, wanted: Literal): number | undefined {
  switch (wanted.kind) {
    case "number":
      return typeof value === "number" ? value - wanted.value : undefined;
    case "boolean":
      return typeof value === "boolean"
        ? Number(value) - Number(wanted.value)
        : undefined;
    case "text":
    case "name":
      return typeof value === "string"
        ? compareText(value, wanted.value)
        : undefined;
    default: {
      const at = typeof value === "string"
        ? TIME_OF[wanted.kind](value)
        : undefined;
      return at === undefined ? undefined : at - wanted.value;
    }
  }
}

const TIME_OF = { dateTime: dateTimeOf, date: dateOf, time: timeOf };
