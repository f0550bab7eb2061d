import type { ProblemKind } from "@hiraku/kernel";
import { Problem } from "@hiraku/kernel";
import type { Names } from "../context/names.ts";
import { rowsOfEntity } from "../index/index_rows.ts";
import { type RowBatch, RowGathering } from "../index/ready_rows.ts";
import { creation } from "./change.ts";
import { documentOf } from "./document.ts";
import type { Entity } from "./entity.ts";
import { firstExpiry } from "./expiry.ts";
import { readEntity, readId } from "./read_entity.ts";
import { Shapes } from "./shapes.ts";
import type { Shape } from "./ready_entity.ts";
import { isMembers } from "./value.ts";

/** Entities of a batch as new ones, in a form that crosses from thread to thread at little cost. */
export interface BatchRead {
  /** Of the elements that are entities. */
  readonly ids: readonly string[];
  /** All documents, one after the other, and where each ends. */
  readonly documents: string;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly shapes: readonly Shape[];
  /** The shape of each. */
  readonly shape: Uint32Array<ArrayBuffer>;
  /** Of those that have scopes, by their place. */
  readonly scopes: ReadonlyMap<number, readonly string[]>;
  /** Places of those of which something expires. */
  readonly expiring: ReadonlySet<number>;
  readonly rows: RowBatch;
  /** Where the rows of each end. */
  readonly rowEnds: Uint32Array<ArrayBuffer>;
  /** Elements that are none, and why. */
  readonly refused: readonly {
    readonly id: string;
    readonly kind: ProblemKind;
    readonly message: string;
  }[];
}

/**
 * Reads a batch of entities, CIM 009 5.6.7 and 5.6.8, as if they were new and
 * made at the instant `at`. Undefined for what is no list of entities without
 * contexts of their own, or needs a closer look.
 */
export function readBatch(
  text: string,
  names: Names,
  at: string,
): BatchRead | undefined {
  // Escapes may stand for characters that no store keeps.
  if (text.includes("\\u")) return undefined;
  const all: unknown = JSON.parse(text);
  if (!Array.isArray(all) || all.length === 0) return undefined;
  if (!all.every(isPlain)) return undefined;
  const ids: string[] = [];
  const documents: string[] = [];
  const ends: number[] = [];
  const shapes = new Shapes();
  const shape: number[] = [];
  const scopes = new Map<number, readonly string[]>();
  const expiring = new Set<number>();
  const gathering = new RowGathering();
  const rowEnds: number[] = [];
  const refused: BatchRead["refused"][number][] = [];
  let length = 0;
  for (const one of all) {
    const entity = made(one, names, at);
    if (entity instanceof Problem) {
      const { kind, message } = entity;
      refused.push({ id: readId(one.id), kind, message });
      continue;
    }
    const place = ids.length;
    const document = documentOf(entity);
    length += document.length;
    ids.push(entity.id);
    documents.push(document);
    ends.push(length);
    shape.push(shapes.placeOf(entity));
    if (entity.scopes.length > 0) scopes.set(place, entity.scopes);
    if (firstExpiry(entity) !== undefined) expiring.add(place);
    gathering.add(rowsOfEntity(entity));
    rowEnds.push(gathering.size);
  }
  return {
    ids,
    documents: documents.join(""),
    ends: new Uint32Array(ends),
    shapes: shapes.all,
    shape: new Uint32Array(shape),
    scopes,
    expiring,
    rows: gathering.batch(),
    rowEnds: new Uint32Array(rowEnds),
    refused,
  };
}

function isPlain(one: unknown): one is Readonly<Record<string, unknown>> {
  return isMembers(one) && !("@context" in one);
}

function made(sent: unknown, names: Names, at: string): Entity | Problem {
  try {
    const entity = creation(readEntity(sent, names), at)(undefined);
    if (entity !== undefined) return entity;
    throw new Error("A creation left nothing");
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
