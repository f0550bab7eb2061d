import { registerEntries, registerHistory } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { type StaffCity, withStaff } from "./_staff_city.ts";

const PAGE = "/operations/412015/logic-model";
const place = (register: string) => ({ municipality: "412015", register });

/** What stands of the page from the entry of an id up to its buttons. */
function beside(page: string, id: string): string {
  return page.split(`id="${id}"`)[1]?.split("<form")[0] ?? "";
}

async function sent(
  city: StaffCity,
  session: string,
  kind: string,
  form: Record<string, string>,
): Promise<Response> {
  return await city.ask(`${PAGE}/${kind}`, { session, form });
}

Deno.test("an analyst edits the logic model on one page, with what a review finds beside the box or link it speaks of", () =>
  withStaff(async (city) => {
    const session = await city.signIn("analyst");
    const page = async (at = "") =>
      await (await city.ask(at + PAGE, { session })).text();
    const activity = { level: "activity", titleJa: "教室", titleEn: "Classes" };
    const outcome = {
      level: "outcome_short",
      titleJa: "使う人が増える",
      titleEn: "More use",
      metric: "miniapp_clicks",
      why: "毎月公開されるため",
    };

    assert.match(await page(), /まだ項目がありません/);
    const first = await sent(city, session, "boxes", activity);
    await sent(city, session, "boxes", outcome);
    const missing = await sent(city, session, "boxes", {
      ...outcome,
      why: "",
      titleJa: "理由のない指標",
    });
    const alone = await page();
    await sent(city, session, "links", {
      from: "box-1",
      to: "box-2",
      assumption: "教われば使う",
      evidence: "none",
    });
    await sent(city, session, "links", {
      from: "box-2",
      to: "box-1",
      assumption: "逆",
      evidence: "2a",
      evaluation: "otsu-did",
    });
    const drawn = await page();
    const english = await page("/en");
    const form = await (await city.ask(`${PAGE}?link=link-2`, { session }))
      .text();

    assert.equal(first.headers.get("Location"), `${PAGE}#boxes-box-1`);
    assert.equal(missing.status, 400);
    const refused = await missing.text();
    assert.match(refused, /role="alert"[^]*Column &#39;why&#39;/);
    assert.match(refused, /value="理由のない指標"/);
    assert.match(beside(alone, "boxes-box-1"), /点検: どの項目ともつながって/);
    assert.doesNotMatch(beside(drawn, "boxes-box-1"), /点検/);
    // An output is not an outcome, and a link back is no means to an end.
    assert.match(beside(drawn, "boxes-box-2"), /点検: アウトカムに、活動量/);
    assert.match(beside(drawn, "links-link-2"), /検証済[^]*点検: 目的から手段/);
    assert.doesNotMatch(beside(drawn, "links-link-1"), /点検|検証済/);
    assert.match(english, /<svg[^]*Review: It leads backwards/);
    assert.match(form, /<option value="2a" selected[^]*value="otsu-did"/);
    assert.equal(
      (await registerHistory(city.control, place("logic_links"))).length,
      2,
    );

    await sent(city, session, "boxes/remove", { id: "box-2" });
    assert.deepEqual(
      await registerEntries(city.control, place("logic_links")),
      [],
    );
    assert.deepEqual(
      (await registerEntries(city.control, place("logic_nodes")))
        .map(({ key }) => key),
      ["box-1"],
    );

    for (const login of ["hq", "otsu"]) {
      const other = await city.signIn(login);
      assert.equal((await city.ask(PAGE, { session: other })).status, 403);
      const tried = await sent(city, other, "boxes", activity);
      assert.equal(tried.status, 403);
    }
    assert.equal((await city.ask(PAGE)).status, 303);
    assert.equal(
      (await city.ask(`${PAGE}?box=nothing`, { session })).status,
      404,
    );
  }));
