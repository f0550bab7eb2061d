import {
  HOURS,
  type Metric,
  metric,
  OWNERS,
  PERSONS,
  SECONDS,
  SHARE,
  TIMES,
} from "../metric.ts";

const owner = OWNERS.disaster;
const METRES = { ja: "m", en: "m" };

/** Shelters, drills and water. */
export const disasterMetrics: readonly Metric[] = [
  metric("evacuees", "shelter_record.evacuees.people", {
    title: { ja: "避難者", en: "People received at shelters" },
    definition: {
      ja:
        "避難所で受付した人の数（同伴者を含みます）。平時・訓練・災害は混ぜません。",
      en:
        "People received at shelters, companions included; ordinary days, drills and disasters are never mixed.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("shelter_people", "shelter_record.shelters.people", {
    title: { ja: "避難所ごとの避難者", en: "People received, by shelter" },
    definition: {
      ja:
        "避難所ごとの受付人数（同伴者を含みます）。避難所どうしは足し合わせません（移った人がいます）。",
      en:
        "People received at each shelter, companions included; shelters are never added up, since people move.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("party_people", "shelter_record.parties.people", {
    title: { ja: "受付した人", en: "People who checked in" },
    definition: {
      ja: "自分で受付した人の数（同伴者を除く）。",
      en: "People who checked in themselves, without companions.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("reception_seconds", "shelter_record.reception_times.median", {
    title: { ja: "受付時間（中央値）", en: "Time of reception, median" },
    definition: {
      ja: "避難所での受付にかかった時間の中央値。QRと紙を比べられます。",
      en: "Median time of reception at a shelter, by phone against on paper.",
    },
    additivity: "none",
    format: "decimal",
    unit: SECONDS,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("needs_reported", "shelter_record.needs.reported", {
    title: { ja: "要望された物資", en: "Goods asked for" },
    definition: {
      ja: "避難所から要望された物資の数量。",
      en: "Quantities of goods that shelters asked for.",
    },
    unit: TIMES,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("needs_met", "shelter_record.needs.fulfilled", {
    title: { ja: "物資の充足率", en: "Needs met" },
    definition: {
      ja: "要望された物資のうち、届いた数量の割合。",
      en: "Quantities provided among those asked for.",
    },
    over: "shelter_record.needs.reported",
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("needs_hours", "shelter_record.needs.hours", {
    title: {
      ja: "充足までの時間（中央値）",
      en: "Hours until provided, median",
    },
    definition: {
      ja: "要望から物資が届くまでの時間の中央値。",
      en: "Median hours from asking to having.",
    },
    additivity: "none",
    format: "decimal",
    unit: HOURS,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("shelter_searches", "shelter_record.searches.count", {
    title: { ja: "避難所の検索", en: "Searches for shelters" },
    definition: {
      ja: "災害の種類ごとに避難所を探した回数。",
      en: "Searches for a shelter, by hazard.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("water_level", "environment.levels.highest", {
    title: { ja: "最高水位", en: "Highest water level" },
    definition: {
      ja: "観測所ごと・日ごとの最高水位。",
      en: "Highest level of each station and day.",
    },
    additivity: "none",
    format: "decimal",
    unit: METRES,
    better: "neither",
    level: "context",
    owner,
  }),
  metric("hours_above", "environment.levels.hoursAbove", {
    title: { ja: "注意水位を超えた時間", en: "Hours above alert level" },
    definition: {
      ja: "氾濫注意水位を超えていた時間。",
      en: "Hours above the alert level.",
    },
    format: "decimal",
    unit: HOURS,
    better: "down",
    level: "context",
    owner,
  }),
  metric("camera_availability", "environment.cameras.availability", {
    title: { ja: "防災カメラの稼働率", en: "Availability of cameras" },
    definition: {
      ja: "確認したときに画像が得られた割合。",
      en: "How often a camera gave an image when looked at.",
    },
    additivity: "none",
    format: "share",
    unit: SHARE,
    level: "activity",
    owner,
  }),
];
