import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const MA = (n: number) => ({
  source: { miniApp: `${CODE}-ma-0${n}`, os: "ios" },
});
const ev = (
  type: string,
  who: number,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, who, data, ...more });

Deno.test("O08 O09 O34 S03 S31 S39 S42 S71 messages: targets against reach by district, push by topic and mini-app, waste, interest", () =>
  withCity(async (city) => {
    await city.post([
      {
        type: "message.campaign.created",
        mode: "disaster",
        data: {
          campaignId: "evac-1",
          audienceRule: "rule-1",
          audienceSize: 120,
          disasterOverride: true,
          overrideReason: "evacuation",
        },
      },
      ...["sent", "delivered", "opened"].flatMap((step, at) =>
        people(90 - at * 30).map((who) =>
          ev(`message.${step}`, who, { campaignId: "evac-1" }, {
            mode: "disaster",
          })
        )
      ),
      ...people(60).map((who) =>
        ev("push.sent", who, { topic: "waste" }, MA(1))
      ),
      ...people(60).map((who) =>
        ev("push.sent", who, { topic: "waste" }, MA(1))
      ),
      ...people(40).map((who) =>
        ev("push.opened", who, { topic: "waste" }, MA(1))
      ),
      ...people(11).map((who) =>
        ev("push.optout", who, { topic: "waste" }, MA(1))
      ),
      ...people(30).map((who) =>
        ev("waste.reminder.sent", who, { area: "a1" })
      ),
      ...people(20).map((who) =>
        ev("waste.reminder.opened", who, { area: "a1" })
      ),
      ...people(25).map((who) => ev("popup.shown", who, { popupId: "p1" })),
      ...people(15).map((who) => ev("popup.closed", who, { popupId: "p1" })),
      ...people(36).map((who) =>
        ev("preference.changed", who, {
          topics: who < 24 ? ["waste", "childcare"] : ["waste"],
        })
      ),
      ...people(33).map((who) =>
        ev("preference.area.changed", who, { districts: [`${CODE}-sd-03`] })
      ),
      {
        type: "safety.mail.sent",
        mode: "disaster",
        data: { count: 40, failed: 12 },
      },
    ]);
    await city.run("messages");

    const target = await city.table("messages", "targets");
    assert.equal(
      peopleIn(target, {
        campaignId: "evac-1",
        mode: "disaster",
        override: "true",
      }),
      120,
    );
    const reach = await city.table("messages", "campaigns");
    const at = (step: string) =>
      peopleIn(reach, { campaignId: "evac-1", step });
    assert.deepEqual([at("sent"), at("delivered"), at("opened")], [90, 60, 30]);
    const byDistrict = await city.table("messages", "campaigns_by_district");
    assert.equal(
      peopleIn(byDistrict, {
        campaignId: "evac-1",
        step: "sent",
        districtCode: `${CODE}-sd-01`,
      }),
      30,
    );
    const modes = await city.table("messages", "reach");
    assert.equal(peopleIn(modes, { mode: "disaster", step: "opened" }), 30);
    assert.notEqual(peopleIn(modes, { mode: "normal", step: "opened" }), 30);
    const pushes = await city.table("messages", "pushes");
    assert.equal(peopleIn(pushes, { topic: "waste", step: "sent" }), 60);
    // Two pushes a person.
    assert.equal(
      peopleIn(pushes, { topic: "waste", step: "sent" }, "count"),
      120,
    );
    assert.equal(peopleIn(pushes, { topic: "waste", step: "optout" }), 11);
    const apps = await city.table("messages", "push_apps");
    assert.equal(
      peopleIn(apps, { miniAppId: `${CODE}-ma-01`, step: "opened" }),
      40,
    );
    const waste = await city.table("messages", "waste");
    assert.equal(peopleIn(waste, { area: "a1", step: "opened" }), 20);
    const popups = await city.table("messages", "popups");
    assert.equal(peopleIn(popups, { popupId: "p1", step: "closed" }), 15);
    const topics = await city.table("messages", "topics");
    assert.equal(peopleIn(topics, { topic: "waste" }), 36);
    assert.equal(peopleIn(topics, { topic: "childcare" }), 24);
    // Areas of interest are not where people live.
    const areas = await city.table("messages", "areas");
    assert.equal(peopleIn(areas, { areaCode: `${CODE}-sd-03` }), 33);
    const residence = await city.table("messages", "areas_by_district");
    assert.equal(
      peopleIn(residence, {
        areaCode: `${CODE}-sd-03`,
        districtCode: `${CODE}-sd-01`,
      }),
      11,
    );
    const mails = await city.table("messages", "safety_mails");
    assert.equal(peopleIn(mails, { mode: "disaster", outcome: "sent" }), 28);
    assert.equal(peopleIn(mails, { mode: "disaster", outcome: "failed" }), 12);
  }));
