import { type Config, Problem } from "@hiraku/kernel";
import { suppressedSubjects } from "@hiraku/kernel/control";
import {
  FileManifest,
  MANIFEST,
  readManifest,
  requireContent,
  requireSender,
} from "@hiraku/pipelines/events";
import type { CityWork } from "../city_work.ts";
import { reason, recorded, type Recorder } from "../recorded.ts";
import { importFile } from "../sources/import_file.ts";
import { admitRows } from "./file_events.ts";
import { readForeign } from "./read_foreign.ts";

/**
 * Takes every file of a drop folder that has a manifest, once. The manifest of
 * a file that is taken goes to `done/`, of one that is not to `refused/` with
 * the reason beside it; the file itself is not kept, since it may speak of
 * people as their sender knows them. Nothing is half taken: events become one
 * sealed segment, other files one transaction. Answers how many were looked at.
 */
export async function takeDropped(
  recorder: Recorder,
  city: CityWork,
  { dropped, landing, senders }: {
    readonly dropped: string;
    readonly landing: string;
    readonly senders: Config["senders"];
  },
): Promise<number> {
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(dropped)) {
      if (isFile && name.endsWith(MANIFEST)) names.push(name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
  for (const name of names.sort()) {
    const code = city.municipality.code;
    let refusal = "";
    const outcome = await recorded(recorder, code, "file", async (run) => {
      try {
        return await takeOne(`${dropped}/${name}`, run);
      } catch (error) {
        refusal = reason(error);
        throw error;
      }
    });
    const place = outcome === undefined ? "refused" : "done";
    await putAway(dropped, name, place, refusal);
  }
  return names.length;

  async function takeOne(path: string, run: string) {
    const { code } = city.municipality;
    const { clock, control } = recorder;
    const manifest = await manifestAt(path);
    requireSender(manifest, code, senders);
    const file = `${dropped}/${manifest.file}`;
    const bytes = await bytesAt(file);
    requireContent(manifest, bytes);
    const rows = await readForeign(file, manifest.format);
    if (rows.length !== manifest.rows) {
      throw new Problem(
        "BadRequestData",
        `The file has ${rows.length} rows and its manifest says ${manifest.rows}`,
      );
    }
    if (manifest.kind === "municipal") {
      const report = await importFile({
        warehouse: city.warehouse,
        bytes,
        fileName: manifest.file,
        municipality: code,
        run,
        clock,
        onProgress: () => {},
      });
      return { detail: `${report.landed} of ${report.rowsIn} rows` };
    }
    city.keyring.refresh();
    const gone = new Set(
      (await suppressedSubjects(control, code)).map((one) =>
        city.keyring.lift(one)
      ),
    );
    const done = await admitRows(rows, {
      municipality: code,
      sender: manifest.sender,
      pseudonymiser: city.keyring,
      suppressed: gone,
      landing,
      clock,
    });
    const why = [
      ...Map.groupBy(done.refused, ({ code, field }) => `${code} ${field}`),
    ]
      .map(([fault, of]) => `${fault}: ${of.length}`).join(", ");
    return {
      detail: `${done.accepted} accepted, ${done.quarantined} quarantined, ` +
        `${done.refused.length} refused${why === "" ? "" : ` (${why})`}`,
    };
  }
}

async function manifestAt(path: string): Promise<FileManifest> {
  return readManifest(await Deno.readTextFile(path));
}

async function bytesAt(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem(
      "BadRequestData",
      "The file of the manifest is not there",
    );
  }
}

/** The manifest goes last: until then a crash has it looked at again, which adds nothing. */
async function putAway(
  dropped: string,
  name: string,
  place: "done" | "refused",
  refusal: string,
): Promise<void> {
  const folder = `${dropped}/${place}`;
  await Deno.mkdir(folder, { recursive: true });
  const manifest = await manifestAt(`${dropped}/${name}`).catch(() =>
    undefined
  );
  if (refusal !== "") {
    await Deno.writeTextFile(`${folder}/${name}.reason.txt`, refusal + "\n");
  }
  const { data: file } = FileManifest.shape.file.safeParse(
    manifest?.file ?? name.slice(0, -MANIFEST.length),
  );
  try {
    if (file !== undefined) await Deno.remove(`${dropped}/${file}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.rename(`${dropped}/${name}`, `${folder}/${name}`);
}
