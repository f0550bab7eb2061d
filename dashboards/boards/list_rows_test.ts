import type { Municipality } from "@hiraku/kernel";
import type {
  PublishedVersion,
  ReleasedRow,
  TableEntry,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { indexed } from "../released/source.ts";
import type { Shelf } from "../released/shelf.ts";
import { listOf } from "./board.ts";
import { listRows } from "./list_rows.ts";
import { valueName } from "./value_names.ts";

const SURVEY = "252018-sv-2026-lwc";
const column = (name: string, role: string) => ({
  name,
  role,
  title: { ja: name, en: name },
});
const entry = {
  id: "results",
  columns: [
    column("month", "period"),
    column("surveyId", "dimension"),
    column("question", "dimension"),
    column("responseRate", "measure"),
    column("mean", "measure"),
  ],
} as unknown as TableEntry;
const city = {
  code: "252018",
  name: { ja: "大津市", en: "Otsu" },
  miniApps: [],
  districts: [],
  shelters: [],
  names: { [`${SURVEY}.q2`]: { ja: "住み続けたい", en: "I want to stay" } },
} as unknown as Municipality;

Deno.test("rows as they are stand in the order of their codes, with questions by name and rates as shares", async () => {
  const rows = ["q1", "q10", "q2"].map((question, at) => ({
    month: "2026-10",
    surveyId: SURVEY,
    question,
    responseRate: 0.2949,
    mean: 3 + at,
    status: "published",
  })) as unknown as ReleasedRow[];
  const source = indexed({} as PublishedVersion, entry, rows);
  const shelf = { open: () => Promise.resolve(source) } as unknown as Shelf;
  const chart = listOf(
    "r",
    { ja: "表", en: "Rows" },
    "survey_results.results",
    [
      "question",
      "responseRate",
      "mean",
    ],
  );
  assert.ok(chart.kind === "list");

  const found = await listRows({ municipality: city, shelf }, chart, {
    at: {},
    month: undefined,
    from: undefined,
  });

  assert.deepEqual(found?.rows.map(({ name }) => name.ja), [
    "問1",
    "問2 住み続けたい",
    "問10",
  ]);
  assert.deepEqual(
    found?.rows.map(({ name }) => name.en)[1],
    "Q2 I want to stay",
  );
  assert.deepEqual(found?.columns.map(({ format }) => format), [
    "share",
    "plain",
  ]);
  assert.deepEqual(source.rows, rows);
});

Deno.test("words of a table are said in English where a register of the city has them in both languages, and stay as they are elsewhere", () => {
  const apps = {
    ...city,
    miniApps: [{
      id: "252018-ma-01",
      name: { ja: "図書館", en: "Library" },
      category: { ja: "地域", en: "Community" },
    }],
  } as unknown as Municipality;
  const source = indexed({} as PublishedVersion, {
    id: "mini_apps",
    columns: [column("name", "dimension")],
  } as unknown as TableEntry, []);
  const said = (value: string) => valueName(source, "name", value, apps).en;

  assert.deepEqual(["図書館", "地域", "住み続けたい", "公民館"].map(said), [
    "Library",
    "Community",
    "I want to stay",
    "公民館",
  ]);
});
