import assert from "node:assert/strict";
import { sampleCity } from "../_sample.ts";
import type { TableEntry } from "../manifest.ts";
import type { ReleasedRow } from "../released_row.ts";
import { MapSection } from "./map_section.tsx";

const title = (ja: string, en: string) => ({ ja, en });
const table = (columns: TableEntry["columns"]): TableEntry => ({
  id: "t",
  title: title("表", "Table"),
  description: title("表", "Table"),
  columns,
  rows: 0,
  withheld: 0,
  rule: "none",
  thresholds: [],
});
const page = (
  entry: TableEntry,
  rows: readonly ReleasedRow[],
  language: "ja" | "en" = "ja",
) =>
  String(
    MapSection({ language, table: entry, rows, municipality: sampleCity() }) ??
      "",
  );

Deno.test("MapSection() puts each place of a register on the map, north up", () => {
  const places = table(
    ["名称", "緯度", "経度"].map((name) => ({
      name,
      role: "dimension" as const,
      title: title(name, name),
    })),
  );
  const row = (name: string, latitude: string, longitude: string) => ({
    名称: name,
    緯度: latitude,
    経度: longitude,
    status: "published" as const,
  });

  const drawn = page(places, [
    row("北の館", "33.30", "130.30"),
    row("南の館", "33.20", "130.30"),
    row("<b>どこか</b>", "", ""),
  ]);

  const spots = [...drawn.matchAll(/cy="([\d.]+)"[^>]*><title>([^<]+)</g)]
    .map(([, y, name]) => [name, Number(y)]);
  assert.deepEqual(spots.map(([name]) => name), ["北の館", "南の館"]);
  assert.ok(Number(spots[0]?.[1]) < Number(spots[1]?.[1]));
  assert.match(drawn, /位置のない行が1行/);
  assert.doesNotMatch(drawn, /<b>どこか|NaN/);
});

Deno.test("MapSection() sizes districts by the newest figure and draws none for what is withheld", () => {
  const [near, far] = sampleCity().districts;
  const use = table([
    { name: "month", role: "period", title: title("年月", "Month") },
    {
      name: "districtCode",
      role: "dimension",
      title: title("校区", "District"),
      codes: "district",
    },
    { name: "users", role: "measure", title: title("利用者数", "Users") },
  ]);
  const row = (
    month: string,
    districtCode: string | undefined,
    users: number | null,
  ): ReleasedRow => ({
    month,
    districtCode: districtCode ?? "",
    users,
    status: users === null ? "withheld" : "published",
  });

  const drawn = page(use, [
    row("2026-09", near?.code, 99_999),
    row("2026-10", near?.code, 400),
    row("2026-10", far?.code, null),
  ], "en");

  assert.match(drawn, /class="spot withheld"[^>]*r="8\.0"/);
  assert.match(drawn, />400</);
  assert.doesNotMatch(drawn, /99,999|NaN/);
  assert.equal(page(use, []), "");
});
