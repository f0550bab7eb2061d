import { Municipality, systemClock } from "@hiraku/kernel";
import { findLink, type Link, openControl } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { newPlatform, type Platform, type Process } from "./platform.ts";

const SETTINGS = {
  ngsi: { allowPrivateAddresses: true },
  schedules: { compareLinksEveryMs: 500 },
};
const OURS = cityOf("412015", "saga_412015");
const THEIRS = cityOf("252018", "otsu_252018");
const CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld";

type Entity = Record<string, unknown> & { id: string };

/** One installation with one city, as its partners see it. */
interface Side {
  readonly platform: Platform;
  readonly city: Municipality;
  readonly key: string;
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** All entities of a type by id, in simplified form and core names. */
  all(type: string): Promise<Map<string, Entity>>;
}

/** Everything that the processes said. */
interface Heard {
  text: string;
}

function cityOf(code: string, tenant: string): Municipality {
  return Municipality.parse({
    code,
    tenant,
    name: { ja: "市", en: "City" },
    prefecture: { ja: "県", en: "Prefecture" },
  });
}

async function sideOf(city: Municipality): Promise<Side> {
  const platform = await newPlatform([city], SETTINGS);
  const key = await platform.key({
    municipality: city.code,
    writesEntities: true,
  });
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${platform.origin}/ngsi-ld/v1/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        "NGSILD-Tenant": city.tenant,
        ...body === undefined
          ? { Link: `<${CORE}>; rel="http://www.w3.org/ns/json-ld#context"` }
          : { "Content-Type": "application/json" },
      },
      ...body === undefined ? {} : { body: JSON.stringify(body) },
    });
  return {
    platform,
    city,
    key,
    send,
    async all(type) {
      const path = `entities?type=${type}&options=keyValues&limit=1000`;
      const entities: Entity[] = await (await send("GET", path)).json();
      return new Map(entities.map((one) => [one.id, one]));
    },
  };
}

async function sent(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  const text = await response.text();
  assert.ok(response.ok, `${response.status} ${text}`);
}

/** Waits for a condition; a broker that is away does not fulfil it. */
async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
): Promise<void> {
  for (let i = 0; i < 240; i++) {
    try {
      if (await holds()) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`Never: ${what}`);
}

/** Runs the command line of an installation. */
async function hiraku(
  { configPath }: Platform,
  args: string[],
  stdin = "",
): Promise<{ code: number; value: Record<string, unknown> }> {
  const path = fileURLToPath(new URL("../app/hiraku.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", path, ...args],
    env: { HIRAKU_CONFIG: configPath },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { code, stdout } = await child.output();
  return { code, value: JSON.parse(new TextDecoder().decode(stdout)) };
}

async function linkOf({ places }: Platform, id: string): Promise<Link> {
  const control = await openControl(places.control);
  try {
    return await findLink(control, id);
  } finally {
    await control.destroy();
  }
}

/** Two installations with their brokers; all that is started ends with the body. */
async function withTwo(
  body: (two: {
    ours: Side;
    theirs: Side;
    heard: Heard;
    start(side: Side, name: "serve" | "work", killAt?: string): Process;
  }) => Promise<void>,
): Promise<void> {
  const ours = await sideOf(OURS);
  const theirs = await sideOf(THEIRS);
  const heard: Heard = { text: "" };
  const decoder = new TextDecoder();
  const started: Process[] = [];
  const start = (side: Side, name: "serve" | "work", killAt?: string) => {
    const process = side.platform.start(
      name,
      killAt,
      (bytes) => void (heard.text += decoder.decode(bytes)),
    );
    started.push(process);
    return process;
  };
  try {
    await body({ ours, theirs, heard, start });
  } catch (error) {
    console.error(heard.text.slice(-4000));
    throw error;
  } finally {
    for (const process of started) await process.kill("SIGKILL");
    for (const { platform } of [ours, theirs]) {
      await Deno.remove(platform.places.root, { recursive: true });
    }
  }
}

const shelter = (n: number, capacity: number) => ({
  id: `urn:ngsi-ld:EvacuationShelter:${n}`,
  type: "EvacuationShelter",
  maxCapacity: capacity,
  openingStatus: { value: "closed", observedAt: "2026-11-01T00:00:00Z" },
});
const idOf = (n: number) => shelter(n, 0).id;

Deno.test("a push link keeps an outside broker current through crashes, outages and replays", () =>
  withTwo(async ({ ours, theirs, heard, start }) => {
    start(ours, "serve");
    let outside = start(theirs, "serve");
    await ours.platform.listening();
    await theirs.platform.listening();
    await sent(ours.send("POST", "entities", shelter(1, 10)));
    await sent(ours.send("POST", "entities", {
      id: "urn:ngsi-ld:MiniApp:1",
      type: "MiniApp",
    }));
    const added = await hiraku(ours.platform, [
      "links",
      "add",
      "--json",
      "--municipality=412015",
      "--direction=push",
      `--address=${theirs.platform.origin}`,
      `--tenant=${THEIRS.tenant}`,
      "--types=EvacuationShelter",
      "--map-types=EvacuationShelter=Shelter",
      "--map-attributes=maxCapacity=capacity",
      "--header=Authorization",
    ], `Bearer ${theirs.key}\n`);
    assert.equal(added.code, 0, JSON.stringify(added.value));
    const id = String(added.value["id"]);
    const capacities = async () =>
      new Map(
        [...await theirs.all("Shelter")].map(([id, one]) => [id, one.capacity]),
      );
    const outsideHas = (expected: Record<number, number>) =>
      until(`outside has ${JSON.stringify(expected)}`, async () => {
        const found = Object.fromEntries(await capacities());
        const wanted = Object.fromEntries(
          Object.entries(expected).map(([n, one]) => [idOf(Number(n)), one]),
        );
        return JSON.stringify(Object.entries(found).sort()) ===
          JSON.stringify(Object.entries(wanted).sort());
      });

    // What was there before, and what comes, changes and goes.
    let work = start(ours, "work");
    await outsideHas({ 1: 10 });
    await sent(ours.send("POST", "entities", shelter(2, 20)));
    await outsideHas({ 1: 10, 2: 20 });
    await sent(
      ours.send("PATCH", `entities/${idOf(1)}/attrs`, { maxCapacity: 11 }),
    );
    await sent(ours.send("DELETE", `entities/${idOf(2)}`));
    await outsideHas({ 1: 11 });

    // Nobody at work, then deaths at every boundary.
    await work.kill("SIGKILL");
    await sent(ours.send("POST", "entities", shelter(3, 30)));
    await sent(ours.send("DELETE", `entities/${idOf(1)}`));
    for (const place of ["link.heard", "link.sent", "link.settled"]) {
      const { ended } = start(ours, "work", `${place}:1`);
      // Something for every life to do.
      await sent(ours.send("POST", "entities", shelter(place.length, 1)));
      assert.equal((await ended).signal, "SIGKILL", place);
    }
    work = start(ours, "work");
    await outsideHas({ 3: 30, 10: 1, 9: 1, 12: 1 });

    // The outside is away for a while.
    await outside.kill("SIGKILL");
    await sent(ours.send("POST", "entities", shelter(4, 40)));
    await sent(ours.send("DELETE", `entities/${idOf(3)}`));
    await until("the failure is seen", async () => {
      const { status } = await linkOf(ours.platform, id);
      return status.lastFailure === "unreachable" && status.waiting === 2;
    });
    outside = start(theirs, "serve");
    await outsideHas({ 4: 40, 10: 1, 9: 1, 12: 1 });

    // What somebody deleted outside comes back when everything is sent again.
    await sent(theirs.send("DELETE", `entities/${idOf(4)}`));
    await hiraku(ours.platform, ["links", "replay", id]).catch(() => {});
    await outsideHas({ 4: 40, 10: 1, 9: 1, 12: 1 });
    await until("current", async () => {
      const { status } = await linkOf(ours.platform, id);
      return status.synced && status.waiting === 0;
    });

    const [one] = (await theirs.all("Shelter")).values();
    assert.equal(one?.["urn:hiraku:ns:openingStatus"], "closed");
    assert.equal(one?.["urn:hiraku:ns:maxCapacity"], undefined);
    assert.equal((await theirs.all("urn:hiraku:ns:MiniApp")).size, 0);
    const shown = await hiraku(ours.platform, ["links", "show", id, "--json"]);
    assert.equal(shown.value["state"], "current");
    assert.ok(!JSON.stringify(shown.value).includes(theirs.key));
    assert.ok(!heard.text.includes(theirs.key));
    const file = await Deno.stat(ours.platform.places.linkKey("412015", id));
    assert.equal((file.mode ?? 0) & 0o777, 0o600);

    await hiraku(ours.platform, ["links", "remove", id, "--json"]);
    await until(
      "gone",
      () => linkOf(ours.platform, id).then(() => false, () => true),
    );
    await assert.rejects(
      Deno.stat(ours.platform.places.linkKey("412015", id)),
      Deno.errors.NotFound,
    );
    assert.equal((await theirs.all("Shelter")).size, 4);
  }));
