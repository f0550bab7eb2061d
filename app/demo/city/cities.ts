import { type MiniApp, Municipality } from "@hiraku/kernel";
import type { Growth } from "./growth.ts";
import { type DistrictRow, districtsOf, sheltersOf } from "./district.ts";
import {
  CATEGORIES,
  type MiniAppRow,
  otsuMiniApps,
  sagaMiniApps,
  takeoMiniApps,
} from "./mini_apps.ts";
import { otsuDistricts } from "./otsu_districts.ts";
import { sagaDistricts } from "./saga_districts.ts";

/** A demo city: its register and the known figures its events must reproduce. */
export interface DemoCity {
  readonly municipality: Municipality;
  readonly launch: string;
  /** Weight of use of each mini-app, in the register's order. */
  readonly appWeights: readonly number[];
  /** Cumulative registrants and how many of them by card. */
  readonly registrants: Growth;
  readonly byCard: Growth;
  /** Cumulative installs as the stores count them. */
  readonly installs: Growth;
  /** Usage events of one registrant beside those of Saga. */
  readonly use: number;
}

const NOTE = {
  ja:
    "デモ用の合成データです。既知の公表値（登録者数、ダウンロード数など）は日付どおりに再現し、校区別人口などは一定の規則で按分しています。",
  en:
    "Synthetic demo data. Published figures (registrants, downloads and the like) stand on their dates; inhabitants by district and the like are split by a stated rule.",
};

// 武雄市's nine towns; inhabitants, weights and positions are synthetic.
const takeoDistricts: readonly DistrictRow[] = [
  ["武雄", "Takeo", 130.019, 33.194, "E4120600001111", "hall", 1.6],
  ["橘", "Tachibana", 130.032, 33.17, "E4120600002111", "hall", 0.7],
  ["朝日", "Asahi", 130.034, 33.21, "E4120600003111", "hall", 1.1],
  ["若木", "Wakaki", 129.985, 33.262, "E4120600004111", "hall", 0.3],
  ["武内", "Takeuchi", 129.967, 33.232, "E4120600005111", "hall", 0.4],
  [
    "東川登",
    "Higashikawanobori",
    130.005,
    33.16,
    "E4120600006111",
    "hall",
    0.5,
  ],
  ["西川登", "Nishikawanobori", 129.965, 33.165, "E4120600007111", "hall", 0.4],
  ["山内", "Yamauchi", 129.94, 33.2, "E4120600008111", "hall", 1.3],
  ["北方", "Kitagata", 130.075, 33.212, "E4120600009111", "hall", 1.2],
];

const HALL = { ja: "公民館", en: "Community Center" };
const CENTRE = { ja: "市民センター", en: "Civic Center" };

export const saga: DemoCity = {
  municipality: Municipality.parse({
    code: "412015",
    tenant: "saga_412015",
    name: { ja: "佐賀市", en: "Saga City" },
    prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
    // 市報さが 2026-01-01.
    population: { asOf: "2025-11-30", value: 225_503 },
    districts: districtsOf("412015", 225_503, sagaDistricts),
    miniApps: miniAppsOf("412015", sagaMiniApps),
    shelters: sheltersOf("412015", sagaDistricts, HALL),
    colour: "#1d5b8f",
    note: NOTE,
  }),
  launch: "2023-06-01",
  appWeights: weightsOf(sagaMiniApps),
  // Downloads: 40,000 after ten months (the city's DX summary); the later
  // points from local press and 市報さが. Registrants are an assumed share.
  installs: [
    ["2023-05-31", 0],
    ["2024-03-31", 40_000],
    ["2024-10-31", 58_000],
    ["2025-07-15", 75_000],
    ["2026-01-01", 80_000],
    ["2027-01-01", 86_000],
    ["2030-01-01", 100_000],
  ],
  registrants: [
    ["2023-05-31", 0],
    ["2023-09-30", 9_000],
    ["2024-03-31", 24_000],
    ["2024-10-31", 34_000],
    ["2025-07-15", 44_000],
    ["2026-01-01", 47_500],
    ["2027-01-01", 52_000],
    ["2030-01-01", 62_000],
  ],
  // 16,000 digital citizen cards in half a year, issued from October 2023 (assumed).
  byCard: [
    ["2023-09-30", 0],
    ["2024-03-31", 16_000],
    ["2024-10-31", 23_500],
    ["2025-07-15", 31_000],
    ["2026-01-01", 34_000],
    ["2027-01-01", 38_000],
    ["2030-01-01", 47_000],
  ],
  use: 1,
};

export const otsu: DemoCity = {
  municipality: Municipality.parse({
    code: "252018",
    tenant: "otsu_252018",
    name: { ja: "大津市", en: "Otsu City" },
    prefecture: { ja: "滋賀県", en: "Shiga Prefecture" },
    // 大津市オープンデータ 地域・年齢別人口, 2025-12-31.
    population: { asOf: "2025-12-31", value: 343_316 },
    districts: districtsOf("252018", 343_316, otsuDistricts),
    miniApps: miniAppsOf("252018", otsuMiniApps),
    shelters: sheltersOf("252018", otsuDistricts, CENTRE),
    // 総務常任委員会 報告資料, 2025-12-11: cumulative downloads.
    installTargets: [
      { fiscalYear: 2025, installs: 3_000 },
      { fiscalYear: 2026, installs: 15_000 },
      { fiscalYear: 2027, installs: 30_000 },
    ],
    colour: "#0b6b5f",
    note: NOTE,
  }),
  launch: "2025-10-14",
  appWeights: weightsOf(otsuMiniApps),
  // 4,122 registrants on 2025-11-23, 2,398 of them by card (the same report).
  registrants: [
    ["2025-10-13", 0],
    ["2025-11-23", 4_122],
    ["2026-03-31", 6_900],
    ["2027-01-01", 10_800],
    ["2030-01-01", 26_000],
  ],
  byCard: [
    ["2025-10-13", 0],
    ["2025-11-23", 2_398],
    ["2026-03-31", 4_150],
    ["2027-01-01", 6_700],
    ["2030-01-01", 17_000],
  ],
  installs: [
    ["2025-10-13", 0],
    ["2025-11-23", 5_200],
    ["2026-03-31", 8_600],
    ["2027-01-01", 13_900],
    ["2030-01-01", 34_000],
  ],
  use: 1.6,
};

export const takeo: DemoCity = {
  municipality: Municipality.parse({
    code: "412066",
    tenant: "takeo_412066",
    name: { ja: "武雄市", en: "Takeo City" },
    prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
    population: { asOf: "2025-11-30", value: 47_000 },
    districts: districtsOf("412066", 47_000, takeoDistricts),
    miniApps: miniAppsOf("412066", takeoMiniApps),
    shelters: sheltersOf("412066", takeoDistricts, HALL),
    colour: "#8a3d1c",
    note: NOTE,
  }),
  launch: "2024-10-01",
  appWeights: weightsOf(takeoMiniApps),
  registrants: [["2024-09-30", 0], ["2025-09-30", 4_200], [
    "2027-01-01",
    6_400,
  ]],
  byCard: [["2024-09-30", 0], ["2025-09-30", 2_700], ["2027-01-01", 4_300], [
    "2030-01-01",
    7_000,
  ]],
  installs: [["2024-09-30", 0], ["2025-09-30", 6_000], ["2027-01-01", 9_000], [
    "2030-01-01",
    14_000,
  ]],
  use: 1,
};

export const demoCities: readonly DemoCity[] = [saga, otsu, takeo];

function miniAppsOf(code: string, rows: readonly MiniAppRow[]): MiniApp[] {
  return rows.map(([ja, en, category, since], index) => ({
    id: `${code}-ma-${String(index + 1).padStart(2, "0")}`,
    name: { ja, en },
    category: CATEGORIES[category],
    ...(since === undefined ? {} : { since }),
  }));
}

function weightsOf(rows: readonly MiniAppRow[]): number[] {
  return rows.map((row) => row[4]);
}
