import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { SentEntity } from "../entities/broker_client.ts";
import {
  dateTime,
  type FeedReader,
  isBelievable,
  jsonOf,
  pointAt,
  type Reading,
  textOf,
  UnreadableFeed,
} from "./feed.ts";

function fitting<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.join(".") ?? "";
  throw new UnreadableFeed(`'${path}' does not have the expected shape`);
}

/** Warnings of the JMA by municipality, as `bosai/warning` gives them. */
const Warnings = z.object({
  reportDatetime: z.string(),
  areaTypes: z.array(z.object({
    areas: z.array(z.object({
      code: z.string(),
      warnings: z.array(z.object({
        code: z.string().optional(),
        status: z.string(),
      })),
    })),
  })),
});

/** JMA codes of warnings and advisories (気象庁防災情報XMLフォーマット コード管理表). */
const WARNINGS: Readonly<Record<string, readonly [string, string]>> = {
  "02": ["暴風雪警報", "high"],
  "03": ["大雨警報", "high"],
  "04": ["洪水警報", "high"],
  "05": ["暴風警報", "high"],
  "06": ["大雪警報", "high"],
  "07": ["波浪警報", "high"],
  "08": ["高潮警報", "high"],
  "10": ["大雨注意報", "medium"],
  "12": ["大雪注意報", "medium"],
  "14": ["雷注意報", "medium"],
  "15": ["強風注意報", "medium"],
  "18": ["洪水注意報", "medium"],
  "32": ["暴風雪特別警報", "critical"],
  "33": ["大雨特別警報", "critical"],
  "35": ["暴風特別警報", "critical"],
  "38": ["高潮特別警報", "critical"],
};

const OVER = ["解除", "発表警報・注意報はなし"];

export const jmaWarnings: FeedReader = {
  kind: "jma-warnings",
  entityTypes: ["WeatherAlert"],
  read(bytes, { municipality, now }) {
    const { reportDatetime, areaTypes } = fitting(Warnings, jsonOf(bytes));
    if (!isBelievable(reportDatetime, now)) {
      throw new UnreadableFeed("'reportDatetime' is not to be believed");
    }
    // JMA areas are the municipality code without its check digit, and two digits.
    const own = `${municipality.code.slice(0, 5)}00`;
    const warnings = areaTypes.flatMap(({ areas }) => areas)
      .filter(({ code }) => code === own)
      .flatMap((area) => area.warnings)
      .flatMap(({ code, status }) =>
        code === undefined || OVER.includes(status) ? [] : [code]
      );
    return {
      entities: [...new Set(warnings)].map((code) =>
        alert(municipality.code, code, reportDatetime)
      ),
    };
  },
};

function alert(municipality: string, code: string, at: string): SentEntity {
  const [name, severity] = WARNINGS[code] ?? [code, "informational"];
  return {
    id: `urn:ngsi-ld:WeatherAlert:${municipality}-${code}`,
    type: "WeatherAlert",
    category: "weather",
    subCategory: code,
    name,
    severity,
    dateIssued: dateTime(at),
    alertSource: "https://www.jma.go.jp/",
    localGovernmentCode: municipality,
  };
}

/** The same warnings as the JMA's XML telegram VPWW54 gives them. */
export const jmaWarningXml: FeedReader = {
  kind: "jma-warning-xml",
  entityTypes: ["WeatherAlert"],
  read(bytes, { municipality, now }) {
    const parser = new XMLParser({
      ignoreAttributes: false,
      removeNSPrefix: true,
      processEntities: false,
      parseTagValue: false,
      isArray: (name) => ["Item", "Kind", "Warning", "Area"].includes(name),
    });
    let parsed: unknown;
    try {
      parsed = parser.parse(textOf(bytes));
    } catch (error) {
      if (error instanceof UnreadableFeed) throw error;
      throw new UnreadableFeed("It is not XML");
    }
    const { Report } = fitting(Telegram, parsed);
    const at = Report.Head.ReportDateTime;
    if (!isBelievable(at, now)) {
      throw new UnreadableFeed("'ReportDateTime' is not to be believed");
    }
    const own = `${municipality.code.slice(0, 5)}00`;
    const codes = Report.Body.Warning.flatMap(({ Item }) => Item)
      .filter(({ Area }) => Area.some(({ Code }) => Code === own))
      .flatMap(({ Kind }) => Kind)
      .flatMap(({ Code, Status }) =>
        Code === undefined || OVER.includes(Status ?? "") ? [] : [Code]
      );
    return {
      entities: [...new Set(codes)].map((code) =>
        alert(municipality.code, code, at)
      ),
    };
  },
};

const Telegram = z.object({
  Report: z.object({
    Head: z.object({ ReportDateTime: z.string() }),
    Body: z.object({
      Warning: z.array(z.object({
        Item: z.array(z.object({
          Kind: z.array(z.object({
            Code: z.string().optional(),
            Status: z.string().optional(),
          })),
          Area: z.array(z.object({ Code: z.string() })),
        })).default([]),
      })),
    }),
  }),
});

/** AMeDAS stations as `bosai/amedas` gives them: values with a quality flag. */
const Flagged = z.tuple([z.number().nullable(), z.number().nullable()]);
const Observations = z.record(
  z.string(),
  z.object({
    temp: Flagged.optional(),
    humidity: Flagged.optional(),
    precipitation1h: Flagged.optional(),
    wind: Flagged.optional(),
    observedAt: z.string(),
    name: z.string().optional(),
    lon: z.number().optional(),
    lat: z.number().optional(),
  }),
);

export const weather: FeedReader = {
  kind: "weather",
  entityTypes: ["WeatherObserved"],
  read(bytes, { municipality, now }) {
    const stations = Object.entries(fitting(Observations, jsonOf(bytes)));
    return {
      entities: stations.filter(([, { observedAt }]) =>
        isBelievable(observedAt, now)
      ).map(([station, one]) => {
        const observedAt = new Date(one.observedAt).toISOString();
        const measured = (name: string, flagged?: z.infer<typeof Flagged>) =>
          // A value without quality 0 is missing or doubtful.
          flagged === undefined || flagged[0] === null || flagged[1] !== 0
            ? {}
            : { [name]: { value: flagged[0], observedAt } };
        return {
          id: `urn:ngsi-ld:WeatherObserved:${municipality.code}-${station}`,
          type: "WeatherObserved",
          name: one.name ?? station,
          ...measured("temperature", one.temp),
          ...measured("relativeHumidity", one.humidity),
          ...measured("precipitation", one.precipitation1h),
          ...measured("windSpeed", one.wind),
          dateObserved: dateTime(observedAt),
          ...(one.lon !== undefined && one.lat !== undefined &&
            pointAt(one.lon, one.lat)),
        };
      }),
    };
  },
};

/** Levels of water gauges in metres. */
const Levels = z.object({
  readings: z.array(z.object({
    station: z.string(),
    observedAt: z.string(),
    level: z.number().min(-100).max(100).nullable(),
  })),
});

export const waterLevels: FeedReader = {
  kind: "water-levels",
  entityTypes: ["FloodMonitoring"],
  read(bytes, { municipality, now, gauges }) {
    const { readings } = fitting(Levels, jsonOf(bytes));
    const newest = new Map<string, Reading>();
    const kept: Reading[] = [];
    for (const { station, observedAt, level } of readings) {
      if (level === null || !isBelievable(observedAt, now)) continue;
      const at = new Date(observedAt).toISOString();
      const reading = { station, quantity: "level", value: level, at };
      kept.push(reading);
      const last = newest.get(station);
      if (last === undefined || last.at < at) newest.set(station, reading);
    }
    return {
      readings: kept,
      entities: gauges.flatMap((gauge) => {
        const reading = newest.get(gauge.id);
        if (reading === undefined) return [];
        const { value, at } = reading;
        return [{
          id: `urn:ngsi-ld:FloodMonitoring:${municipality.code}-${gauge.id}`,
          type: "FloodMonitoring",
          stationID: gauge.id,
          name: gauge.name,
          currentLevel: { value, observedAt: at, unitCode: "MTR" },
          alertLevel: gauge.alertLevel,
          dangerLevel: gauge.dangerLevel,
          floodLevelStatus: value >= gauge.dangerLevel
            ? "danger"
            : value >= gauge.alertLevel
            ? "alert"
            : "normal",
          observationDateTime: dateTime(at),
          ...pointAt(gauge.longitude, gauge.latitude),
        }];
      }),
    };
  },
};
