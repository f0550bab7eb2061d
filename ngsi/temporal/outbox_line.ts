import { type Attribute, datasetOf } from "../entity/attribute.ts";
import { documentOf, entityOf, type Kept } from "../entity/document.ts";
import type { Entity } from "../entity/entity.ts";
import type { Changed } from "../entity/entity_writer.ts";
import { hasHistory, type HistoryRow, rowsOfChange } from "./history_row.ts";

/**
 * A line of the outbox: an entity that is new, as it is kept; or of one that
 * changed what differs after and before, and when; or a row. `GONE` stands for
 * no entity, `ALIKE` for one from which nothing went and whose scopes stayed.
 */
type Line =
  | readonly [made: Kept]
  | readonly [
    after: Kept | typeof GONE,
    before: Kept | typeof ALIKE,
    at: string,
  ]
  | HistoryRow;

const GONE = 0;
const ALIKE = 1;

type Attributes = Entity["attributes"];
type Instances = readonly Attribute[];
const NONE: Instances = [];

/** What a change leaves in the outbox, if anything; its rows are made when they are taken. */
export function lineOfChange(
  { before, after, at, kept }: Changed,
): string | undefined {
  const entity = after ?? before;
  if (entity === undefined || !hasHistory(entity)) return undefined;
  if (before === undefined) return `[${kept?.document ?? documentOf(entity)}]`;
  if (after === undefined) return `[${GONE},${documentOf(before)},"${at}"]`;
  const made = differing(
    after.attributes,
    before.attributes,
    (one, then) => !then.includes(one),
  );
  const gone = differing(
    before.attributes,
    after.attributes,
    (one, now) => now.every((other) => datasetOf(other) !== datasetOf(one)),
  );
  const alike = gone === undefined &&
    String(before.scopes) === String(after.scopes);
  if (alike && made === undefined) return undefined;
  const left = documentOf({ ...after, attributes: made ?? {} });
  const old = alike ? ALIKE : documentOf({ ...before, attributes: gone ?? {} });
  return `[${left},${old},"${at}"]`;
}

/** The rows that a line stands for. */
export function rowsOfLine(text: string): HistoryRow[] {
  const line = JSON.parse(text) as Line;
  if ("e" in line) return [line];
  if (line.length === 1) {
    const after = entityOf(line[0]);
    const { id, createdAt } = after;
    return rowsOfChange({ id, before: undefined, after, at: createdAt });
  }
  const [left, old, at] = line;
  const after = left === GONE ? undefined : entityOf(left);
  const before = old === ALIKE
    ? after && { ...after, attributes: {} }
    : entityOf(old);
  const id = after?.id ?? before?.id ?? "";
  return rowsOfChange({ id, before, after, at });
}

/** The instances of one state that differ from those of another. */
function differing(
  these: Attributes,
  others: Attributes,
  differs: (one: Attribute, others: Instances) => boolean,
): Attributes | undefined {
  let found: Record<string, Instances> | undefined;
  for (const iri in these) {
    const own = these[iri] ?? NONE;
    const other = others[iri] ?? NONE;
    if (own === other) continue;
    const left = own.filter((one) => differs(one, other));
    if (left.length > 0) (found ??= {})[iri] = left;
  }
  return found;
}
