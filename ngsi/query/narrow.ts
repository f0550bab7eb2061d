import {
  anyOf,
  named,
  type Narrow,
  type Scan,
  startingWith,
} from "./narrowing.ts";
import { boxesAround, boxOf } from "../geo/box.ts";
import type { EntityFilter, Selector } from "./entity_query.ts";
import type { GeoQuery } from "./geo_query.ts";
import {
  cut,
  existencePath,
  geometryPath,
  LONGEST_TEXT,
  SCOPE_PATH,
  typePath,
} from "../index/index_path.ts";
import { narrowQ } from "./narrow_q.ts";
import type { ScopeQuery } from "./scope_query.ts";
import type { TypeSelection } from "./type_selection.ts";

const EXACT: Narrow = { op: "every", exact: true };

export function narrow(filter: EntityFilter): Narrow {
  const { selectors, attributes, q, geo, scopes } = filter;
  return {
    op: "all",
    of: [
      ...selectors ? [anyOf(selectors.map(narrowSelector))] : [],
      ...attributes ? [anyOf(attributes.map(narrowExistence))] : [],
      ...scopes ? [narrowScopes(scopes)] : [],
      ...geo ? [narrowGeo(geo)] : [],
      ...q ? [narrowQ(q)] : [],
    ],
  };
}

function narrowExistence(attribute: string): Narrow {
  return named(existencePath(attribute));
}

function narrowSelector({ types, ids, idPattern }: Selector): Narrow {
  const all = [narrowTypes(types)];
  if (ids !== undefined) all.push({ op: "ids", ids });
  else if (idPattern !== undefined) all.push({ op: "every", exact: false });
  return { op: "all", of: all };
}

function narrowTypes(selection: TypeSelection): Narrow {
  if (selection === "*") return EXACT;
  return anyOf(selection.map((all): Narrow => ({
    op: "all",
    of: all.map((type) => named(typePath(type))),
  })));
}

function narrowScopes(scopes: ScopeQuery): Narrow {
  return anyOf(scopes.map((all): Narrow => ({
    op: "all",
    of: all.map(({ levels, below }): Scan => {
      const wild = levels.indexOf("+");
      const fixed = wild < 0 ? levels : levels.slice(0, wild);
      const start = fixed.map((level) => `/${level}`).join("") + "/";
      const short = start.length < LONGEST_TEXT;
      const bounds = below || wild >= 0
        ? startingWith(start)
        : { from: { value: cut(start) }, to: { value: cut(start) } };
      return {
        op: "scan",
        path: SCOPE_PATH,
        over: { table: "text", bounds },
        exact: wild < 0 && short,
      };
    }),
  })));
}

function narrowGeo(geo: GeoQuery): Narrow {
  const path = geometryPath(geo.property);
  const box = boxOf(geo.geometry);
  const far = geo.relation === "disjoint" ||
    (geo.relation === "near" && "min" in geo.distance);
  if (far) return named(existencePath(geo.property), false);
  const boxes = geo.relation === "near" && "max" in geo.distance
    ? boxesAround(box, geo.distance.max)
    : [box];
  return { op: "scan", path, over: { table: "box", boxes }, exact: false };
}
