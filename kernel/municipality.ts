import { z } from "zod";
import { MunicipalityCode } from "./id.ts";
import { Text } from "./language.ts";
import { CityColour } from "./theme.ts";

/** WGS 84 longitude and latitude in degrees, as in GeoJSON. */
const Position = z.tuple([
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
]);

/** A school district, such as `412015-sd-16`; the scheme is ours, not official. */
export const District = z.object({
  code: z.string().regex(/^\d{6}-sd-\d{2}$/),
  name: Text,
  /** Inhabitants, for the threshold ladder and as a denominator. */
  inhabitants: z.int().nonnegative().optional(),
  position: Position.optional(),
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
