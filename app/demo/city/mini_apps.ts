/**
 * Mini-apps named in public material of Saga City: Japanese name, English
 * name, category, first day (synthetic but for the launch; absent: planned)
 * and weight of use (synthetic).
 */
export type MiniAppRow = readonly [
  string,
  string,
  keyof typeof CATEGORIES,
  string | undefined,
  number,
];

export const CATEGORIES = {
  living: { ja: "生活", en: "Living" },
  children: { ja: "子育て・教育", en: "Children and education" },
  health: { ja: "健康", en: "Health" },
  area: { ja: "地域", en: "Community" },
  cityHall: { ja: "市役所", en: "City hall" },
  leisure: { ja: "観光・イベント", en: "Tourism and events" },
  common: { ja: "共通", en: "Common" },
} as const;

const LAUNCH = "2023-06-01";

export const sagaMiniApps: readonly MiniAppRow[] = [
  ["ごみカレンダー", "Waste calendar", "living", LAUNCH, 14],
  ["防災情報", "Disaster information", "living", LAUNCH, 8],
  ["ごみの搬入・収集予約", "Waste carry-in booking", "living", LAUNCH, 2.5],
  ["地域の天気情報", "Local weather", "living", LAUNCH, 9],
  ["交通情報", "Traffic", "living", LAUNCH, 5],
  ["デジタル市民証", "Digital citizen card", "living", "2023-10-01", 6],
  ["子育てナビ", "Childcare navigator", "children", LAUNCH, 4],
  ["学校出欠連絡", "School absence notice", "children", LAUNCH, 22],
  ["医療・福祉", "Health and welfare", "health", LAUNCH, 2.5],
  ["公共施設予約", "Facility booking", "area", LAUNCH, 4],
  ["図書館", "Library", "area", LAUNCH, 6],
  ["地域共創", "Community co-creation", "area", "2023-10-01", 3],
  ["施設カード", "Facility cards", "area", "2023-10-01", 1.5],
  ["オンライン申請", "Online application", "cityHall", LAUNCH, 3],
  ["窓口混雑状況", "Counter queues", "cityHall", LAUNCH, 3.5],
  ["口座振替受付", "Direct debit", "cityHall", "2023-10-01", 0.6],
  ["地元チーム応援", "Local team", "leisure", "2023-10-01", 2],
  ["地域振興券", "Regional vouchers", "leisure", "2023-12-01", 5],
  ["観光・イベント情報", "Tourism and events", "leisure", LAUNCH, 4],
  ["イベント参加", "Join an event", "leisure", "2023-12-01", 2],
  ["地域ニュース", "Local news", "area", "2024-04-01", 2.5],
  ["ご意見投稿", "Feedback form", "common", LAUNCH, 0.5],
  ["モビリティ", "Mobility", "living", "2024-10-01", 1.2],
  ["ヘルスケア", "Healthcare", "health", undefined, 0],
  ["アンケート", "Surveys", "common", "2024-10-01", 1.5],
  ["生成AI案内", "AI guide", "common", "2025-10-01", 2],
];

export const otsuMiniApps: readonly MiniAppRow[] = [
  ["防災", "Disaster", "living", "2025-10-14", 6],
  ["お知らせ", "News", "common", "2025-10-14", 16],
  ["イベント", "Events", "leisure", "2025-10-14", 9],
  ["アンケート", "Surveys", "common", "2025-10-14", 4],
  ["ポイント", "Points", "common", "2025-10-14", 14],
  ["デジタル身分証", "Digital identity card", "common", "2025-10-14", 5],
  ["ゴミ出しカレンダー", "Waste calendar", "living", "2026-04-01", 10],
  ["インフラ通報", "Street reports", "area", "2026-04-01", 1],
];

export const takeoMiniApps: readonly MiniAppRow[] = [
  ["ごみカレンダー", "Waste calendar", "living", "2024-10-01", 12],
  ["防災情報", "Disaster information", "living", "2024-10-01", 7],
  ["子育てナビ", "Childcare navigator", "children", "2024-10-01", 5],
  ["図書館", "Library", "area", "2024-10-01", 6],
  ["オンライン申請", "Online application", "cityHall", "2024-10-01", 3],
  ["観光・イベント情報", "Tourism and events", "leisure", "2024-10-01", 4],
];
