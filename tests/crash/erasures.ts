import {
  type Layout,
  type Municipality,
  systemClock,
  ulid,
} from "@hiraku/kernel";
import {
  listErasures,
  openControl,
  requestErasure,
  suppressedSubjects,
} from "@hiraku/kernel/control";
import { openWarehouse } from "@hiraku/pipelines";
import { openPseudonymiser } from "@hiraku/pipelines/events";
import type { Platform } from "../platform.ts";
import { requestWork } from "./requests.ts";

/** Sends an event each of people who send no other, and answers their PIDs. */
export async function peopleToErase(
  { origin }: Platform,
  { miniApps }: Municipality,
  key: string,
  count: number,
): Promise<string[]> {
  const pids = Array.from(
    { length: count },
    (_, n) => `erased_${String(n).padStart(4, "0")}`,
  );
  const now = systemClock.now();
  const response = await fetch(`${origin}/api/v1/events`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(pids.map((pid) => ({
      eventId: ulid(now.getTime()),
      type: "miniapp.opened",
      occurredAt: now.toISOString(),
      source: { miniApp: miniApps[0]?.id },
      subject: { pid, tier: "jpki", consent: ["r1"] },
    }))),
  });
  const { accepted } = await response.json();
  if (accepted !== count) throw new Error(`Only ${accepted} were accepted`);
  return pids;
}

/** Asks for an erasure as the command line does. */
export async function requestErasureOf(
  platform: Platform,
  city: Municipality,
  pid: string | undefined,
): Promise<void> {
  if (pid === undefined) throw new Error("Nobody is left to be erased");
  const { places } = platform;
  const control = await openControl(places.control);
  const keyring = openPseudonymiser(places.pseudonymKey(city.code));
  const request = await requestErasure(control, systemClock, {
    municipality: city.code,
    subjects: [keyring.subject(pid)],
    requestedBy: "test",
  });
  await control.destroy();
  await requestWork(platform, city, "erase", { request });
}

/** Erasures without a clean certificate of one person, and events of anybody erased. */
export async function erasuresWrong(
  places: Layout,
  code: string,
): Promise<number> {
  const control = await openControl(places.control);
  const erasures = await listErasures(control, code);
  const gone = await suppressedSubjects(control, code);
  await control.destroy();
  const unclean = erasures.filter(({ certificate }) =>
    certificate?.persons !== 1 || Object.keys(certificate.residue).length > 0
  );
  const warehouse = await openWarehouse(places.warehouse(code));
  const left = gone.length === 0
    ? []
    : await warehouse.selectFrom("event").select("event_id")
      .where("subject", "in", gone).execute();
  await warehouse.destroy();
  return unclean.length + left.length;
}
