import assert from "node:assert/strict";
import { fixedClock } from "../clock.ts";
import {
  addLink,
  askForReplay,
  type Control,
  enableLink,
  findLink,
  forgetLink,
  isLinkToken,
  issueLinkToken,
  listLinks,
  openControl,
  readLinkKey,
  recordLinkStatus,
  removeLink,
  removeLinkKey,
  revokeLinkToken,
  writeLinkKey,
} from "./mod.ts";

const clock = fixedClock("2026-11-01T00:00:00Z");
const LINK = {
  municipality: "412015",
  direction: "follow",
  address: "https://broker.example",
  tenant: "prefecture",
  types: ["BusStop"],
  mapping: { types: {}, attributes: { name: "title" } },
} as const;

async function withLink(
  body: (control: Control, id: string) => Promise<void>,
): Promise<void> {
  const control = await openControl(":memory:");
  try {
    await body(control, await addLink(control, clock, LINK));
  } finally {
    await control.destroy();
  }
}

Deno.test("askForReplay() makes a link unsynced each time, even within one instant", () =>
  withLink(async (control, id) => {
    const asked: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { replayAt, status } = await findLink(control, id);
      assert.equal(status.synced, false);
      asked.push(replayAt);
      await recordLinkStatus(control, id, { synced: replayAt });
      assert.equal((await findLink(control, id)).status.synced, true);
      await askForReplay(control, clock, id);
    }

    assert.equal(new Set(asked).size, 3);
  }));

Deno.test("removeLink() lets nothing else change a link until it is forgotten", () =>
  withLink(async (control, id) => {
    const other = await addLink(control, clock, {
      ...LINK,
      municipality: "252018",
    });
    await enableLink(control, id, false);

    await removeLink(control, clock, id);

    const gone = { kind: "ResourceNotFound" };
    await assert.rejects(enableLink(control, id, true), gone);
    await assert.rejects(askForReplay(control, clock, id), gone);
    assert.equal((await findLink(control, id)).enabled, false);
    await forgetLink(control, id);
    await assert.rejects(findLink(control, id), gone);
    assert.deepEqual((await listLinks(control)).map(({ id }) => id), [other]);
    assert.deepEqual(await listLinks(control, "412015"), []);
  }));

Deno.test("isLinkToken() knows the newest token alone, and none after it is revoked", () =>
  withLink(async (control, id) => {
    const first = await issueLinkToken(control, id);
    const second = await issueLinkToken(control, id);
    const link = await findLink(control, id);
    await revokeLinkToken(control, id);
    const revoked = await findLink(control, id);

    assert.equal(isLinkToken(link, second), true);
    assert.equal(isLinkToken(link, first), false);
    assert.equal(isLinkToken(link, link.tokenHash ?? ""), false);
    assert.equal(isLinkToken(revoked, second), false);
    assert.ok(!JSON.stringify(link).includes(second));
  }));

Deno.test("writeLinkKey() keeps a credential for its owner alone and overwrites none", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/412015/links/a.key`;

  await writeLinkKey(path, { header: "X-Key", value: "s3cr3t" });

  assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
  assert.deepEqual(await readLinkKey(path), { "X-Key": "s3cr3t" });
  await assert.rejects(writeLinkKey(path, { header: "X", value: "other" }));
  await Deno.writeTextFile(path, "s3cr3t");
  await assert.rejects(
    readLinkKey(path),
    (error: Error) => !error.message.includes("s3cr3t"),
  );
  await removeLinkKey(path);
  await removeLinkKey(path);
  assert.deepEqual(await readLinkKey(path), {});
  await Deno.remove(folder, { recursive: true });
});
