import {
  existencePath,
  partialPath,
  placeOf,
  valuePath,
  type ValueSlot,
} from "./index_path.ts";

type Paths = Partial<Record<ValueSlot, string>>;

/** A place in entities, with the paths of the index that stand for it, each made once. */
export class Place {
  readonly existence: string;
  readonly partial: string;
  readonly #names: readonly string[];
  readonly #members: readonly string[];
  readonly #place: string;
  readonly #scalars: Paths = {};
  readonly #elements: Paths = {};
  readonly #inner = new Map<string, Place>();
  readonly #attributes = new Map<string, Place>();
  #observedAt: string | undefined;

  constructor(names: readonly string[], members: readonly string[] = []) {
    this.#names = names;
    this.#members = members;
    this.#place = placeOf(names, undefined, members);
    this.existence = existencePath(this.#place);
    this.partial = partialPath(names[0] ?? "");
    made += 1;
  }

  /** How deep in attributes of attributes it is. */
  get depth(): number {
    return this.#names.length;
  }

  /** How deep inside a value it is. */
  get memberDepth(): number {
    return this.#members.length;
  }

  get text(): string {
    return this.#place;
  }

  path(slot: ValueSlot, isElement: boolean): string {
    const paths = isElement ? this.#elements : this.#scalars;
    return paths[slot] ??= valuePath(slot, this.#place, isElement);
  }

  get observedAt(): string {
    return this.#observedAt ??= valuePath(
      "dateTime",
      placeOf(this.#names, "observedAt"),
      false,
    );
  }

  member(name: string): Place {
    let place = this.#inner.get(name);
    if (place === undefined) {
      place = new Place(this.#names, [...this.#members, name]);
      this.#inner.set(name, place);
    }
    return place;
  }

  attribute(name: string): Place {
    let place = this.#attributes.get(name);
    if (place === undefined) {
      place = new Place([...this.#names, name]);
      this.#attributes.set(name, place);
    }
    return place;
  }
}

const MOST_PLACES = 100_000;
let made = 0;
let roots = new Map<string, Place>();

/** The place of an attribute of entities. */
export function attributePlace(name: string): Place {
  if (made > MOST_PLACES) {
    made = 0;
    roots = new Map();
  }
  let place = roots.get(name);
  if (place === undefined) roots.set(name, place = new Place([name]));
  return place;
}
