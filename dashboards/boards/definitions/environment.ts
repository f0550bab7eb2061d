import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, listOf } from "../board.ts";

/** Water, cameras, waste. */
export const environment: Board = {
  id: "environment",
  title: { ja: "水位・防災カメラ", en: "Water and cameras" },
  question: {
    ja: "水位はどこでどれだけ上がり、観測は続いていたか。",
    en: "Where did the water rise, and was it observed throughout?",
  },
  decision: {
    ja: "観測所とカメラの増設・更新",
    en: "Gauges and cameras to add or to renew",
  },
  owner: OWNERS.disaster,
  audience: ["section", "public"],
  headlines: [{ metric: "hours_above" }],
  charts: [
    bars(
      "levels",
      { ja: "観測所ごとの最高水位", en: "Highest level by station" },
      "water_level",
      "station",
    ),
    bars(
      "cameras",
      { ja: "カメラの稼働率", en: "Availability of cameras" },
      "camera_availability",
      "cameraId",
    ),
    listOf(
      "collections",
      { ja: "ごみ収集日", en: "Waste collection" },
      "environment.collections",
      ["area", "waste", "days", "perWeek"],
    ),
  ],
  filters: [],
};
