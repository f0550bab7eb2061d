import { Problem } from "@hiraku/kernel";
import { isDeepStrictEqual } from "node:util";
import type { Broker } from "../broker.ts";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import type { Names } from "../context/names.ts";
import type { EntityOperations } from "../entity/entity_operations.ts";
import type { EntityDraft } from "../entity/read_entity.ts";
import { renderEntity } from "../entity/render_entity.ts";
import { asKept } from "./carry_over.ts";
import {
  type Followed,
  followedBefore,
  followedOf,
  forgetGone,
  putFollowed,
} from "./followed.ts";
import type { LinkStore } from "./link_tables.ts";
import { readFollowed, type Refusal, type Told } from "./read_followed.ts";

/** A follow link at the broker that it keeps current. */
export interface Following {
  readonly broker: Broker;
  readonly store: LinkStore;
  readonly link: string;
  /** IRIs of the entity types that it may write. */
  readonly types: ReadonlySet<string>;
  /** How the outside names things. */
  readonly names: Names;
}

export interface TakenIn {
  readonly written: number;
  readonly deleted: number;
  readonly refused: ReadonlyMap<Refusal, number>;
}

const VIEW = { representation: "normalized", sysAttrs: false } as const;

/**
 * Takes over what the outside broker tells of its entities; what is older than
 * what is known changes nothing. Everything is on disk when it resolves.
 */
export async function takeIn(
  following: Following,
  data: readonly unknown[],
  now: Date,
): Promise<TakenIn> {
  const { store, link, names, types } = following;
  const refused = new Map<Refusal, number>();
  const refuse = (why: Refusal) =>
    refused.set(why, (refused.get(why) ?? 0) + 1);
  const told = new Map<string, Told>();
  for (const sent of data) {
    const one = readFollowed(sent, names, types);
    if (typeof one === "string") refuse(one);
    else told.set(one.id, one);
  }
  const known = await followedOf(store, link, [...told.keys()]);
  const fresh = [...told.values()].filter((one) =>
    isNews(one, known.get(one.id))
  );
  const drafts = fresh.flatMap(({ draft }) => draft ?? []);
  // Known before it is written: what was not written can be told again.
  await putFollowed(
    store,
    link,
    fresh.filter(({ draft }) => draft).map(followed),
    now,
  );
  const operations = writing(following);
  const changed = await changedOnly(following.broker, drafts);
  const outcomes = await operations.upsert(changed, "replace");
  const kept = outcomes.filter((one) => !(one instanceof Problem));
  for (let i = kept.length; i < outcomes.length; i++) refuse("other_entity");
  const gone = fresh.filter(({ draft }) => draft === undefined);
  const deleted = await erase(operations, gone.map(({ id }) => id));
  await putFollowed(store, link, gone.map(followed), now);
  return { written: kept.length, deleted, refused };
}

/**
 * Deletes entities that the outside broker has no more, unless it told of them
 * since `before`; resolves to how many there were.
 */
export async function takeOut(
  following: Following,
  ids: readonly string[],
  before: Date,
  now: Date,
): Promise<number> {
  const { store, link } = following;
  const absent = await followedBefore(store, link, before, ids);
  const known = await followedOf(store, link, absent);
  const deleted = await erase(writing(following), absent);
  const gone = [...known.values()].map((one) => ({ ...one, gone: true }));
  await putFollowed(store, link, gone, now);
  await forgetGone(store, link, before);
  return deleted;
}

function isNews({ at, draft }: Told, known: Followed | undefined): boolean {
  if (known === undefined) return draft !== undefined;
  if (draft === undefined) return !known.gone && at >= known.modifiedAt;
  if (at === "") return true;
  return known.gone ? at > known.modifiedAt : at >= known.modifiedAt;
}

function followed({ id, at, draft }: Told): Followed {
  return { id, modifiedAt: at, gone: draft === undefined };
}

/** Writes entities of the chosen types, over entities of the chosen types. */
function writing({ broker, types }: Following): EntityOperations {
  return broker.forWriter((all) =>
    all.some((type) => types.has(type)) &&
    !all.some((type) => OPERATIONAL_TYPES.includes(type))
  );
}

/** Without those that say what is there already: two brokers may follow each other. */
async function changedOnly(
  broker: Broker,
  drafts: readonly EntityDraft[],
): Promise<EntityDraft[]> {
  const { defaultNames } = broker.contexts;
  const isNew = await Promise.all(drafts.map(async (draft) => {
    try {
      const current = await broker.retrieve(draft.id);
      return !isDeepStrictEqual(
        renderEntity(current, VIEW, defaultNames),
        renderEntity(asKept(draft), VIEW, defaultNames),
      );
    } catch (error) {
      if (error instanceof Problem) return true;
      throw error;
    }
  }));
  return drafts.filter((_, i) => isNew[i]);
}

async function erase(
  operations: EntityOperations,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const outcomes = await operations.deleteAll(ids);
  return outcomes.filter((one) => !(one instanceof Problem)).length;
}
