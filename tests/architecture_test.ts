import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Which doors each room may import; a door is a workspace name. */
const ARROWS: Record<string, readonly string[]> = {
  kernel: [],
  ngsi: ["kernel", "kernel/store"],
  opendata: ["kernel", "kernel/store", "kernel/control", "ngsi"],
  "pipelines/events": ["kernel"],
  pipelines: [
    "kernel",
    "kernel/store",
    "kernel/control",
    "ngsi",
    "opendata",
    "pipelines/events",
  ],
  dashboards: [
    "kernel",
    "kernel/clock",
    "kernel/store",
    "kernel/control",
    "opendata",
  ],
  api: [
    "kernel",
    "kernel/store",
    "kernel/control",
    "pipelines/events",
    "ngsi",
    "opendata",
    "dashboards",
  ],
  app: [
    "kernel",
    "kernel/store",
    "kernel/control",
    "ngsi",
    "opendata",
    "pipelines",
    "pipelines/events",
    "dashboards",
    "dashboards/evaluation",
    "api",
    "api/identity",
  ],
  "api/identity": ["kernel", "kernel/control"],
};
const ROOMS = [
  "kernel",
  "ngsi",
  "opendata",
  "pipelines",
  "dashboards",
  "api",
  "app",
];

/** Folders of a room with a door of their own. */
const INNER_DOORS = ["pipelines/events", "api/identity"];

interface Source {
  /** Path from the root of the project. */
  path: string;
  text: string;
  imports: string[];
}

async function sources(folders: readonly string[]): Promise<Source[]> {
  const found: Source[] = [];
  const walk = async (folder: string): Promise<void> => {
    for await (const entry of Deno.readDir(`${root}/${folder}`)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) await walk(path);
      else if (/\.tsx?$/.test(entry.name)) {
        const text = await Deno.readTextFile(`${root}/${path}`);
        found.push({ path, text, imports: importsOf(text) });
      }
    }
  };
  for (const folder of folders) await walk(folder);
  return found;
}

/** Static, re-exporting and dynamic imports alike. */
function importsOf(text: string): string[] {
  const shapes = [
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s*"([^"]+)"/g,
    /(?:^|\n)\s*import\s*"([^"]+)"/g,
    /\bimport\(\s*"([^"]+)"/g,
  ];
  return shapes.flatMap((shape) =>
    [...text.matchAll(shape)].map((match) => match[1] ?? "")
  );
}

function roomOf(path: string): string {
  return INNER_DOORS.find((inner) => path.startsWith(`${inner}/`)) ??
    path.split("/")[0] ?? "";
}

function isTest(path: string): boolean {
  return /_(test|bench)\.tsx?$/.test(path) || /\/_[^/]*$/.test(path);
}

function resolve(from: string, relative: string): string {
  return new URL(relative, `file:///${from}`).pathname.slice(1);
}

Deno.test("every import follows the arrows and none escapes its room", async () => {
  const wrong: string[] = [];
  for (const { path, imports } of await sources(ROOMS)) {
    const room = roomOf(path);
    const allowed = ARROWS[room] ?? [];
    for (const name of imports) {
      if (name.startsWith("@hiraku/")) {
        const door = name.slice("@hiraku/".length);
        const own = path.startsWith(`${door.split("/")[0]}/`);
        // A test may use what its room may, and the doors of its own room.
        if (!allowed.includes(door) && !(own && isTest(path))) {
          wrong.push(`${path} → ${name}`);
        }
      } else if (name.startsWith(".")) {
        const target = roomOf(resolve(path, name));
        const within = target === room ||
          INNER_DOORS.includes(target) && target.startsWith(`${room}/`);
        if (!within) wrong.push(`${path} → ${name}`);
      }
    }
  }

  assert.deepEqual(wrong, []);
});

Deno.test("no files import each other round a circle", async () => {
  const imported = new Map(
    (await sources([...ROOMS, "tests"])).map(({ path, imports }) => [
      path,
      imports.filter((name) => name.startsWith("."))
        .map((name) => resolve(path, name)),
    ]),
  );
  // A file is free of circles once all that it imports is.
  const free = new Set<string>();
  let before = -1;
  while (free.size > before) {
    before = free.size;
    for (const [path, others] of imported) {
      if (others.every((one) => free.has(one) || !imported.has(one))) {
        free.add(path);
      }
    }
  }

  const bound = [...imported.keys()].filter((path) => !free.has(path));
  assert.ok(free.size > 1_000);
  assert.deepEqual(bound, []);
});

Deno.test("only pipelines opens a warehouse and only ngsi a broker store", async () => {
  const all = (await sources(ROOMS)).filter(({ path }) => !isTest(path));
  const users = (pattern: RegExp) =>
    new Set(
      all.filter(({ text }) => pattern.test(text)).map(({ path }) =>
        roomOf(path)
      ),
    );

  assert.deepEqual(
    users(/\bopenDuckdb\b/),
    new Set(["kernel", "ngsi", "opendata", "pipelines"]),
  );
  // A broker's history is the one other DuckDB file.
  const histories = all.filter(({ path, text }) =>
    roomOf(path) === "ngsi" && /\bopenDuckdb\b/.test(text)
  ).map(({ path }) => path);
  assert.deepEqual(histories, ["ngsi/temporal/history.ts"]);
  // opendata writes files with an engine in memory; it has no store of its own.
  const inMemory = all.filter(({ path, text }) =>
    roomOf(path) === "opendata" && text.includes("openDuckdb<") &&
    !text.includes('(":memory:"')
  );
  assert.deepEqual(inMemory, []);
  assert.deepEqual(users(/\bopenSqlite\b/), new Set(["kernel", "ngsi"]));
  assert.deepEqual(users(/layout[^\n]*\.warehouse\(/), new Set(["pipelines"]));
  assert.deepEqual(users(/layout[^\n]*\.broker\(/), new Set(["ngsi"]));
});

Deno.test("time and the environment are read in one place each", async () => {
  const all = await sources(ROOMS);
  const places = (pattern: RegExp) =>
    all.filter(({ path, text }) => !isTest(path) && pattern.test(text))
      .map(({ path }) => path);

  assert.deepEqual(places(/\bDate\.now\(/), ["kernel/clock.ts"]);
  assert.deepEqual(places(/\bnew Date\(\)/), []);
  assert.deepEqual(places(/\bDeno\.env\b/), ["kernel/config.ts"]);
});

Deno.test("files are short, named for one idea and export by name", async () => {
  const all = await sources([...ROOMS, "tests"]);
  const banned =
    /(^|[/_])(utils?|helpers?|common|misc|base|manager|service|handler|index|types)\.tsx?$/;

  for (const { path, text } of all) {
    const lines = text.split("\n").length - 1;
    assert.ok(lines <= 400, `${path} has ${lines} lines`);
    assert.doesNotMatch(path, banned);
    assert.match(path.split("/").at(-1) ?? "", /^[_a-z0-9]+\.tsx?$/);
    assert.doesNotMatch(text, /^export \* from/m, path);
    assert.doesNotMatch(text, /^export default /m, path);
  }
});

Deno.test("the project speaks of itself alone and names no machine's path", async () => {
  const pages: string[] = ["README.md", "ARCHITECTURE.md"];
  for await (const { name } of Deno.readDir(`${root}/docs/decisions`)) {
    pages.push(`docs/decisions/${name}`);
  }
  const texts = [
    ...(await sources([...ROOMS, "tests"])),
    ...await Promise.all(pages.map(async (path) => ({
      path,
      text: await Deno.readTextFile(`${root}/${path}`),
    }))),
  ].filter(({ path }) => path !== "tests/architecture_test.ts");

  for (const { path, text } of texts) {
    assert.doesNotMatch(text, /\/work\/|\/root\/|\bissue #?\d/i, path);
  }
});
