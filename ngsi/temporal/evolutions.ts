import { type Clock, Problem } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { stamped } from "../entity/change.ts";
import type { MayWrite } from "../entity/entity_operations.ts";
import { readId } from "../entity/read_entity.ts";
import { seqOf } from "./evolution.ts";
import type { History } from "./history.ts";
import {
  deletedRow,
  entityRow,
  type HistoryRow,
  rowOf,
  scopeRow,
} from "./history_row.ts";
import { SCOPE } from "./history_tables.ts";
import type {
  EvolutionDraft,
  EvolutionFragment,
  InstanceDraft,
} from "./read_evolution.ts";

/** Which instances of an attribute go, CIM 009 5.6.13. */
export interface WhichInstances {
  readonly datasetId?: string;
  readonly deleteAll: boolean;
}

/** Changes to the history itself, CIM 009 5.6.11 to 5.6.16. Each is on disk when its promise resolves. */
export class Evolutions {
  readonly #history: History;
  readonly #clock: Clock;
  readonly #mayWrite: MayWrite;

  constructor(
    history: History,
    clock: Clock,
    mayWrite: MayWrite = () => true,
  ) {
    this.#history = history;
    this.#clock = clock;
    this.#mayWrite = mayWrite;
  }

  /** The same for somebody who may write entities of certain types only. */
  limited(mayWrite: MayWrite): Evolutions {
    return new Evolutions(this.#history, this.#clock, mayWrite);
  }

  /** CIM 009 5.6.11 */
  async upsert(draft: EvolutionDraft): Promise<"created" | "updated"> {
    const known = await this.#typesOf(draft.id);
    if (known !== undefined && !this.#mayWrite(known)) throw noHistory();
    await this.#add(draft.id, known ?? [], draft, known === undefined);
    return known === undefined ? "created" : "updated";
  }

  /** CIM 009 5.6.12. Throws `ResourceNotFound`. */
  async addAttributes(id: string, fragment: EvolutionFragment): Promise<void> {
    await this.#add(id, await this.#existing(id), fragment, false);
  }

  /** CIM 009 5.6.13. Throws `ResourceNotFound`. */
  async deleteAttribute(
    id: string,
    iri: string,
    which: WhichInstances,
  ): Promise<void> {
    await this.#existing(id);
    const dataset = which.datasetId ?? "@none";
    await this.#remove(
      sql<boolean>`entity = ${id} AND attribute = ${iri}
        ${which.deleteAll ? sql`` : sql`AND dataset = ${dataset}`}`,
    );
  }

  /** CIM 009 5.6.14. Throws `ResourceNotFound`. */
  async modifyInstance(
    id: string,
    iri: string,
    instanceId: string,
    { draft }: InstanceDraft,
  ): Promise<void> {
    const types = await this.#existing(id);
    const seq = seqOf(readId(instanceId));
    const row = rowOf(
      id,
      JSON.stringify(types),
      iri,
      stamped(draft, this.#now(), undefined),
    );
    const history = await this.#history.read();
    const { rows } = await sql<{ seq: bigint }>`
      UPDATE instance SET content = ${row.v}, kind = ${row.k},
        number = ${row.n}, text = ${row.s}, dataset = ${row.d},
        observed_at = TRY_CAST(replace(${row.o}, ',', '.') AS TIMESTAMP),
        modified_at = ${row.m}::TIMESTAMP
      WHERE seq = ${seq ?? -1} AND entity = ${id} AND attribute = ${iri}
      RETURNING seq`.execute(history);
    if (rows.length === 0) throw noInstance();
  }

  /** CIM 009 5.6.15. Throws `ResourceNotFound`. */
  async deleteInstance(
    id: string,
    iri: string,
    instanceId: string,
  ): Promise<void> {
    await this.#existing(id);
    const seq = seqOf(readId(instanceId)) ?? -1;
    await this.#remove(
      sql<boolean>`seq = ${seq} AND entity = ${id} AND attribute = ${iri}`,
    );
  }

  /** CIM 009 5.6.16. Throws `ResourceNotFound`. */
  async delete(id: string): Promise<void> {
    await this.#existing(id);
    await this.#remove(sql<boolean>`entity = ${id}`);
  }

  /**
   * Ends an attribute, or the scopes, of an entity that only the history knows,
   * as CIM 009 5.6.5 does for one that is current. Throws `ResourceNotFound`.
   */
  async end(
    id: string,
    iri: string,
    which: WhichInstances,
  ): Promise<void> {
    const types = JSON.stringify(await this.#existing(id));
    const now = this.#now();
    const dataset = which.datasetId ?? "@none";
    const history = await this.#history.read();
    const { rows } = await sql<{ content: string }>`
      SELECT arg_max(content, seq) AS content FROM instance
      WHERE entity = ${id} AND attribute = ${iri}
        ${which.deleteAll ? sql`` : sql`AND dataset = ${dataset}`}
      GROUP BY dataset
      HAVING arg_max(kind, seq) <> 'deleted'`.execute(history);
    if (rows.length === 0) throw noInstance();
    await this.#history.add(
      rows.map(({ content }) =>
        iri === SCOPE
          ? scopeRow(id, types, [], now)
          : deletedRow(id, types, iri, {
            ...JSON.parse(content),
            createdAt: now,
          }, now)
      ),
    );
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  async #add(
    id: string,
    known: readonly string[],
    { types, scopes, instances }: EvolutionFragment,
    isNew: boolean,
  ): Promise<void> {
    const now = this.#now();
    const all = [...new Set([...known, ...types])];
    if (!this.#mayWrite(all)) {
      throw new Problem(
        "Forbidden",
        "Entities of this type may not be written",
      );
    }
    const t = JSON.stringify(all);
    const rows: HistoryRow[] = instances.map(({ iri, draft, deletedAt }) => {
      const kept = stamped(draft, now, undefined);
      const { observedAt } = draft.content;
      return deletedAt === undefined
        ? { ...rowOf(id, t, iri, kept), u: true }
        : deletedRow(id, t, iri, kept, deletedAt, observedAt);
    });
    for (const { scopes: some, observedAt = now } of scopes) {
      rows.push({ ...scopeRow(id, t, some, now, observedAt), u: true });
    }
    const widened = types.some((type) => !known.includes(type));
    if (isNew || widened) rows.push(entityRow(id, t, now, now, false));
    if (rows.length > 0) await this.#history.add(rows);
  }

  async #typesOf(id: string): Promise<string[] | undefined> {
    const history = await this.#history.read();
    const { rows: [row] } = await sql<{ types: string | null }>`
      SELECT arg_max(types, seq) AS types FROM instance WHERE entity = ${id}`
      .execute(history);
    return row?.types ? JSON.parse(row.types) as string[] : undefined;
  }

  async #existing(id: string): Promise<string[]> {
    const types = await this.#typesOf(id);
    if (types !== undefined && this.#mayWrite(types)) return types;
    throw noHistory();
  }

  async #remove(which: RawBuilder<boolean>): Promise<void> {
    const history = await this.#history.read();
    const { rows } = await sql<{ seq: bigint }>`
      DELETE FROM instance WHERE ${which} RETURNING seq`.execute(history);
    if (rows.length === 0) throw noInstance();
  }
}

function noHistory(): Problem {
  return new Problem("ResourceNotFound", "The entity has no history");
}

function noInstance(): Problem {
  return new Problem("ResourceNotFound", "There is no such attribute instance");
}
