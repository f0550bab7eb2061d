import {
  boardNamed,
  BoardPage,
  openBoard,
  openShelf,
} from "@hiraku/dashboards";
import { fixedClock, layout, silentLog, ulid } from "@hiraku/kernel";
import {
  addresses,
  datasetNode,
  DATASETS,
  latestVersion,
  publish,
} from "@hiraku/opendata";
import * as pipelines from "@hiraku/pipelines";
import { admit, pseudonymiser } from "@hiraku/pipelines/events";
import { sampleCity } from "../sample_city.ts";

/**
 * Sends a newcomer's events down the whole line, in the copy of the project in
 * which they were added, and says as JSON what came out at its end.
 */
const folder = Deno.args[0] ?? "";
const places = layout(folder);
const clock = fixedClock("2026-11-09T00:00:00Z");
const { code } = sampleCity;
const [busy, quiet] = sampleCity.miniApps;

/** An event as an app sends it: reader `n` borrows a book. */
function lent(n: number, miniApp: string | undefined): unknown {
  return {
    eventId: ulid(clock.now().getTime() + n),
    type: "library.lent",
    occurredAt: "2026-10-20T10:00:00+09:00",
    source: { miniApp },
    subject: { pid: `reader-${n}`, tier: "jpki", consent: ["rcpt-1"] },
    data: { branch: "honkan", title: "銀河鉄道の夜" },
  };
}

const discarded: string[] = [];
const admissions = [
  ...Array.from({ length: 24 }, (_, n) => lent(n, busy?.id)),
  ...Array.from({ length: 3 }, (_, n) => lent(100 + n, quiet?.id)),
].map((event) =>
  admit(event, {
    municipality: code,
    keyId: "key-1",
    eventTypes: ["library.*"],
    pseudonymiser: pseudonymiser(1, "ab".repeat(32)),
    receivedAt: clock.now(),
    discarded: (_, key) => discarded.push(key),
  })
);
await Deno.mkdir(places.landing(code), { recursive: true });
await Deno.writeTextFile(
  `${places.landing(code)}/01.ndjson`,
  admissions.map((one) => "text" in one ? one.text : "").join(""),
);

const warehouse = await pipelines.openWarehouse(places.warehouse(code));
const landing = await pipelines.land(warehouse, {
  dir: places.landing(code),
  clock,
  log: silentLog,
  run: "proof",
});
const [added] = Object.values(pipelines).filter((one) =>
  typeof one === "object" && "id" in one && one.id === "library_loans"
) as pipelines.Pipeline[];
await added?.run({
  entries: () => Promise.resolve([]),
  members: [],
  released: () => Promise.resolve(undefined),
  warehouse,
  municipality: sampleCity,
  now: clock.now(),
}, {
  previous: () => Promise.resolve(undefined),
  publish: async (released) => {
    const { version } = await publish(released, { layout: places, clock });
    return version.version;
  },
});
await warehouse.destroy();

const version = await latestVersion(
  places.releasedRoot(code),
  "library_loans",
  clock,
);
const read = (name: string) => Deno.readTextFile(`${version?.dir}/${name}`);
const board = boardNamed("use");
const asked = { month: undefined, from: undefined, at: {} };
const opened = board && await openBoard(
  { municipality: sampleCity, shelf: openShelf(places, clock) },
  board,
  asked,
);
await Deno.writeTextFile(
  `${folder}/proof.json`,
  JSON.stringify({
    admitted: admissions.map(({ kind }) => kind),
    discarded: [...new Set(discarded)],
    landed: landing.rows.landed,
    listed: DATASETS.map(({ id }) => id),
    csv: version && await read(`${code}_library_loans.csv`),
    json: version && JSON.parse(await read(`${code}_library_loans.json`)),
    dcat: version &&
      datasetNode(
        { manifest: version.manifest, issued: "2026-01-01" },
        "https://city.example",
      ),
    address: addresses("https://city.example", code, "library_loans").landing,
    page: opened && String(
      BoardPage({
        ...opened,
        language: "en",
        municipality: sampleCity,
        asked,
      }),
    ),
  }),
);
