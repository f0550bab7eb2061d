import type { Read } from "./reading.ts";

export type Axis = "latitude" | "longitude";

/** Japan from Okinotorishima to Etorofu and from Yonaguni to Minamitorishima. */
const WITHIN: Readonly<Record<Axis, readonly [number, number]>> = {
  latitude: [20.4, 45.6],
  longitude: [122.9, 154],
};

/** One coordinate in decimal degrees (GIF DS-444). */
export function readCoordinate(text: string, axis: Axis): Read {
  const degrees =
    /^[NE北東]?[緯経]?(\d{2,3})[°度](\d{1,2})['′’分](\d{1,2}(?:\.\d+)?)["″”秒]?$/
      .exec(text);
  if (degrees !== null) {
    const [whole = 0, minutes = 0, seconds = 0] = degrees.slice(1).map(Number);
    const value = (whole + minutes / 60 + seconds / 3600).toFixed(6);
    return { code: "degrees_form", value };
  }
  const bare = text.replace(/[,、°度]$/, "");
  if (!/^-?\d+(\.\d+)?$/.test(bare)) return { code: "invalid_position" };
  if (/^\d{7,}$/.test(bare)) {
    const at = axis === "latitude" ? 2 : 3;
    const value = `${bare.slice(0, at)}.${bare.slice(at)}`;
    return isWithin(Number(value), axis)
      ? { code: "missing_point", value }
      : { code: "missing_point" };
  }
  if (!isWithin(Number(bare), axis)) return { code: "outside_japan" };
  if (bare !== text) return { code: "unit_in_number", value: bare };
  const decimals = text.split(".")[1]?.length ?? 0;
  return decimals < 4 ? { code: "coarse_position" } : { value: text };
}

export function isWithin(degrees: number, axis: Axis): boolean {
  const [least, most] = WITHIN[axis];
  return degrees >= least && degrees <= most;
}
