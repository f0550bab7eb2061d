import type { Names } from "../context/names.ts";
import { type Content, datasetOf } from "../entity/attribute.ts";
import { type Rendered, renderInstances } from "../entity/render_attribute.ts";
import { shows, type View } from "../entity/view.ts";
import type { AggregatedAttribute } from "./aggregate.ts";
import { type Evolution, iso } from "./evolution.ts";
import type { Instance } from "./instance.ts";
import type { TimeProperty } from "./temporal_query.ts";

/** An evolution as JSON, without `@context`, CIM 009 4.5.6. */
export function renderEvolution(
  evolution: Evolution,
  view: View,
  names: Names,
): Rendered {
  return rendered(
    evolution,
    view,
    names,
    (instances, isScope) =>
      instances.flatMap((one) => {
        const shown = renderInstances([one], view, names);
        if (shown === undefined) return [];
        return {
          ...typeof shown === "object" && shown !== null &&
              !Array.isArray(shown) && "type" in shown
            ? shown as Rendered
            : renderInstances([one], normalized(view), names) as Rendered,
          ...isScope ? {} : { instanceId: one.instanceId },
          ...one.deletedAt === undefined ? {} : { deletedAt: one.deletedAt },
        };
      }),
  );
}

/** Instances of an evolution always say their kind. */
function normalized(view: View): View {
  return { ...view, representation: "normalized" };
}

const SEVERAL: Readonly<Record<Content["type"], string>> = {
  Property: "values",
  GeoProperty: "values",
  LanguageProperty: "languageMaps",
  VocabProperty: "vocabs",
  JsonProperty: "jsons",
  ListProperty: "valueLists",
  Relationship: "objects",
  ListRelationship: "objectLists",
};

/** The simplified form, CIM 009 4.5.9: pairs of a value and a time. */
export function renderTemporalValues(
  evolution: Evolution,
  timeproperty: TimeProperty,
  view: View,
  names: Names,
): Rendered {
  const simplified: View = { ...view, representation: "simplified" };
  return rendered(evolution, view, names, (instances) => {
    const groups = new Map<string, Instance[]>();
    for (const one of instances) {
      const key = `${one.content.type} ${datasetOf(one)}`;
      groups.set(key, [...groups.get(key) ?? [], one]);
    }
    const all = [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { type, datasetId } = first.content;
      const pairs = group.map((one) => [
        renderInstances([one], simplified, names),
        timeOf(one, timeproperty),
      ]);
      // CIM 009 4.15: a language that was chosen leaves a text.
      const kind = type === "LanguageProperty" && view.lang !== undefined
        ? "Property"
        : type;
      return {
        type: kind,
        ...datasetId === undefined ? {} : { datasetId },
        [SEVERAL[kind]]: pairs,
      };
    });
    // Of what a page cannot hold, the name stays.
    const [only = { type: "Property", values: [] }, ...more] = all;
    return more.length > 0 ? all : only;
  });
}

function timeOf(one: Instance, timeproperty: TimeProperty): string {
  const time = timeproperty === "observedAt"
    ? one.content.observedAt
    : one[timeproperty];
  return time ?? iso(one.at);
}

/** The aggregated form, CIM 009 4.5.19. */
export function renderAggregated(
  evolution: Evolution,
  attributes: readonly AggregatedAttribute[],
  view: View,
  names: Names,
): Rendered {
  const shown = rendered(
    { ...evolution, scopes: [], attributes: {} },
    view,
    names,
    () => undefined,
  );
  const groups = new Map<string, Rendered[]>();
  for (const { attribute, dataset, relationship, values } of attributes) {
    if (!shows(view, attribute)) continue;
    const name = names.compact(attribute);
    groups.set(name, [...groups.get(name) ?? [], {
      type: relationship ? "Relationship" : "Property",
      ...dataset === "@none" ? {} : { datasetId: dataset },
      ...Object.fromEntries(values),
    }]);
  }
  for (const [name, all] of groups) {
    shown[name] = all.length > 1 ? all : all[0];
  }
  return shown;
}

function rendered(
  { id, types, scopes, attributes, createdAt, modifiedAt, deletedAt }:
    Evolution,
  view: View,
  names: Names,
  render: (instances: readonly Instance[], isScope: boolean) => unknown,
): Rendered {
  const shown: Rendered = {};
  if (shows(view, "id")) shown.id = id;
  if (shows(view, "type")) {
    const compact = types.map(names.compact);
    shown.type = compact.length > 1 ? compact : compact[0];
  }
  if (scopes.length > 0 && shows(view, "scope")) {
    shown.scope = render(scopes, true);
  }
  if (view.sysAttrs) {
    Object.assign(shown, { createdAt, modifiedAt });
    if (deletedAt !== undefined) shown.deletedAt = deletedAt;
  }
  for (const [iri, instances] of Object.entries(attributes)) {
    if (!shows(view, iri)) continue;
    const all = render(instances, false);
    if (all !== undefined) shown[names.compact(iri)] = all;
  }
  return shown;
}
