type Entry = Readonly<Record<string, unknown>>;

interface Gauge {
  readonly id: string;
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly alertLevel: number;
  readonly dangerLevel: number;
}

function gauge(
  id: string,
  name: string,
  longitude: number,
  latitude: number,
  alertLevel: number,
): Gauge {
  const dangerLevel = alertLevel + 1.2;
  return { id, name, longitude, latitude, alertLevel, dangerLevel };
}

// Made-up stations at real rivers; levels are in metres.
const GAUGES: Readonly<Record<string, readonly Gauge[]>> = {
  "412015": [
    gauge("saga-kase", "嘉瀬川（デモ）", 130.262, 33.256, 3.2),
    gauge("saga-tafuse", "多布施川（デモ）", 130.296, 33.262, 1.8),
    gauge("saga-honjo", "本庄江（デモ）", 130.281, 33.233, 2.4),
    gauge("saga-hatta", "八田江（デモ）", 130.318, 33.221, 2.2),
  ],
  "252018": [
    gauge("otsu-seta", "瀬田川（デモ）", 135.906, 34.971, 2.1),
    gauge("otsu-sakura", "大戸川（デモ）", 135.94, 34.93, 2.6),
    gauge("otsu-wani", "和邇川（デモ）", 135.93, 35.15, 1.9),
  ],
};

/** The water gauges of a demo city. */
export function gaugesOf(code: string): readonly Gauge[] {
  return GAUGES[code] ?? [];
}

const DAYS = [["mon", "thu"], ["tue", "fri"], ["wed", "sat"]] as const;

/** When waste is collected in the areas of a demo city. */
export function collectionsOf(code: string): Entry[] {
  return DAYS.flatMap((days, at) => {
    const area = `第${at + 1}収集地区`;
    return [
      { waste: "burnable", days },
      { waste: "plastic", days: ["wed", "thu", "fri"].slice(at, at + 1) },
      { waste: "paper", days: [`mon#${at + 1}`] },
      { waste: "unburnable", days: [`fri#${at + 1}`] },
    ].map((one) => ({
      id: `${code}-${at + 1}-${one.waste}`,
      area,
      ...one,
    }));
  });
}
