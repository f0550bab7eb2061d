import type { Names } from "../context/names.ts";
import type { Entity } from "./entity.ts";
import {
  type Follow,
  type Rendered,
  renderInstances,
} from "./render_attribute.ts";
import { type Linked, shows, type View, viewBehind, viewKey } from "./view.ts";

/**
 * An entity as JSON, without `@context`, its names compacted; `linked` entities
 * are put in where relationships lead to them.
 */
export function renderEntity(
  entity: Entity,
  view: View,
  names: Names,
  linked?: Linked,
): Rendered {
  const { id, types, scopes, attributes } = entity;
  const rendered: Rendered = {};
  if (shows(view, "id")) rendered.id = id;
  if (shows(view, "type")) rendered.type = oneOrMany(types.map(names.compact));
  if (scopes.length > 0 && shows(view, "scope")) {
    rendered.scope = oneOrMany(scopes);
  }
  addTimes(rendered, entity, view);
  for (const iri in attributes) {
    if (!shows(view, iri)) continue;
    const follow = linked && following(id, view, names, linked, iri);
    const shown = renderInstances(attributes[iri] ?? [], view, names, follow);
    if (shown !== undefined) rendered[names.compact(iri)] = shown;
  }
  return rendered;
}

const VARIANTS_KEPT = 8;
const texts = new WeakMap<Entity, Map<string, string>>();

/** The JSON text of `renderEntity`, made once for each entity, view and names. */
export function renderText(entity: Entity, view: View, names: Names): string {
  let variants = texts.get(entity);
  if (variants === undefined) texts.set(entity, variants = new Map());
  const key = names.key + viewKey(view);
  let text = variants.get(key);
  if (text === undefined) {
    text = JSON.stringify(renderEntity(entity, view, names));
    if (variants.size >= VARIANTS_KEPT) variants.clear();
    variants.set(key, text);
  }
  return text;
}

// CIM 009 4.5.23: no loops.
function following(
  from: string,
  view: View,
  names: Names,
  { entities, level, containedBy }: Linked,
  relationship: string,
): Follow | undefined {
  if (level < 1) return undefined;
  const passed = new Set(containedBy).add(from);
  return (to) => {
    const entity = passed.has(to) ? undefined : entities.get(to);
    return entity && renderEntity(
      entity,
      viewBehind(view, relationship),
      names,
      { entities, level: level - 1, containedBy: passed },
    );
  };
}

function addTimes(rendered: Rendered, entity: Entity, view: View): void {
  if (!view.sysAttrs && view.pick === undefined) return;
  for (const member of ["createdAt", "modifiedAt", "expiresAt"] as const) {
    const picked = view.pick?.members.has(member) ?? false;
    const wanted = picked || view.sysAttrs;
    const at = entity[member];
    if (wanted && at !== undefined && !view.omit?.members.has(member)) {
      rendered[member] = at;
    }
  }
}

function oneOrMany<T>(all: readonly T[]): T | readonly T[] | undefined {
  return all.length > 1 ? all : all[0];
}
