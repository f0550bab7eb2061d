import { z } from "zod";
import { type Finding, finding } from "./finding.ts";
import { readCode } from "./read_code.ts";

/** One designated shelter of the GSI file. */
export interface DesignatedShelter {
  readonly shelter: string;
  readonly municipality: string;
  readonly name: string;
  readonly address: string;
  readonly longitude: number;
  readonly latitude: number;
  /** 福祉避難所 */
  readonly welfare: boolean;
}

const Collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.unknown()),
});

const Feature = z.object({
  geometry: z.object({
    type: z.literal("Point"),
    coordinates: z.tuple([z.number(), z.number()]).rest(z.number()),
  }),
});

const Properties = z.object({ properties: z.record(z.string(), z.unknown()) });

/** The features of a GeoJSON text, or `undefined` when it is none. */
export function featuresIn(text: string): readonly unknown[] | undefined {
  try {
    return Collection.safeParse(JSON.parse(text)).data?.features;
  } catch {
    return undefined;
  }
}

const ID = "共通ID";
const NAME = "施設・場所名";
const ADDRESS = "住所";

/** Whether the features are of GSI's 指定避難所 or 指定緊急避難場所 files. */
export function areShelters(features: readonly unknown[]): boolean {
  return features.some((one) =>
    ID in (Properties.safeParse(one).data?.properties ?? {})
  );
}

/** Checks one feature; `row` counts features from 1. */
export function shelterFeature(
  feature: unknown,
  row: number,
  municipality: string | undefined,
): { value?: DesignatedShelter; findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const report = (column: string, code: Parameters<typeof finding>[2]) => {
    findings.push(finding(row, column, code));
  };
  const properties = Properties.safeParse(feature).data?.properties ?? {};
  const text = (key: string) => {
    const value = properties[key];
    const words = typeof value === "string" ? value.trim() : "";
    if (words === "") report(key, "missing_value");
    return words.slice(0, 200);
  };
  const name = text(NAME);
  const address = text(ADDRESS);
  const shelter = text(ID);
  const kind = /^E(\d{5})\d{5}(\d{2}).$/.exec(shelter);
  const code = readCode(kind?.[1] ?? null).value;
  if (shelter !== "") {
    if (kind === null || code === undefined) report(ID, "invalid_shelter_id");
    else if (kind[2] === "20") report(ID, "emergency_site");
    else if (kind[2] !== "11" && kind[2] !== "12") {
      report(ID, "invalid_shelter_id");
    } else if (municipality !== undefined && code !== municipality) {
      report(ID, "other_municipality");
    }
  }
  const point = Feature.safeParse(feature).data?.geometry.coordinates;
  const [longitude = NaN, latitude = NaN] = point ?? [];
  if (inJapan(latitude, longitude)) report("geometry", "swapped_position");
  else if (!inJapan(longitude, latitude)) {
    report("geometry", "invalid_position");
  }
  if (findings.length > 0 || code === undefined) return { findings };
  const welfare = kind?.[2] === "12";
  const value = {
    shelter,
    municipality: code,
    name,
    address,
    longitude,
    latitude,
    welfare,
  };
  return { value, findings };
}

function inJapan(longitude: number, latitude: number): boolean {
  return longitude >= 122 && longitude <= 154 && latitude >= 20 &&
    latitude <= 46;
}
