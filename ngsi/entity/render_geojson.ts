import { CORE_TERMS } from "../context/core_context.ts";
import type { Names } from "../context/names.ts";
import { carried, datasetOf } from "./attribute.ts";
import type { Entity } from "./entity.ts";
import { looksLikeGeometry } from "./geometry.ts";
import type { Rendered } from "./render_attribute.ts";
import { renderEntity } from "./render_entity.ts";
import { type Linked, shows, type View } from "./view.ts";

/** The IRI of the GeoProperty that gives a Feature its geometry, unless another is asked for. */
export const LOCATION = CORE_TERMS.get("location") ?? "";

/** An entity as a GeoJSON Feature, without `@context`, CIM 009 4.5.16 and 4.5.17. */
export function renderFeature(
  entity: Entity,
  view: View,
  names: Names,
  geometryProperty = LOCATION,
  linked?: Linked,
): Rendered {
  const { id, ...properties } = renderEntity(entity, view, names, linked);
  return {
    ...shows(view, "id") ? { id } : {},
    type: "Feature",
    geometry: geometryOf(entity, view, geometryProperty),
    properties,
  };
}

/** Features as a GeoJSON FeatureCollection, CIM 009 4.5.16.3. */
export function renderFeatures(features: readonly Rendered[]): Rendered {
  return { type: "FeatureCollection", features };
}

// CIM 009 4.5.16.1
function geometryOf(entity: Entity, { datasets }: View, iri: string): unknown {
  const instances = entity.attributes[iri] ?? [];
  const chosen = instances.find((one) => {
    const dataset = datasetOf(one);
    return datasets === undefined ? dataset === "@none" : datasets.has(dataset);
  });
  const value = chosen && carried(chosen.content);
  return looksLikeGeometry(value) ? value : null;
}
