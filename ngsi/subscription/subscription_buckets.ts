import type { Selector } from "../query/entity_query.ts";
import type { Subscription } from "./subscription.ts";

/** Subscriptions with one key in common, by the attributes they watch. */
interface Bucket {
  readonly watchAll: Set<Subscription>;
  readonly byAttribute: Map<string, Set<Subscription>>;
}

type Buckets = Map<string, Bucket>;

const SHORTEST_PREFIX = 4;

/** Finds the few subscriptions that a change may concern, however many there are. */
export class SubscriptionIndex {
  readonly #everything = emptyBucket();
  readonly #byType: Buckets = new Map();
  readonly #byId: Buckets = new Map();
  readonly #byPrefix: Buckets = new Map();
  /** How often there are prefixes of a length. */
  readonly #lengths = new Map<number, number>();
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(subscription: Subscription): void {
    this.#size += 1;
    for (const [buckets, key] of this.#places(subscription)) {
      let bucket = buckets?.get(key) ?? this.#everything;
      if (buckets !== undefined && bucket === this.#everything) {
        bucket = emptyBucket();
        buckets.set(key, bucket);
      }
      if (buckets === this.#byPrefix) this.#countLength(key.length, 1);
      put(bucket, subscription);
    }
  }

  /** Takes out what was added. */
  remove(subscription: Subscription): void {
    this.#size -= 1;
    for (const [buckets, key] of this.#places(subscription)) {
      const bucket = buckets === undefined
        ? this.#everything
        : buckets.get(key);
      if (bucket === undefined) continue;
      if (buckets === this.#byPrefix) this.#countLength(key.length, -1);
      take(bucket, subscription);
      const empty = bucket.watchAll.size + bucket.byAttribute.size === 0;
      if (empty) buckets?.delete(key);
    }
  }

  /** Those that may be about the entity and watch one of the attributes. */
  candidates(
    id: string,
    types: readonly string[],
    attributes: Iterable<string>,
  ): ReadonlySet<Subscription> {
    const found = new Set<Subscription>();
    const changed = [...attributes];
    collect(this.#everything, changed, found);
    collect(this.#byId.get(id), changed, found);
    for (const type of types) {
      collect(this.#byType.get(type), changed, found);
    }
    for (const length of this.#lengths.keys()) {
      if (length > id.length) continue;
      collect(this.#byPrefix.get(id.slice(0, length)), changed, found);
    }
    return found;
  }

  #places(
    { query }: Subscription,
  ): readonly (readonly [Buckets | undefined, string])[] {
    return query.filter.selectors?.flatMap((one) => this.#placesOf(one)) ??
      [[undefined, ""]];
  }

  #placesOf(
    { ids, idPattern, types }: Selector,
  ): readonly (readonly [Buckets | undefined, string])[] {
    if (ids !== undefined) {
      return ids.map((id) => [this.#byId, id] as const);
    }
    if (idPattern !== undefined && idPattern.prefix.length >= SHORTEST_PREFIX) {
      return [[this.#byPrefix, idPattern.prefix]];
    }
    if (types === "*") return [[undefined, ""]];
    const needed = new Set(types.map(([first = ""]) => first));
    return [...needed].map((type) => [this.#byType, type] as const);
  }

  #countLength(length: number, by: number): void {
    const count = (this.#lengths.get(length) ?? 0) + by;
    if (count > 0) this.#lengths.set(length, count);
    else this.#lengths.delete(length);
  }
}

function emptyBucket(): Bucket {
  return { watchAll: new Set(), byAttribute: new Map() };
}

function put(bucket: Bucket, subscription: Subscription): void {
  if (subscription.watched === undefined) {
    bucket.watchAll.add(subscription);
    return;
  }
  for (const iri of subscription.watched) {
    const there = bucket.byAttribute.get(iri);
    if (there === undefined) {
      bucket.byAttribute.set(iri, new Set([subscription]));
    } else there.add(subscription);
  }
}

function take(bucket: Bucket, subscription: Subscription): void {
  bucket.watchAll.delete(subscription);
  for (const iri of subscription.watched ?? []) {
    const there = bucket.byAttribute.get(iri);
    there?.delete(subscription);
    if (there?.size === 0) bucket.byAttribute.delete(iri);
  }
}

function collect(
  bucket: Bucket | undefined,
  changed: readonly string[],
  into: Set<Subscription>,
): void {
  if (bucket === undefined) return;
  for (const one of bucket.watchAll) into.add(one);
  if (bucket.byAttribute.size === 0) return;
  for (const iri of changed) {
    for (const one of bucket.byAttribute.get(iri) ?? []) into.add(one);
  }
}
