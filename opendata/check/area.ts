/** South, north, west and east in degrees. */
type Box = readonly [number, number, number, number];

// Generous frames of each prefecture with its islands, not official figures:
// what lies outside one is only a warning.
const PREFECTURES: readonly (readonly [string, Box])[] = [
  ["北海道", [41.3, 45.6, 139.3, 149]],
  ["青森県", [40.1, 41.7, 139.4, 141.8]],
  ["岩手県", [38.6, 40.6, 140.5, 142.2]],
  ["宮城県", [37.7, 39.1, 140.2, 141.8]],
  ["秋田県", [38.8, 40.6, 139.6, 141.1]],
  ["山形県", [37.6, 39.3, 139.4, 140.8]],
  ["福島県", [36.7, 38.1, 139.1, 141.2]],
  ["茨城県", [35.6, 37.1, 139.6, 141]],
  ["栃木県", [36.1, 37.3, 139.2, 140.4]],
  ["群馬県", [35.9, 37.2, 138.3, 139.8]],
  ["埼玉県", [35.6, 36.4, 138.6, 140]],
  ["千葉県", [34.8, 36.2, 139.6, 141]],
  ["東京都", [20.3, 36, 135.9, 154.1]],
  ["神奈川県", [35, 35.8, 138.8, 139.9]],
  ["新潟県", [36.6, 38.7, 137.5, 140]],
  ["富山県", [36.2, 37.1, 136.7, 137.9]],
  ["石川県", [36, 38, 136.1, 137.5]],
  ["福井県", [35.2, 36.4, 135.3, 136.9]],
  ["山梨県", [35.1, 36.1, 138.1, 139.2]],
  ["長野県", [35.1, 37.1, 137.2, 138.8]],
  ["岐阜県", [35, 36.6, 136.2, 137.8]],
  ["静岡県", [34.5, 35.8, 137.4, 139.3]],
  ["愛知県", [34.5, 35.5, 136.6, 137.9]],
  ["三重県", [33.6, 35.4, 135.7, 137.1]],
  ["滋賀県", [34.7, 35.8, 135.7, 136.6]],
  ["京都府", [34.6, 35.9, 134.7, 136.2]],
  ["大阪府", [34.2, 35.2, 135, 135.9]],
  ["兵庫県", [34.1, 35.8, 134.1, 135.6]],
  ["奈良県", [33.7, 34.9, 135.4, 136.3]],
  ["和歌山県", [33.3, 34.5, 134.9, 136.1]],
  ["鳥取県", [35, 35.8, 133, 134.6]],
  ["島根県", [34.2, 37.4, 131.6, 133.5]],
  ["岡山県", [34.2, 35.5, 133.2, 134.5]],
  ["広島県", [33.9, 35.2, 131.9, 133.6]],
  ["山口県", [33.6, 34.9, 130.7, 132.6]],
  ["徳島県", [33.4, 34.4, 133.6, 134.9]],
  ["香川県", [33.9, 34.7, 133.3, 134.6]],
  ["愛媛県", [32.8, 34.4, 131.9, 133.8]],
  ["高知県", [32.6, 34, 132.4, 134.4]],
  ["福岡県", [32.9, 34.4, 129.9, 131.3]],
  ["佐賀県", [32.8, 33.7, 129.6, 130.7]],
  ["長崎県", [31.9, 34.8, 128, 130.5]],
  ["熊本県", [32, 33.3, 129.8, 131.4]],
  ["大分県", [32.6, 33.9, 130.7, 132.3]],
  ["宮崎県", [31.2, 32.9, 130.6, 132]],
  ["鹿児島県", [26.9, 32.4, 128.2, 131.3]],
  ["沖縄県", [23.9, 28, 122.8, 131.5]],
];

// National Land Numerical Information, administrative areas (N03), 2021.
const MUNICIPALITIES: Readonly<Record<string, Box>> = {
  "412015": [33.13, 33.49, 130.13, 130.39],
  "252018": [34.86, 35.3, 135.8, 136.06],
};

/** The prefecture's name of a municipality code. */
export function prefectureOf(code: string): string | undefined {
  return PREFECTURES[Number(code.slice(0, 2)) - 1]?.[0];
}

/** Whether a position lies within the frame of a municipality, or else of its prefecture. */
export function isInArea(
  code: string,
  latitude: number,
  longitude: number,
): boolean {
  const box = MUNICIPALITIES[code] ??
    PREFECTURES[Number(code.slice(0, 2)) - 1]?.[1];
  if (box === undefined) return true;
  const [south, north, west, east] = box;
  return latitude >= south && latitude <= north && longitude >= west &&
    longitude <= east;
}

/** Whether the frame of this municipality was taken from its outline. */
export function isMeasured(code: string): boolean {
  return code in MUNICIPALITIES;
}
