import { boundary, Problem } from "@hiraku/kernel";
import {
  type Certificate,
  type Command,
  findErasure,
  finishErasure,
  suppressedSubjects,
} from "@hiraku/kernel/control";
import { z } from "zod";
import type { CityWork, CityWorkOptions } from "../city_work.ts";
import { argumentsOf } from "../command_arguments.ts";
import { recorded } from "../recorded.ts";
import { erase } from "./erase.ts";
import { type Residue, residueOf } from "./residue.ts";

const Arguments = z.object({ request: z.string() });

/** Erases everyone on the suppression list and leaves a certificate with the request. */
export async function eraseCommand(
  options: CityWorkOptions,
  city: CityWork,
  command: Command,
): Promise<Certificate> {
  const { request } = argumentsOf(Arguments, command);
  const { control, clock, layout } = options;
  const { municipality, persons, requestedAt, certificate } = await findErasure(
    control,
    request,
  );
  if (certificate !== null) return certificate;
  const outcome = await recorded(options, municipality, "erase", async () => {
    // What came before the edge knew is stopped here, and its file cut.
    await city.land();
    const subjects = await suppressed(options, city);
    const { deleted: inTables, linesCut } = await erase(city.warehouse, {
      landing: layout.landing(municipality),
      subjects,
      request,
    });
    const inSnapshots = await city.snapshots.erase(subjects, request);
    const deleted = inSnapshots === 0
      ? inTables
      : { ...inTables, snapshots: inSnapshots };
    const done: Certificate = {
      request,
      municipality,
      persons,
      requestedAt,
      finishedAt: clock.now().toISOString(),
      deleted,
      linesCut,
      residue: await scan(options, city),
    };
    await finishErasure(control, done);
    boundary("erase.certified");
    const rows = Object.values(deleted).reduce((sum, one) => sum + one, 0);
    return { done, detail: `${rows} rows and ${linesCut} lines of files` };
  });
  if (outcome !== undefined) return outcome.done;
  throw new Problem("Unavailable", "The erasure failed; see its run");
}

/** Looks for residue of everyone who was ever erased. */
export async function scan(
  options: CityWorkOptions,
  city: CityWork,
): Promise<Residue> {
  const { layout } = options;
  const { warehouse, municipality: { code } } = city;
  const subjects = await suppressed(options, city);
  const places = {
    landing: layout.landing(code),
    inbox: layout.inbox(code),
    warehouse: layout.warehouse(code),
    folder: layout.city(code),
  };
  return {
    ...await residueOf(warehouse, places, subjects),
    ...await city.snapshots.residue(subjects),
  };
}

/** Everyone erased, by the pseudonyms they were put on the list with and those they have now. */
export async function suppressed(
  { control }: CityWorkOptions,
  { keyring, municipality: { code } }: CityWork,
): Promise<string[]> {
  keyring.refresh();
  const listed = await suppressedSubjects(control, code);
  return [...new Set(listed.flatMap((one) => [one, keyring.lift(one)]))];
}
