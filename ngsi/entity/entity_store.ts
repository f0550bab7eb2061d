import { sql, type Store } from "@hiraku/kernel/store";
import { EntityIndex, type IndexOptions } from "../index/indexed_entities.ts";
import { numbersIn, textsIn } from "../rows.ts";
import type { Db } from "../db.ts";
import { statement } from "../statement.ts";
import type { Tables } from "../tables.ts";
import { entityIn } from "./document.ts";
import type { Entity } from "./entity.ts";
import { Generations } from "./generations.ts";
import { ReadyEntity } from "./ready_entity.ts";

interface Row {
  readonly pk: number;
  readonly id: string;
  readonly document: string;
}

/** An entity as it is kept, and its place in the order of creation. */
export class Kept implements Row {
  readonly pk: number;
  readonly id: string;
  readonly document: string;
  #entity: Entity | undefined;

  constructor({ pk, id, document }: Row, entity?: Entity) {
    this.pk = pk;
    this.id = id;
    this.document = document;
    this.#entity = entity;
  }

  get entity(): Entity {
    return this.#entity ??= entityIn(this.document);
  }

  /** Whether much of it has still to be read. */
  get isReady(): boolean {
    return this.#entity instanceof ReadyEntity;
  }

  /** Leaves the text, which is one object for the collector of garbage instead of many. */
  fold(): void {
    this.#entity = undefined;
  }
}

const KEPT_IN_MEMORY = 30_000;
/** Of a commit of more, few new entities are asked for soon. */
const MANY = 200;

const selectByPk = statement<Row>((db) =>
  sql`SELECT pk, id, document FROM entity WHERE pk IN ${numbersIn(db)}`
);
const selectById = statement<Row>((db) =>
  sql`SELECT pk, id, document FROM entity WHERE id IN ${textsIn(db)}`
);

/**
 * Entities as kept on disk, the ones last used also in memory. Only the one
 * writer of the store changes them, and tells so by `replace`.
 */
export class EntityStore {
  readonly db: Store<Tables>;
  readonly index: EntityIndex;
  readonly #byPk = new Generations<number, Kept>(KEPT_IN_MEMORY);
  readonly #byId = new Generations<string, Kept>(KEPT_IN_MEMORY);
  #version = 0;

  constructor(db: Store<Tables>, options: IndexOptions = {}) {
    this.db = db;
    this.index = new EntityIndex(db, options);
  }

  /** Counts commits; whoever keeps an answer keeps it for one version only. */
  get version(): number {
    return this.#version;
  }

  /** The entity if it is in memory: absence says nothing. */
  peek(id: string): Entity | undefined {
    return this.#byId.get(id)?.entity;
  }

  async entity(id: string): Promise<Entity | undefined> {
    return this.peek(id) ?? (await this.keptById([id])).get(id)?.entity;
  }

  /** The entities of `pks` that there are, in that order. */
  async entities(pks: readonly number[]): Promise<Entity[]> {
    const found = new Map<number, Entity>();
    const missing: number[] = [];
    for (const pk of pks) {
      const kept = this.#byPk.get(pk);
      if (kept === undefined) missing.push(pk);
      else found.set(pk, kept.entity);
    }
    if (missing.length > 0) {
      const loaded = await this.#load(
        selectByPk(this.db, [JSON.stringify(missing)]),
      );
      for (const { pk, entity } of loaded) found.set(pk, entity);
    }
    return pks.flatMap((pk) => found.get(pk) ?? []);
  }

  /** Entities by id, read on `db` if they are not in memory. */
  async keptById(
    ids: readonly string[],
    db: Db = this.db,
  ): Promise<Map<string, Kept>> {
    const found = new Map<string, Kept>();
    const missing: string[] = [];
    for (const id of ids) {
      const kept = this.#byId.get(id);
      if (kept === undefined) missing.push(id);
      else found.set(id, kept);
    }
    if (missing.length === 0) return found;
    const loaded = await this.#load(
      selectById(db, [JSON.stringify(missing)]),
    );
    for (const kept of loaded) found.set(kept.id, kept);
    return found;
  }

  /** Takes over what a commit left: `after` is missing of an entity that is gone. */
  replace(
    changes: readonly {
      readonly id: string;
      readonly before: Kept | undefined;
      readonly after: Kept | undefined;
    }[],
  ): void {
    this.#version += 1;
    const many = changes.length > MANY;
    for (const { id, before, after } of changes) {
      if (after === undefined) this.#forget(id);
      else if (!many || before !== undefined) this.#remember(after);
      if (many || after?.isReady) after?.fold();
    }
  }

  /** After a commit that failed: it may have happened, if only its answer got lost. */
  doubt(ids: readonly string[]): void {
    this.#version += 1;
    for (const id of ids) this.#forget(id);
  }

  async #load(reading: Promise<readonly Row[]>): Promise<Kept[]> {
    const version = this.#version;
    const rows = await reading;
    const loaded = rows.map((row) => new Kept({ ...row, pk: Number(row.pk) }));
    // What was read beside a commit may be older than what that commit left.
    if (version === this.#version) loaded.forEach((one) => this.#remember(one));
    return loaded;
  }

  #remember(kept: Kept): void {
    this.#byPk.set(kept.pk, kept);
    this.#byId.set(kept.id, kept);
  }

  #forget(id: string): void {
    const kept = this.#byId.get(id);
    if (kept === undefined) return;
    this.#byId.delete(id);
    this.#byPk.delete(kept.pk);
  }
}
