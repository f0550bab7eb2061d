import { Municipality } from "@hiraku/kernel";

const named = (ja: string, en: string) => ({ ja, en });

/** A small register for tests; the shelters' ids have the national shape. */
export const SAGA = Municipality.parse({
  code: "412015",
  tenant: "saga_412015",
  name: named("佐賀市", "Saga"),
  prefecture: named("佐賀県", "Saga Prefecture"),
  districts: [1, 2, 3].map((n) => ({
    code: `412015-sd-0${n}`,
    name: named(`校区${n}`, `District ${n}`),
    inhabitants: 8000,
  })),
  miniApps: [1, 2, 3].map((n) => ({
    id: `412015-ma-0${n}`,
    name: named(`アプリ${n}`, `App ${n}`),
    category: named("くらし", "Living"),
    since: "2026-08-01",
  })),
  shelters: [1, 2].map((n) => ({
    id: `E412010000${n}111`,
    name: named(`避難所${n}`, `Shelter ${n}`),
    district: "412015-sd-01",
    position: [130.3, 33.2],
    capacity: 100,
  })),
});
