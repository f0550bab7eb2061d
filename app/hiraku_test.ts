import { openControl } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("hiraku.ts", import.meta.url));
const PASSWORD = "correct horse battery";
const COMMANDS = [
  "accounts create LOGIN",
  "accounts disable LOGIN",
  "accounts list",
  "keys create",
  "keys revoke ID",
  "keys list",
  "run PIPELINE",
  "import FILE",
  "links add",
  "links list",
  "links show ID",
  "links pause ID",
  "links resume ID",
  "links replay ID",
  "links remove ID",
  "harvest add ID",
  "harvest list",
  "harvest run ID",
  "harvest remove ID",
  "check FILE",
  "status",
];

interface Answer {
  readonly code: number;
  readonly said: string;
}

/** An installation of one city, and its command line. */
interface Installation {
  readonly dataDir: string;
  hiraku(args: readonly string[], input?: string): Promise<Answer>;
}

async function installed(
  use: (installation: Installation) => Promise<void>,
): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "hiraku-cli-" });
  const config = `${dataDir}/hiraku.json`;
  await Deno.writeTextFile(
    config,
    JSON.stringify({
      dataDir,
      municipalities: [{
        code: "412015",
        tenant: "saga_412015",
        name: { ja: "佐賀市", en: "Saga City" },
        prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
      }],
    }),
  );
  try {
    await use({
      dataDir,
      hiraku: (args, input = "") => hiraku(args, input, config),
    });
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

async function hiraku(
  args: readonly string[],
  input: string,
  config: string,
): Promise<Answer> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", PROGRAM, ...args],
    env: {
      HIRAKU_CONFIG: config,
      NO_COLOR: "1",
      NODE_OPTIONS: "--no-warnings",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  // A program that wants no input may be gone before it is written.
  await writer.write(new TextEncoder().encode(input)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
}

const ACCOUNT = ["accounts", "create", "ann", "--roles", "412015:analyst"];
const LINK = [
  "links",
  "add",
  "--json",
  "--municipality=412015",
  "--direction=push",
  "--types=BusStop",
  "--map-attributes=a=b",
];
const KEY = ["keys", "create", "--municipality", "412015", "--label", "app"];

Deno.test("hiraku --help leads to every command, and each has a --help of its own", () =>
  installed(async ({ hiraku, dataDir }) => {
    const { code, said } = await hiraku(["--help"]);

    assert.equal(code, 0);
    for (const command of COMMANDS) assert.ok(said.includes(command), command);
    assert.match(said, /Exit codes: 0 .* 1 .*\n?2 /s);
    assert.equal((await hiraku([])).said, said);
    const own = await hiraku(["keys", "create", "--help"]);
    assert.equal(own.code, 0);
    assert.match(own.said, /--municipality CODE[^]*--json/);
    // Asking for help opens no store.
    await assert.rejects(Deno.stat(`${dataDir}/control.sqlite`));
  }));

Deno.test("hiraku accounts makes, lists and disables without ever telling a password", () =>
  installed(async ({ hiraku, dataDir }) => {
    const made = await hiraku(ACCOUNT, `${PASSWORD}\n`);
    const list = await hiraku(["accounts", "list", "--json"]);
    const disabled = await hiraku(["accounts", "disable", "ann"]);
    const after = await hiraku(["accounts", "list"]);

    assert.deepEqual([made.code, list.code, disabled.code, after.code], [
      0,
      0,
      0,
      0,
    ]);
    const [account, ...others] = JSON.parse(list.said);
    assert.deepEqual(others, []);
    assert.equal(account.login, "ann");
    assert.equal(account.disabledAt, null);
    assert.deepEqual(account.roles, [
      { municipality: "412015", role: "analyst" },
    ]);
    assert.match(after.said, /ann +412015:analyst +disabled/);
    for (const { said } of [made, list, disabled, after]) {
      assert.doesNotMatch(said, /scrypt|battery/);
    }
    await onDisk(dataDir, (text) => assert.ok(!text.includes(PASSWORD)));
  }));

Deno.test("hiraku keys shows a key once and keeps only its hash", () =>
  installed(async ({ hiraku, dataDir }) => {
    const grant = ["--events", "miniapp.*", "--roles", "partner"];
    const made = await hiraku([...KEY, ...grant, "--json"]);
    const { id, key } = JSON.parse(made.said);
    const secret = String(key).slice(`hk_${id}_`.length);
    const list = await hiraku(["keys", "list"]);
    const revoked = await hiraku(["keys", "revoke", id]);
    const again = await hiraku(["keys", "revoke", id]);
    const after = await hiraku(["keys", "list", "--json"]);

    assert.equal(secret.length, 43);
    assert.match(list.said, new RegExp(`${id} +412015 +app +miniapp\\.\\*`));
    assert.match(list.said, /in use/);
    assert.deepEqual([revoked.code, again.code], [0, 1]);
    const [listed] = JSON.parse(after.said);
    assert.notEqual(listed.revokedAt, null);
    assert.deepEqual(listed.roles, ["partner"]);
    assert.equal(listed.writesEntities, false);
    for (const { said } of [list, revoked, again, after]) {
      assert.ok(!said.includes(secret));
    }
    await onDisk(dataDir, (text) => assert.ok(!text.includes(secret)));
    const control = await openControl(`${dataDir}/control.sqlite`);
    const { secret_hash } = await control.selectFrom("api_key")
      .select("secret_hash").executeTakeFirstOrThrow();
    assert.match(secret_hash, /^[0-9a-f]{64}$/);
    const done = await control.selectFrom("audit").select("action").execute();
    assert.deepEqual(done.map(({ action }) => action), [
      "key.create",
      "key.revoke",
    ]);
    await control.destroy();
  }));

Deno.test("hiraku keys create --entity-types makes a key for these types alone, and keys list says so", () =>
  installed(async ({ hiraku }) => {
    const made = await hiraku([
      ...KEY,
      ...["--entity-types", "BusStop,urn:city:*", "--json"],
    ]);
    const list = await hiraku(["keys", "list"]);
    const json = await hiraku(["keys", "list", "--json"]);
    const refused = await hiraku([...KEY, "--entity-types", "Bus*"]);

    assert.equal(made.code, 0);
    assert.match(list.said, /BusStop,urn:city:\*/);
    const [listed, ...others] = JSON.parse(json.said);
    assert.deepEqual(listed.entityTypes, ["BusStop", "urn:city:*"]);
    assert.equal(listed.writesEntities, true);
    assert.deepEqual(others, []);
    assert.equal(refused.code, 2);
    assert.match(refused.said, /--entity-types: 'Bus\*' is no name of a type/);
  }));

Deno.test("hiraku links makes, pauses and removes a link and never tells its credential", () =>
  installed(async ({ hiraku, dataDir }) => {
    const secret = "Bearer s3cr3t-of-the-prefecture";
    const made = await hiraku(
      [...LINK, "--address=https://broker.example/", "--header=X-Key"],
      `${secret}\n`,
    );
    const { id } = JSON.parse(made.said);
    const path = `${dataDir}/412015/links/${id}.key`;
    const link = async () =>
      JSON.parse((await hiraku(["links", "show", id, "--json"])).said);
    const fresh = await link();
    await hiraku(["links", "pause", id]);
    const paused = await link();
    const list = await hiraku(["links", "list"]);
    await hiraku(["links", "resume", id]);
    await hiraku(["links", "replay", id]);
    const replaying = await link();
    const removed = await hiraku(["links", "remove", id, "--force"]);

    assert.equal(fresh.address, "https://broker.example");
    assert.deepEqual(fresh.mapping, { types: {}, attributes: { a: "b" } });
    assert.deepEqual(
      [fresh.state, paused.state, replaying.state],
      ["synchronising", "paused", "synchronising"],
    );
    assert.ok(replaying.replayAt > fresh.replayAt);
    assert.match(list.said, new RegExp(`${id}.*412015.*push.*BusStop.*paused`));
    assert.equal(removed.code, 0);
    assert.equal((await hiraku(["links", "show", id])).code, 1);
    await assert.rejects(Deno.stat(path));
    const told = JSON.stringify([made, fresh, paused, list, removed]);
    assert.doesNotMatch(told, /s3cr3t|tokenHash/);
    await onDisk(dataDir, (text) => assert.doesNotMatch(text, /s3cr3t/));
  }));

Deno.test("hiraku links add refuses what may not or cannot be linked, and keeps nothing of it", () =>
  installed(async ({ hiraku, dataDir }) => {
    const address = "--address=https://broker.example";
    const faults: [readonly string[], number, RegExp][] = [
      [[...LINK], 2, /--address is missing/],
      [[...LINK, "--address=ftp://broker.example"], 1, /Not an http address/],
      [[...LINK, "--address=http://10.0.0.1"], 1, /not a public one/],
      [
        [...LINK, "--address=https://user:pw@broker.example"],
        2,
        /holds no credential/,
      ],
      [[...LINK, address, "--types=ShelterOccupancy"], 1, /running services/],
      [[...LINK, address, "--types=Person"], 1, /never persons/],
      [[...LINK, address, "--direction=both"], 2, /push or follow/],
      [[...LINK, address, "--map-types=a"], 2, /ours=theirs/],
      [[...LINK, address, "--header=a b"], 2, /not a header/],
    ];

    for (const [args, code, expected] of faults) {
      const answer = await hiraku(args, "s3cr3t");
      assert.equal(answer.code, code, answer.said);
      assert.match(answer.said, expected);
      assert.doesNotMatch(answer.said, /s3cr3t|\bat file:/);
    }
    await hiraku([...LINK, address]);
    const opposite = await hiraku([...LINK, address, "--direction=follow"]);

    assert.equal(opposite.code, 1);
    assert.match(opposite.said, /the other way/);
    const list = JSON.parse((await hiraku(["links", "list", "--json"])).said);
    assert.equal(list.length, 1);
    await assert.rejects(Deno.stat(`${dataDir}/412015/links`));
  }));

Deno.test("hiraku answers 2 to what it does not understand and changes nothing", () =>
  installed(async ({ hiraku }) => {
    const faults: [readonly string[], RegExp][] = [
      [["frobnicate"], /Usage: deno task hiraku COMMAND/],
      [["keys"], /Usage: deno task hiraku COMMAND/],
      [["accounts", "create", "ann"], /--roles is missing/],
      [["accounts", "create"], /LOGIN is missing/],
      [
        ["accounts", "create", "ann", "--roles", "412015:king"],
        /--roles: 'king' is no role/,
      ],
      [
        ["accounts", "create", "ann", "--roles", "252018:hq"],
        /--roles: '252018' is not configured/,
      ],
      [
        ["keys", "create", "--municipality", "252018", "--label", "x"],
        /--municipality: '252018' is not configured/,
      ],
      [
        [...KEY, "--events", "nothing.*"],
        /no event type matches 'nothing\.\*'/,
      ],
      [[...KEY, "--colour", "red"], /--colour/],
      [["keys", "revoke"], /ID is missing/],
      [["run"], /PIPELINE is missing/],
      [["run", "registrants"], /--municipality is missing/],
      [["import"], /FILE is missing/],
    ];

    for (const [args, expected] of faults) {
      const { code, said } = await hiraku(args, PASSWORD);
      assert.equal(code, 2, args.join(" "));
      assert.match(said, expected);
      assert.doesNotMatch(said, /\bat file:|battery/);
    }

    const accounts = await hiraku(["accounts", "list", "--json"]);
    const keys = await hiraku(["keys", "list", "--json"]);
    assert.deepEqual([accounts.said, keys.said], ["[]\n", "[]\n"]);
  }));

Deno.test("hiraku answers 1 to what it understood and could not do, without repeating what may be personal", () =>
  installed(async ({ hiraku }) => {
    await hiraku(ACCOUNT, PASSWORD);
    const faults: [readonly string[], string, RegExp][] = [
      [[...ACCOUNT.with(2, "bob")], "short", /password: at least 10/],
      [[...ACCOUNT.with(2, "bob")], "", /password: at least 10/],
      [[...ACCOUNT], PASSWORD, /An account with this login exists/],
      [[...ACCOUNT.with(2, "佐賀 花子")], PASSWORD, /login: 2 to 64/],
      [["accounts", "disable", "hanako"], "", /No account has this login/],
    ];

    for (const [args, input, expected] of faults) {
      const plain = await hiraku(args, input);
      const json = await hiraku([...args, "--json"], input);
      assert.deepEqual([plain.code, json.code], [1, 1]);
      assert.match(plain.said, expected);
      assert.match(JSON.parse(json.said).error, expected);
      assert.doesNotMatch(
        plain.said + json.said,
        /花子|hanako|short|\bat file:/,
      );
    }

    const list = JSON.parse(
      (await hiraku(["accounts", "list", "--json"])).said,
    );
    assert.equal(list.length, 1);
  }));

/** Everything that lies in the data folder, as text. */
async function onDisk(
  dir: string,
  look: (text: string) => void,
): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(dir)) {
    if (isFile) {
      look(
        new TextDecoder("latin1").decode(await Deno.readFile(`${dir}/${name}`)),
      );
    }
  }
}
