import { z } from "zod";
import { MunicipalityCode } from "./id.ts";
import { Text } from "./language.ts";
import { Outline, Position } from "./outline.ts";
import { CityColour } from "./theme.ts";

/** A school district, such as `412015-sd-16`; the scheme is ours, not official. */
export const District = z.object({
  code: z.string().regex(/^\d{6}-sd-\d{2}$/),
  name: Text,
  /** Inhabitants, for the threshold ladder and as a denominator. */
  inhabitants: z.int().nonnegative().optional(),
  position: Position.optional(),
  outline: Outline.optional(),
});
export type District = z.infer<typeof District>;

/** One mini-app of the city, such as `412015-ma-08`. */
export const MiniApp = z.object({
  id: z.string().regex(/^\d{6}-ma-\d{2}$/),
  name: Text,
  category: Text,
  /** City day on which it went live; absent while planned. */
  since: z.iso.date().optional(),
});
export type MiniApp = z.infer<typeof MiniApp>;

/** A designated shelter (災害対策基本法 49条の7), by its national 共通ID. */
export const Shelter = z.object({
  id: z.string().regex(/^E\d{10}[12][0-9].$/),
  name: Text,
  district: z.string(),
  position: Position,
  /** People it can hold; the vacancy band is computed against it. */
  capacity: z.int().positive(),
});
export type Shelter = z.infer<typeof Shelter>;

/** Percent of a sum that people may hold, and how near they may come to each other. */
const Concentration = z.object({
  /** The largest contributor. */
  one: z.number().min(20).max(75).default(75),
  /** The two largest together. */
  two: z.number().min(30).max(90).default(90),
  /** What the second largest must be wrong by about the first. */
  near: z.number().min(10).max(100).default(10),
});

/** One tenant of the installation. The NGSI-LD tenant stands here and nowhere else. */
export const Municipality = z.object({
  code: MunicipalityCode,
  tenant: z.string().regex(/^[a-z0-9_]{1,50}$/),
  name: Text,
  prefecture: Text,
  population: z.object({ asOf: z.iso.date(), value: z.int().positive() })
    .optional(),
  districts: z.array(District).default([]),
  miniApps: z.array(MiniApp).default([]),
  shelters: z.array(Shelter).default([]),
  /** Cumulative installs by fiscal year end, from store reports, never registrants. */
  installTargets: z.array(z.object({
    fiscalYear: z.int(),
    installs: z.int().positive(),
  })).default([]),
  /** Where the outlines of districts come from, which every map says. */
  outlines: z.object({
    source: Text,
    /** GeoJSON with polygons, instead of outlines beside the districts. */
    file: z.string().min(1).optional(),
    /** Property of its features that holds a district's code or Japanese name. */
    property: z.string().min(1).default("code"),
  }).optional(),
  /** What codes of the city's own are called that are neither districts nor mini-apps. */
  names: z.record(z.string(), Text).optional(),
  /** When a sum says too much of one person; a city may ask for more than the usual. */
  concentration: Concentration.prefault({}),
  /** The city's colour on its pages, such as `#0b6b4f`. */
  colour: CityColour.optional(),
  /** What in this register is synthetic, and by which rule. */
  note: Text.optional(),
});
export type Municipality = z.infer<typeof Municipality>;

/** The municipalities of one installation, by code. */
export type Municipalities = ReadonlyMap<string, Municipality>;

export function municipalitiesByCode(
  list: readonly Municipality[],
): Municipalities {
  return new Map(list.map((one) => [one.code, one]));
}
