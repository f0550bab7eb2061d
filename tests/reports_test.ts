import {
  reportCommands,
  type Reporting,
  sendReports,
} from "@hiraku/app/reports";
import { openShelf } from "@hiraku/dashboards";
import { layout, Municipality, silentLog } from "@hiraku/kernel";
import {
  addReportSchedule,
  claimDelivery,
  type Control,
  deliveriesOf,
  openControl,
  pauseReportSchedule,
} from "@hiraku/kernel/control";
import { miniappUsage, publish, release } from "@hiraku/opendata";
import { openSender } from "@hiraku/pipelines";
import assert from "node:assert/strict";
import { SMTPServer } from "smtp-server";
import { freePort } from "./free_port.ts";
import { CODE, withCity } from "./rows/row_city.ts";

/** The figure of the withheld cell, though not as part of an instant. */
const NOT_TOLD = /(?<![\w.])700(?!\w)/;
const ORIGIN = "https://data.example.jp";
const ids = [1, 2, 3].map((n) => `${CODE}-ma-0${n}`);
const city = Municipality.parse({
  code: CODE,
  tenant: `saga_${CODE}`,
  name: { ja: "佐賀市", en: "Saga" },
  prefecture: { ja: "佐賀県", en: "Saga" },
  population: { asOf: "2025-12-31", value: 225_503 },
  miniApps: ids.map((id) => ({
    id,
    name: { ja: id, en: id },
    category: { ja: "くらし", en: "Life" },
    since: "2026-01-01",
  })),
});
/** Clicks and users of October; the third app has too few people to be shown. */
const USE = [[40, 600], [50, 400], [4, 700]] as const;

interface Outside {
  readonly reporting: Reporting;
  readonly control: Control;
  readonly clock: { set(instant: string): void };
  readonly letters: string[];
  readonly calls: { key: string | null; body: Record<string, unknown> }[];
  /** Status the webhook answers with. */
  answer(status: number): void;
  readonly webhook: string;
}

/** An installation with one published dataset, a mail server and a webhook. */
async function withOutside(
  body: (outside: Outside) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "hiraku-reports-" });
  const places = layout(dir);
  let instant = new Date("2026-11-19T03:00:00Z");
  const clock = {
    now: () => new Date(instant),
    set: (text: string) => void (instant = new Date(text)),
  };
  const letters: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (bytes: Uint8Array) => {
        text += new TextDecoder().decode(bytes);
      });
      stream.on("end", () => {
        letters.push(text);
        done();
      });
    },
  });
  const port = freePort();
  await new Promise<void>((ready) => smtp.listen(port, "127.0.0.1", ready));
  const calls: Outside["calls"] = [];
  let status = 204;
  const listener = Deno.serve(
    { hostname: "127.0.0.1", port: freePort(), onListen: () => {} },
    async (request) => {
      calls.push({
        key: request.headers.get("idempotency-key"),
        body: await request.json(),
      });
      return new Response(null, { status });
    },
  );
  const host = `127.0.0.1:${listener.addr.port}`;
  const control = await openControl(places.control);
  const config = {
    origin: ORIGIN,
    municipalities: [city],
    running: {
      policies: {},
      alerts: {
        mail: {
          host: "127.0.0.1",
          port,
          secure: false,
          from: "hiraku@city.example",
          to: ["engineer@city.example"],
        },
      },
      reports: { webhookHosts: [host] },
    },
  };
  const rows = ids.map((miniAppId, i) => ({
    month: "2026-10",
    miniAppId,
    users: USE[i]?.[0] ?? 0,
    clicks: USE[i]?.[1] ?? 0,
  }));
  try {
    await publish(
      release(miniappUsage, {
        miniapp_usage: rows,
        by_district: rows.map((row) => ({ ...row, districtCode: "unknown" })),
        by_age_sex: rows.map((row) => ({
          ...row,
          ageGroup: "unknown" as const,
          sex: "unknown" as const,
        })),
      }, { municipality: city, previous: undefined, today: "2026-11-19" }),
      { layout: places, clock },
    );
    await body({
      reporting: {
        config,
        control,
        clock,
        log: silentLog,
        shelf: openShelf(places, clock),
        sender: openSender(config),
      },
      control,
      clock,
      letters,
      calls,
      answer: (next) => void (status = next),
      webhook: `http://${host}/hook`,
    });
  } finally {
    await control.destroy();
    await listener.shutdown();
    await new Promise<void>((done) => smtp.close(done));
    await Deno.remove(dir, { recursive: true });
  }
}

const REPORT = {
  kind: "report",
  board: "use",
  asked: { ageGroup: "unknown" },
  every: "day",
};

Deno.test("a report goes out once by mail and webhook with its filters and a link to the same state, also behind a crash", () =>
  withOutside(async (outside) => {
    const { reporting, control, clock, letters, calls } = outside;
    const add = (name: string, mail: string[], webhook: string | null) =>
      addReportSchedule(control, reporting.clock, "test", {
        municipality: CODE,
        name,
        plan: REPORT,
        mail,
        webhook,
        language: "en",
      });
    const both = await add("daily", ["mayor@city.example"], outside.webhook);

    await sendReports(reporting);
    assert.equal(letters.length + calls.length, 0);
    clock.set("2026-11-19T23:30:00Z");
    await sendReports(reporting);
    await sendReports(reporting);

    assert.equal(letters.length, 1);
    const [letter = ""] = letters;
    assert.match(letter, /^To: mayor@city\.example$/m);
    assert.match(letter, new RegExp(`^Message-ID: <${both}-2026-11-20@`, "m"));
    assert.match(letter, /filename=412015_use\.csv/);
    const link = `${ORIGIN}/en/dashboards/${CODE}/boards/use?ageGroup=unknown`;
    assert.ok(
      letter.replaceAll(/=\r?\n/g, "").replaceAll("=3D", "=").includes(link),
    );
    assert.equal(calls.length, 1);
    assert.equal(calls[0]?.key, `${both}-2026-11-20`);
    assert.equal(calls[0]?.body["link"], link);
    const [, attached = ""] =
      /filename=412015_use\.csv\s+([A-Za-z0-9+/=\s]+)--/.exec(letter) ?? [];
    const csv = new TextDecoder().decode(
      Uint8Array.fromBase64(attached.replaceAll(/\s/g, "")),
    );
    assert.match(
      csv,
      /"412015-ma-01","412015-ma-01","Clicks of mini-apps","600"/,
    );
    assert.doesNotMatch(csv + letter + JSON.stringify(calls), NOT_TOLD);

    // The process died when it had taken the delivery: nobody sends it again.
    const died = await add("died", ["council@city.example"], null);
    clock.set("2026-11-20T23:30:00Z");
    await claimDelivery(control, reporting.clock, died, "2026-11-21 mail");
    await pauseReportSchedule(control, both, true);
    await sendReports(reporting);
    clock.set("2026-11-21T22:00:00Z");
    await sendReports(reporting);
    assert.equal(letters.length, 1);
    assert.deepEqual(
      (await deliveriesOf(control, died)).map(({ due, state }) => [due, state]),
      [["2026-11-21 mail", "sending"]],
    );

    // What certainly failed is tried again, and arrives once.
    await pauseReportSchedule(control, died, true);
    outside.answer(500);
    const failing = await add("failing", [], outside.webhook);
    clock.set("2026-11-22T23:30:00Z");
    await sendReports(reporting);
    await sendReports(reporting);
    assert.equal(calls.length, 2);
    assert.equal((await deliveriesOf(control, failing))[0]?.state, "failed");
    outside.answer(204);
    clock.set("2026-11-22T23:45:00Z");
    await sendReports(reporting);
    await sendReports(reporting);
    assert.equal(calls.length, 3);
    assert.equal((await deliveriesOf(control, failing))[0]?.state, "sent");
  }));

Deno.test("a threshold fires once a period, for what holds whatever is withheld, and a test says that it is one", () =>
  withOutside(async (outside) => {
    const { reporting, control, letters } = outside;
    // 600 and 400 clicks are shown, the rest is withheld: 1,000 or more.
    const alerts: [string, "above" | "below", number, (string | undefined)?][] =
      [
        ["surely above", "above", 999],
        ["perhaps above", "above", 1_000],
        ["perhaps below", "below", 1_500],
        ["withheld alone", "above", 1, ids[2]],
        ["exact", "below", 401, ids[1]],
        ["no such row", "below", 1_000_000, "412015-ma-99"],
      ];
    for (const [name, when, threshold, miniAppId] of alerts) {
      await addReportSchedule(control, reporting.clock, "test", {
        municipality: CODE,
        name,
        plan: {
          kind: "alert",
          metric: "miniapp_clicks",
          at: miniAppId === undefined ? {} : { miniAppId },
          when,
          threshold,
        },
        mail: ["section@city.example"],
        webhook: null,
        language: "en",
      });
    }

    await sendReports(reporting);
    await sendReports(reporting);

    const told = letters.map((one) =>
      /^Subject: .*\] ([^:]*):/m.exec(one)?.[1]
    );
    assert.deepEqual(told.toSorted(), ["exact", "surely above"]);
    const text = letters.join("\n").replaceAll(/=\r?\n/g, "");
    assert.match(text, /at least 1,000 clicks \(1 withheld cell included\)/);
    assert.doesNotMatch(text, /1,700/);
    assert.doesNotMatch(text, NOT_TOLD);

    // A test goes out at once, whatever the figure, marked as one.
    const [id] = (await control.selectFrom("report_schedule").select("id")
      .where("name", "=", "withheld alone").execute()).map(({ id }) => id);
    await reportCommands(reporting)["report.test"]?.run({
      id: "c",
      municipality: CODE,
      kind: "report.test",
      arguments: { schedule: id },
      requestedBy: "test",
    }, () => {});
    assert.equal(letters.length, 3);
    assert.match(letters[2] ?? "", /^Subject: .*\[Test\]/m);
    assert.doesNotMatch(letters[2] ?? "", NOT_TOLD);
  }));

Deno.test("staff make, pause, test and remove what goes out, and only to hosts that are allowed", () =>
  withCity(async ({ origin, key, control }) => {
    const [analyst, hq] = [await key("analyst"), await key("hq")];
    const path = `/operations/${CODE}/reports`;
    const send = async (
      to: string,
      form: Record<string, string>,
      token = analyst,
    ) => {
      const response = await fetch(origin + to, {
        method: "POST",
        redirect: "manual",
        headers: { Authorization: `Bearer ${token}` },
        body: new URLSearchParams(form),
      });
      return { status: response.status, text: await response.text() };
    };
    const read = async (at = "", query = "") =>
      await (await fetch(`${origin}${at}${path}${query}`, {
        headers: { Authorization: `Bearer ${analyst}` },
      })).text();
    const form = {
      kind: "report",
      name: "月次",
      board: "use",
      asked: "?ageGroup=65%2B",
      every: "month",
      mail: "mayor@city.example; council@city.example",
      language: "ja",
    };

    assert.equal((await send(path, form)).status, 303);
    const refusals: [Record<string, string>, RegExp][] = [
      [{ ...form, webhook: "http://127.0.0.1:1/x" }, /webhook: not a host/],
      [{ ...form, mail: "nobody" }, /mail: no address/],
      [{ ...form, mail: "" }, /neither address nor webhook/],
      [{ ...form, board: "none" }, /board: there is none/],
      [{ ...form, asked: "surveyId=x" }, /surveyId/],
      [{ ...form, kind: "alert", metric: "none", threshold: "1" }, /metric:/],
      [{ ...form, kind: "alert", metric: "miniapp_clicks" }, /threshold:/],
    ];
    for (const [sent, message] of refusals) {
      const { status, text } = await send(path, sent);
      assert.equal(status, 400);
      assert.match(text, message);
    }
    assert.equal((await send(path, form, hq)).status, 403);

    const page = await read("", "?board=surveys&question=q1");
    assert.match(
      page,
      /href="\/dashboards\/412015\/boards\/use\?ageGroup=65%2B"[^]*毎月5日/,
    );
    assert.match(page, /value="question=q1"/);
    const id = /aria-labelledby="s-([^"]+)"/.exec(page)?.[1];
    assert.equal((await send(`${path}/${id}/pause`, {})).status, 303);
    assert.match(await read("/en"), /<strong>Paused<\/strong>/);
    assert.equal((await send(`${path}/${id}/remove`, {})).status, 303);
    assert.match(await read(), /まだありません/);
    assert.equal((await send(`${path}/${id}/test`, {})).status, 404);
    const actions = (await control.selectFrom("audit").select("action")
      .where("action", "like", "report.%").execute())
      .map(({ action }) => action);
    assert.deepEqual(actions, ["report.add", "report.pause", "report.remove"]);
  }));
