import { registerEntries } from "@hiraku/kernel/control";
import { registered } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { cities, withStaff } from "./_staff_city.ts";

const PAGE = "/operations/412015/outlines";
const square = (west: number, south = 33) => [
  [west, south],
  [west + 0.1, south],
  [west + 0.1, south + 0.1],
  [west, south + 0.1],
  [west, south],
];
const feature = (name: string, ring: number[][], type = "Polygon") => ({
  type: "Feature",
  properties: { name },
  geometry: { type, coordinates: [ring] },
});
const file = (...features: object[]) =>
  JSON.stringify({ type: "FeatureCollection", features });
const good = file(feature("勧興", square(130)), feature("循誘", square(130.1)));

Deno.test("an officer brings outlines, sees them drawn and approves; maps follow and nobody else may", () =>
  withStaff(async (city) => {
    const officer = await city.signIn("officer");
    const send = async (
      text: string,
      session = officer,
      more: Record<string, string> = {},
    ) => {
      const form = new FormData();
      form.set("file", new File([text], "districts.geojson"));
      const fields = { property: "name", sourceJa: "市", sourceEn: "City" };
      for (const [name, value] of Object.entries({ ...fields, ...more })) {
        form.set(name, value);
      }
      return await city.ask(PAGE, { session, form });
    };
    const [configured] = cities;
    assert.ok(configured !== undefined);
    const now = () => registered(city.control, configured);
    const refusal = async (text: string, more = {}) => {
      const response = await send(text, officer, more);
      assert.equal(response.status, 400);
      const [, words] = /role="alert">([^<]*)</.exec(await response.text()) ??
        [];
      return words?.split(": ").slice(1).join(": ");
    };

    const taken = await send(good);
    const page = await (await city.ask(`/en${PAGE}`, { session: officer }))
      .text();
    assert.equal(taken.status, 303);
    assert.match(page, /Draft[^]*<svg[^]*d="M[^]*District 2[^]*>5<\/td>/);
    // Nothing is drawn from a draft.
    assert.equal((await now()).outlines, undefined);
    const unreasoned = await city.ask(`${PAGE}/approve`, {
      session: officer,
      form: { reason: " " },
    });
    assert.equal(unreasoned.status, 400);
    await city.ask(`${PAGE}/approve`, {
      session: officer,
      form: { reason: "市の境界に合わせる" },
    });
    const { outlines, districts } = await now();
    assert.deepEqual(outlines?.source, { ja: "市", en: "City" });
    assert.deepEqual(districts[1]?.outline, [[square(130.1)]]);

    // A border of many points is drawn with few.
    const circle = Array.from({ length: 20_001 }, (_, at) => {
      const turn = at % 20_000 / 20_000 * 2 * Math.PI;
      const far = (1 + Math.sin(400 * turn) / 200) / 10;
      return [130 + far * Math.cos(turn), 33 + far * Math.sin(turn)];
    });
    await send(file(feature("勧興", circle)));
    const [draft] = await registerEntries(city.control, {
      municipality: "412015",
      register: "outlines",
    }).then((all) => all.filter(({ key }) => key === "draft"));
    const areas = draft?.value["areas"] as Record<string, number[][][][]>;
    const points = Object.values(areas).flat(2)[0]?.length ?? 0;
    assert.ok(points > 100 && points <= 6_000, `${points}`);
    const partly = await (await city.ask(PAGE, { session: officer })).text();
    assert.match(partly, /境界のない校区があります[^<]*循誘/);

    const of = (ring: number[][], name = "勧興") => file(feature(name, ring));
    const at = "features[0].geometry.coordinates";
    assert.equal(await refusal("{"), "file: not JSON");
    assert.match(await refusal("{}") ?? "", /^file: not a FeatureCollection/);
    const unknown = await refusal(of(square(130), "田中一郎"));
    assert.match(unknown ?? "", /^features\[0\]\.properties\.name: no code/);
    assert.doesNotMatch(unknown ?? "", /田中/);
    assert.match(
      await refusal(good, { property: "code" }) ?? "",
      /^features\[0\]\.properties\.code: missing/,
    );
    assert.match(await refusal(good, { sourceEn: "" }) ?? "", /^sourceEn: /);
    assert.equal(
      await refusal(of(square(130).slice(0, 4))),
      `${at}: a ring does not end where it begins`,
    );
    assert.equal(
      await refusal(
        of([[130, 33], [131, 34], [131, 33], [130, 33.5], [130, 33]]),
      ),
      `${at}: a ring crosses itself`,
    );
    assert.equal(
      await refusal(of([[130, 33], [131, 33], [132, 33], [130, 33]])),
      `${at}: a ring holds no area`,
    );
    assert.match(
      await refusal(of(square(130).map(([x = 0, y = 0]) => [y, x]))) ?? "",
      /does not fit|not rings|outside Japan/,
    );
    assert.match(
      await refusal(file(feature("勧興", square(130), "Point"))) ?? "",
      /^features\[0\]\.geometry: not a Polygon/,
    );
    // A little too large is said on the page, much too large before it is read.
    for (const [bytes, status] of [[1, 400], [100_000, 413]] as const) {
      const large = await send("x".repeat(8 * 1024 * 1024 + bytes));
      assert.equal(large.status, status);
      assert.match(await large.text(), /file: more than 8388608 bytes/);
    }
    assert.deepEqual((await now()).districts[1]?.outline, [[square(130.1)]]);

    await city.ask(`${PAGE}/drop`, {
      session: officer,
      form: { state: "approved" },
    });
    assert.equal((await now()).outlines, undefined);
    for (const login of ["analyst", "section", "otsu"]) {
      const session = await city.signIn(login);
      assert.equal((await send(good, session)).status, 403);
      assert.equal((await city.ask(PAGE, { session })).status, 403);
    }
    assert.equal((await city.ask(PAGE)).status, 303);
  }));
