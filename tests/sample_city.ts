import { Municipality } from "@hiraku/kernel";

/** A small made-up city for tests of the whole platform. */
export const sampleCity: Municipality = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu City" },
  prefecture: { ja: "滋賀県", en: "Shiga Prefecture" },
  population: { asOf: "2025-12-31", value: 343_316 },
  districts: [
    {
      code: "252018-sd-01",
      name: { ja: "北", en: "North" },
      inhabitants: 200_000,
      position: [135.91, 35.1],
    },
    {
      code: "252018-sd-02",
      name: { ja: "南", en: "South" },
      inhabitants: 143_316,
      position: [135.9, 34.97],
    },
  ],
  miniApps: [
    {
      id: "252018-ma-01",
      name: { ja: "防災", en: "Disaster" },
      category: { ja: "生活", en: "Living" },
      since: "2025-10-14",
    },
    {
      id: "252018-ma-02",
      name: { ja: "お知らせ", en: "News" },
      category: { ja: "共通", en: "Common" },
      since: "2025-10-14",
    },
  ],
  shelters: [
    {
      id: "E2520100028111",
      name: { ja: "富士見市民センター", en: "Fujimi Civic Center" },
      district: "252018-sd-02",
      position: [135.886, 34.98],
      capacity: 20,
    },
  ],
});
