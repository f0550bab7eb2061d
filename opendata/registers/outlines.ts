import {
  type Municipality,
  Outline,
  OUTLINE_TOLERANCE,
  outlinesIn,
  Problem,
  Text,
} from "@hiraku/kernel";
import type { Clock } from "@hiraku/kernel";
import {
  changeRegister,
  type Control,
  registerEntries,
} from "@hiraku/kernel/control";
import { z } from "zod";
import { ringFault } from "./ring_faults.ts";

/** Outlines of a city's districts that an officer brought, by district code. */
export const OutlineSheet = z.object({
  source: Text,
  areas: z.record(z.string(), Outline),
});
export type OutlineSheet = z.infer<typeof OutlineSheet>;

/** Where they are kept beside the registers, with the same history. */
export const OUTLINES = "outlines";
/** As maps show them, and as an officer has uploaded and not yet approved them. */
export type OutlineState = "approved" | "draft";

/** Bytes of a file; a city's borders in metres are a tenth of it. */
export const LARGEST_OUTLINES = 8 * 1024 * 1024;
/** Points of all outlines together, as every map carries them. */
export const MOST_POINTS = 6_000;
/** Points of a file before any are left out. */
const MOST_GIVEN = 100_000;
const COARSEST = 0.02;

/** Degrees within which every place of Japan lies: west, south, east, north. */
const JAPAN = [122, 20, 154, 46] as const;

const Feature = z.object({
  properties: z.record(z.string(), z.unknown()).nullable(),
  geometry: z.object({ type: z.string() }).nullable(),
});
const Features = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(Feature).min(1),
});

/**
 * Reads a GeoJSON text by the property of its features that holds a district's
 * code or Japanese name. Points are left out until few enough are there.
 * Throws `BadRequestData` that names the field and never its value.
 */
export function readOutlines(
  { districts }: Pick<Municipality, "districts">,
  text: string,
  property: string,
): OutlineSheet["areas"] {
  const geojson = parsed(text);
  const shape = Features.safeParse(geojson);
  if (!shape.success) {
    refuse("file", "not a FeatureCollection with features");
  }
  for (const [at, { properties, geometry }] of shape.data.features.entries()) {
    const kind = geometry?.type;
    if (kind !== "Polygon" && kind !== "MultiPolygon") {
      refuse(`features[${at}].geometry`, "not a Polygon or MultiPolygon");
    }
    const value = properties?.[property];
    if (value === undefined || value === null || value === "") {
      refuse(`features[${at}].properties.${property}`, "missing");
    }
    const known = districts.some(({ code, name }) =>
      code === String(value) || name.ja === String(value)
    );
    if (!known) {
      refuse(
        `features[${at}].properties.${property}`,
        "no code or Japanese name of a district of the city",
      );
    }
  }
  check(shape.data.features, geojson);
  let tolerance = OUTLINE_TOLERANCE;
  let found = outlinesIn(geojson, property, tolerance);
  while (pointsOf([...found.values()]) > MOST_POINTS) {
    tolerance *= 2;
    if (tolerance > COARSEST) {
      refuse("file", `more than ${MOST_POINTS} points, however coarse`);
    }
    found = outlinesIn(geojson, property, tolerance);
  }
  return Object.fromEntries(
    districts.flatMap(({ code, name }) => {
      const outline = [
        ...found.get(code) ?? [],
        ...found.get(name.ja) ?? [],
      ];
      return outline.length === 0 ? [] : [[code, outline]];
    }),
  );
}

/** How many points outlines have. */
export function pointsOf(outlines: readonly Outline[]): number {
  return outlines.flat(2).reduce((sum, ring) => sum + ring.length, 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's own message would quote the file.
    return refuse("file", "not JSON");
  }
}

/** Rings as they were given, before points are left out. */
function check(
  features: readonly z.infer<typeof Feature>[],
  geojson: unknown,
): void {
  const given = (geojson as {
    features: { geometry: { type: string; coordinates: unknown } }[];
  }).features;
  let points = 0;
  for (const at of features.keys()) {
    const { type = "", coordinates } = given[at]?.geometry ?? {};
    const read = Outline.safeParse(
      type === "Polygon" ? [coordinates] : coordinates,
    );
    const field = `features[${at}].geometry.coordinates`;
    if (!read.success) {
      refuse(field, "not rings of longitudes and latitudes in degrees");
    }
    for (const ring of read.data.flat()) {
      points += ring.length;
      if (points > MOST_GIVEN) refuse("file", `more than ${MOST_GIVEN} points`);
      const [west, south, east, north] = JAPAN;
      const inside = ring.every(([x, y]) =>
        x >= west && x <= east && y >= south && y <= north
      );
      if (!inside) refuse(field, "outside Japan; longitude comes first");
      const fault = ringFault(ring);
      if (fault !== undefined) refuse(field, RING_WORDS[fault]);
    }
  }
}

const RING_WORDS = {
  open: "a ring does not end where it begins",
  empty: "a ring holds no area",
  crosses: "a ring crosses itself",
} as const;

function refuse(field: string, why: string): never {
  throw new Problem("BadRequestData", `${field}: ${why}`);
}

/** Outlines of a city in one state, if there are any. */
export async function outlineSheet(
  control: Control,
  municipality: string,
  state: OutlineState,
): Promise<OutlineSheet | undefined> {
  const entries = await registerEntries(control, {
    municipality,
    register: OUTLINES,
  });
  const found = entries.find(({ key }) => key === state);
  return found && OutlineSheet.parse(found.value);
}

/** Makes outlines stand in their states, all or none; `null` takes one away. */
export async function keepOutlines(
  control: Control,
  clock: Clock,
  municipality: string,
  by: string,
  sheets: Readonly<Partial<Record<OutlineState, OutlineSheet | null>>>,
): Promise<void> {
  const place = { municipality, register: OUTLINES };
  await changeRegister(
    control,
    clock,
    place,
    by,
    new Map(Object.entries(sheets)),
  );
}

/** The municipality with approved outlines in place of those of its configuration. */
export function withOutlines(
  municipality: Municipality,
  sheet: OutlineSheet | undefined,
): Municipality {
  if (sheet === undefined) return municipality;
  return {
    ...municipality,
    outlines: { source: sheet.source, property: "code" },
    districts: municipality.districts.map(({ outline: _own, ...district }) => {
      const outline = sheet.areas[district.code];
      return outline === undefined ? district : { ...district, outline };
    }),
  };
}
