import { Municipality } from "@hiraku/kernel";
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
  for (let i = 0; i < 1200; i++) {
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
  } catch (cause) {
    throw new Error(`Processes said: ${heard.text.slice(-4000)}`, { cause });
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
    const { ended } = start(ours, "work", "link.all-out:1");
    assert.equal((await ended).signal, "SIGKILL");
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
    const replayed = await hiraku(
      ours.platform,
      ["links", "replay", id, "--json"],
    );
    assert.deepEqual(replayed, { code: 0, value: { replaying: id } });
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

Deno.test("a follow link takes over what an outside broker tells and nothing else", () =>
  withTwo(async ({ ours, theirs, heard, start }) => {
    let serve = start(ours, "serve");
    start(theirs, "serve");
    await ours.platform.listening();
    await theirs.platform.listening();
    const place = (n: number, capacity: number) => ({
      id: idOf(n),
      type: "Shelter",
      capacity,
      name: { value: "富士見", remark: "east" },
    });
    await sent(theirs.send("POST", "entities", place(1, 10)));
    await sent(ours.send("POST", "entities", {
      id: idOf(7),
      type: "MiniApp",
    }));
    const added = await hiraku(ours.platform, [
      "links",
      "add",
      "--json",
      "--municipality=412015",
      "--direction=follow",
      `--address=${theirs.platform.origin}/`,
      `--tenant=${THEIRS.tenant}`,
      "--types=EvacuationShelter",
      "--map-types=EvacuationShelter=Shelter",
      "--map-attributes=maxCapacity=capacity",
      "--header=X-Api-Key",
    ], theirs.key);
    assert.equal(added.code, 0, JSON.stringify(added.value));
    const id = String(added.value["id"]);
    const weHave = (expected: Record<number, number | null>) =>
      until(`we have ${JSON.stringify(expected)}`, async () => {
        const found = [...await ours.all("urn:hiraku:ns:EvacuationShelter")]
          .map(([id, one]) => [id, one["urn:hiraku:ns:maxCapacity"] ?? null]);
        const wanted = Object.entries(expected)
          .map(([n, one]) => [idOf(Number(n)), one]);
        return JSON.stringify(found.sort()) === JSON.stringify(wanted.sort());
      });
    const subscriptions = async (): Promise<{ id: string }[]> =>
      await (await theirs.send("GET", "subscriptions")).json();

    // What was there before, and what comes, changes and goes.
    let work = start(ours, "work");
    await weHave({ 1: 10 });
    await sent(theirs.send("POST", "entities", place(2, 20)));
    await sent(
      theirs.send("PATCH", `entities/${idOf(1)}/attrs`, { capacity: 11 }),
    );
    await weHave({ 1: 11, 2: 20 });
    await sent(theirs.send("DELETE", `entities/${idOf(2)}/attrs/capacity`));
    await sent(theirs.send("DELETE", `entities/${idOf(1)}`));
    await weHave({ 2: null });

    // The outside tells serve itself, whether work lives or not.
    await work.kill("SIGKILL");
    await sent(theirs.send("POST", "entities", place(3, 30)));
    await weHave({ 2: null, 3: 30 });
    await serve.kill("SIGKILL");
    await sent(theirs.send("POST", "entities", place(4, 40)));
    await sent(theirs.send("DELETE", `entities/${idOf(3)}`));
    serve = start(ours, "serve");
    await ours.platform.listening();
    work = start(ours, "work");
    await weHave({ 2: null, 4: 40 });

    // A subscription that somebody deletes is made again.
    const [first] = await subscriptions();
    await sent(theirs.send("DELETE", `subscriptions/${first?.id}`));
    await sent(theirs.send("DELETE", `entities/${idOf(4)}`));
    await weHave({ 2: null });
    await until("subscribed", async () => (await subscriptions()).length === 1);

    // What is not its to write, and who is not it.
    await sent(theirs.send("POST", "entities", place(7, 70)));
    await until("counted", async () => {
      const { value } = await hiraku(
        ours.platform,
        ["links", "show", id, "--json"],
      );
      return Number((value["refused"] as Record<string, number>).other_entity) >
        0;
    });
    assert.equal((await ours.all("urn:hiraku:ns:MiniApp")).size, 1);
    const forged = await fetch(
      `${ours.platform.origin}/api/v1/links/${id}/notifications`,
      {
        method: "POST",
        headers: { "Hiraku-Link-Token": "guessed" },
        body: JSON.stringify({ data: [place(9, 90)] }),
      },
    );
    assert.equal(forged.status, 401);
    await forged.body?.cancel();

    // Paused, nothing comes; resumed, everything does.
    await hiraku(ours.platform, ["links", "pause", id, "--json"]);
    await until("withdrawn", async () => (await subscriptions()).length === 0);
    await sent(theirs.send("POST", "entities", place(5, 50)));
    await weHave({ 2: null });
    await hiraku(ours.platform, ["links", "resume", id, "--json"]);
    await weHave({ 2: null, 5: 50 });

    const listed = await hiraku(ours.platform, ["links", "list", "--json"]);
    assert.ok(!JSON.stringify(listed.value).includes(theirs.key));
    assert.doesNotMatch(JSON.stringify(listed.value), /token/i);
    assert.ok(!heard.text.includes(theirs.key));
    await hiraku(ours.platform, ["links", "remove", id, "--json"]);
    await until(
      "gone",
      () => linkOf(ours.platform, id).then(() => false, () => true),
    );
    assert.deepEqual(await subscriptions(), []);
    await weHave({ 2: null, 5: 50 });
  }));
