import type { Names } from "../context/names.ts";
import { type Attribute, type Content, datasetOf } from "./attribute.ts";
import { looksLikeGeometry } from "./geometry.ts";
import { chosenLanguage } from "./language.ts";
import { readsAsInstance } from "./read_attribute.ts";
import type { View } from "./view.ts";

export type Rendered = Record<string, unknown>;
/** Renders the entity behind a relationship; undefined if it stays a mere id. */
export type Follow = (id: string) => unknown;

/** The instances of one attribute; undefined when the view shows none of them. */
export function renderInstances(
  all: readonly Attribute[],
  view: View,
  names: Names,
  follow?: Follow,
): unknown {
  const { datasets } = view;
  const instances = datasets === undefined
    ? all
    : all.filter((one) => datasets.has(datasetOf(one)));
  const [first] = instances;
  if (first === undefined) return undefined;
  const several = instances.length > 1;
  const render = rendering(view, names, several, follow);
  if (!several) return render(first);
  if (view.representation !== "simplified") return instances.map(render);
  return { // CIM 009 4.5.4
    dataset: Object.fromEntries(
      instances.map((one) => [datasetOf(one), render(one)]),
    ),
  };
}

function rendering(
  view: View,
  names: Names,
  several: boolean,
  follow: Follow | undefined,
): (one: Attribute) => unknown {
  switch (view.representation) {
    case "simplified":
      return ({ content }) =>
        simplified(shownContent(content, view, names), follow);
    case "concise":
      return (one) => concise(one, view, names, several, follow);
    case "normalized":
      return (one) => normalized(one, view, names, follow);
  }
}

function normalized(
  { content, attributes, createdAt, modifiedAt, expiresAt }: Attribute,
  view: View,
  names: Names,
  follow: Follow | undefined,
): Rendered {
  const rendered = { ...shownContent(content, view, names) };
  if (follow !== undefined) addEntities(rendered, follow);
  if (view.sysAttrs) {
    rendered.createdAt = createdAt;
    rendered.modifiedAt = modifiedAt;
    if (expiresAt !== undefined) rendered.expiresAt = expiresAt;
  }
  for (const iri in attributes) {
    const inner = renderInstances(
      attributes[iri] ?? [],
      innerView(view),
      names,
    );
    rendered[names.compact(iri)] = inner;
  }
  return rendered;
}

/** Datasets are chosen among the instances of an entity's own attributes only. */
function innerView(view: View): View {
  if (view.datasets === undefined) return view;
  const { datasets: _, ...rest } = view;
  return rest;
}

// CIM 009 4.5.2.3
function concise(
  one: Attribute,
  view: View,
  names: Names,
  several: boolean,
  follow: Follow | undefined,
): unknown {
  const { type, ...rest } = normalized(one, view, names, follow);
  const plain = Object.keys(rest).length === 1 && !several;
  if (type === "GeoProperty") return plain ? rest.value : rest;
  if (type !== "Property") return rest;
  // Without its type a plain Property with such a value would be read as a GeoProperty.
  if (looksLikeGeometry(rest.value)) return { type, ...rest };
  return plain && !isAmbiguous(rest.value) ? rest.value : rest;
}

function isAmbiguous(value: unknown): boolean {
  return Array.isArray(value)
    ? value.some(readsAsInstance)
    : readsAsInstance(value);
}

// CIM 009 4.5.4
function simplified(shown: Rendered, follow: Follow | undefined): unknown {
  switch (shown.type as Content["type"]) {
    case "Property":
    case "GeoProperty":
      return shown.value;
    case "Relationship":
      return followed(shown.object, follow);
    case "ListRelationship":
      return targets(shown.objectList).map((id) => followed(id, follow));
    case "ListProperty":
      return shown.valueList;
    case "LanguageProperty":
      return { languageMap: shown.languageMap };
    case "VocabProperty":
      return { vocab: shown.vocab };
    case "JsonProperty":
      return { json: shown.json };
  }
}

function followed(object: unknown, follow: Follow | undefined): unknown {
  if (follow === undefined) return object;
  if (Array.isArray(object)) return object.map((id) => follow(id) ?? id);
  return follow(String(object)) ?? object;
}

// CIM 009 4.5.23.2
function addEntities(rendered: Rendered, follow: Follow): void {
  if (rendered.type === "Relationship") {
    const { object } = rendered;
    if (!Array.isArray(object)) {
      const entity = follow(String(object));
      if (entity !== undefined) rendered.entity = entity;
      return;
    }
    const found = object.flatMap((id) => follow(id) ?? []);
    if (found.length > 0) rendered.entity = found;
  } else if (rendered.type === "ListRelationship") {
    const found = targets(rendered.objectList).flatMap((id) =>
      follow(id) ?? []
    );
    if (found.length > 0) rendered.entityList = found;
  }
}

function targets(objectList: unknown): string[] {
  return (objectList as readonly { readonly object: string }[])
    .map(({ object }) => object);
}

function shownContent(content: Content, view: View, names: Names): Rendered {
  const shown = content as unknown as Rendered;
  switch (content.type) {
    case "LanguageProperty":
      return view.lang === undefined
        ? compacted(shown, names)
        : inLanguage(content, view.lang);
    case "VocabProperty":
    case "Relationship":
    case "ListRelationship":
      return compacted(shown, names);
    default:
      return "valueType" in content || "entityTypeSealed" in content
        ? compacted(shown, names)
        : shown;
  }
}

// CIM 009 4.15
function inLanguage(
  { type: _, languageMap, ...rest }: Content & { type: "LanguageProperty" },
  filter: string,
): Rendered {
  const lang = chosenLanguage(languageMap, filter);
  return { type: "Property", value: languageMap[lang], lang, ...rest };
}

const NAMED = ["objectType", "valueType", "entityTypeSealed"];

function compacted(content: Rendered, names: Names): Rendered {
  const shown = { ...content };
  for (const member of NAMED) {
    if (member in shown) shown[member] = each(shown[member], names.compact);
  }
  if ("vocab" in shown) shown.vocab = each(shown.vocab, names.compactWord);
  return shown;
}

function each(words: unknown, compact: (iri: string) => string): unknown {
  return Array.isArray(words) ? words.map(compact) : compact(String(words));
}
