import { z } from "zod";
import { about, code, day, district, figure, month, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { WASTE_KINDS } from "../registers/places.ts";
import { figures } from "../family.ts";

const metres = { ja: "m", en: "m" };
const reason = {
  ja: "物の計測と市の台帳であり、個人を含まないため",
  en: "Measurements of things and registers of the city, without a person",
};
const text = (title: { ja: string; en: string }) =>
  z.string().max(200).meta(about({ title }));

/** Water, cameras and waste: the history of things. */
export const environment = dataset({
  id: "environment",
  title: { ja: "浸水・防災カメラ・ごみ収集", en: "Water, cameras and waste" },
  description: {
    ja:
      "水位計の日ごとの最高水位と基準を超えた時間、防災カメラの稼働率、ごみの収集日です。",
    en:
      "Highest level of water gauges and hours above their alert level by day, availability of cameras, and days of waste collection.",
  },
  cadence: "monthly",
  theme: "ENVI",
  purpose: {
    ja: "浸水に備え、暮らしに役立てるため",
    en: "To prepare for floods and to help daily life",
  },
  keywords: [
    { ja: "浸水", en: "flood" },
    { ja: "水位", en: "water level" },
    { ja: "ごみ", en: "waste" },
  ],
  tables: {
    levels: figures({
      title: { ja: "水位", en: "Water levels" },
      description: {
        ja: "観測所ごと・日ごとの最高水位と、氾濫注意水位を超えた時間",
        en: "Highest level a day and station, and hours above the alert level",
      },
      row: z.object({
        date: day(),
        station: code({ ja: "観測所", en: "Station" }),
        highest: figure({ ja: "最高水位", en: "Highest level" }, metres),
        readings: times({ ja: "観測回数", en: "Readings" }),
        hoursAbove: figure(
          { ja: "注意水位を超えた時間", en: "Above alert level" },
          { ja: "時間", en: "hours" },
        ),
      }),
      period: "date",
      measures: ["highest", "readings", "hoursAbove"],
      reason,
    }),
    cameras: figures({
      title: { ja: "防災カメラの稼働", en: "Availability of cameras" },
      description: {
        ja: "カメラごと・月ごとの確認回数と画像が得られた割合",
        en:
          "How often each camera was looked at in the month and gave an image",
      },
      row: z.object({
        month: month(),
        cameraId: code({ ja: "カメラ", en: "Camera" }),
        looks: times({ ja: "確認回数", en: "Looks" }),
        availability: figure({ ja: "稼働率", en: "Availability" }),
      }),
      period: "month",
      measures: ["looks", "availability"],
      reason,
    }),
    collections: figures({
      title: { ja: "ごみ収集日", en: "Waste collection" },
      description: {
        ja: "月末時点の、地区・種類ごとの収集日",
        en:
          "Days of collection by area and kind of waste, as of the end of the month",
      },
      row: z.object({
        month: month(),
        area: text({ ja: "収集地区", en: "Area" }),
        districtCode: district(),
        waste: code({ ja: "種類", en: "Waste" }, WASTE_KINDS),
        days: text({ ja: "収集日", en: "Days" }),
        perWeek: figure({ ja: "週あたりの回数", en: "Times a week" }),
      }),
      period: "month",
      measures: ["perWeek"],
      reason,
    }),
  },
});
