import { registerEntries, registerHistory } from "@hiraku/kernel/control";
import { registered } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { cities, withStaff } from "./_staff_city.ts";

const PAGE = "/operations/412015/registers";
const place = { municipality: "412015", register: "procedures" };

Deno.test("registers are kept on a page by section, with history, and by nobody else", () =>
  withStaff(async (city) => {
    const section = await city.signIn("section");
    const otsu = await city.signIn("otsu");
    const analyst = await city.signIn("analyst");
    const form = {
      id: "moving-in",
      name: "転入届",
      office: "市民課",
      online: "1",
      processingDays: "",
    };

    const list = await (await city.ask(`/en${PAGE}`, { session: section }))
      .text();
    const kept = await city.ask(`${PAGE}/procedures`, {
      session: section,
      form,
    });
    const changed = await city.ask(`${PAGE}/procedures`, {
      session: section,
      form: { ...form, processingDays: "3" },
    });
    const refused = await city.ask(`${PAGE}/procedures`, {
      session: section,
      form: { ...form, processingDays: "soon-ish" },
    });
    const shown = await (await city.ask(
      `${PAGE}/procedures?entry=moving-in`,
      { session: section },
    )).text();
    const file = await city.ask(`${PAGE}/procedures/file.csv`, {
      session: section,
    });

    assert.match(list, /Procedures/);
    assert.equal(kept.status, 303);
    assert.equal(changed.status, 303);
    assert.equal(refused.status, 400);
    const refusal = await refused.text();
    assert.match(refusal, /processingDays/);
    assert.match(shown, /value="転入届"/);
    assert.ok(
      (await file.text()).includes('"moving-in","転入届","市民課","1","3"'),
    );
    assert.deepEqual(
      (await registerEntries(city.control, place)).map(({ value }) =>
        value["processingDays"]
      ),
      [3],
    );
    assert.equal((await registerHistory(city.control, place)).length, 2);
    // Pages call codes by the names of registers; the one of names comes last.
    await city.ask(`${PAGE}/names`, {
      session: analyst,
      form: { id: "blanket", nameJa: "毛布", nameEn: "Blankets" },
    });
    const [configured] = cities;
    assert.ok(configured !== undefined);
    assert.deepEqual((await registered(city.control, configured)).names, {
      "moving-in": { ja: "転入届", en: "転入届" },
      blanket: { ja: "毛布", en: "Blankets" },
    });
    for (const session of [otsu, analyst]) {
      const foreign = await city.ask(`${PAGE}/procedures`, { session, form });
      assert.equal(foreign.status, 403);
    }
    const removed = await city.ask(`${PAGE}/procedures/remove`, {
      session: section,
      form: { id: "moving-in" },
    });
    assert.equal(removed.status, 303);
    assert.deepEqual(await registerEntries(city.control, place), []);
    assert.equal(
      (await city.ask(`${PAGE}/nothing`, { session: section })).status,
      404,
    );
    assert.equal((await city.ask(`${PAGE}/procedures`)).status, 303);
  }));

Deno.test("a register file is taken whole or not at all, and faults are told by row and column", () =>
  withStaff(async (city) => {
    const session = await city.signIn("admin");
    const send = async (text: string, replace = false) => {
      const form = new FormData();
      form.set("file", new File([text], "events.csv"));
      if (replace) form.set("replace", "1");
      return await city.ask(`${PAGE}/point_rules/file`, { session, form });
    };
    const header = "規則コード,名称,対象,ポイント\r\n";
    const rules = { municipality: "412015", register: "point_rules" };

    const good = await send(
      `${header}registration,登録,registration,300\r\nfesta,介護フェスタ,event,100\r\n`,
    );
    const bad = await send(
      `${header}drill,訓練,event,301\r\nother,他,event,50\r\n`,
    );
    const badPage = await bad.text();
    const entriesAfterBad = await registerEntries(city.control, rules);
    const replaced = await send(`${header}other,他,event,50\r\n`, true);

    assert.equal(good.status, 200);
    assert.equal(bad.status, 400);
    assert.match(badPage, /<td class="number">2<\/td><td>amount<\/td>/);
    assert.deepEqual(entriesAfterBad.map(({ key }) => key), [
      "festa",
      "registration",
    ]);
    assert.equal(replaced.status, 200);
    assert.deepEqual(
      (await registerEntries(city.control, rules)).map(({ key }) => key),
      ["other"],
    );
    const badPrice = await send("id,title\r\na,b\r\n");
    assert.equal(badPrice.status, 400);
  }));
