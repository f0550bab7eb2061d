import type { Text } from "@hiraku/kernel";
import { markChangeIn } from "./catalogue/change_mark.ts";
import { aboutReleased } from "./manifest_of.ts";
import type { Released } from "./release.ts";
import { type PublishedVersion, withdrawalPath } from "./released_folder.ts";
import {
  type Publication,
  type PublishOptions,
  writeVersion,
} from "./write_version.ts";

/**
 * Writes a released family as a new immutable version under
 * `data/<code6>/released/<dataset>/`. A crash at any moment leaves the whole
 * version or none. Throws `Problem` "Conflict" when two publish at once.
 */
export async function publish(
  released: Released,
  options: PublishOptions,
): Promise<Publication> {
  const { dataset, municipality, tables, certificate, witnesses } = released;
  return await writeVersion({
    municipality,
    about: aboutReleased(released),
    rows: tables,
    certificate,
    ...(witnesses && { witnesses }),
    stem: dataset.id,
  }, options);
}

/**
 * Takes a version back: its files answer 410 with this reason from now on. The
 * version itself stays on disk, since what was public once stays known.
 */
export async function withdraw(
  { dir }: PublishedVersion,
  reason: Text,
): Promise<void> {
  const path = withdrawalPath(dir);
  await Deno.writeTextFile(`${path}.part`, JSON.stringify(reason, null, 2));
  using file = await Deno.open(`${path}.part`, { read: true });
  await file.sync();
  await Deno.rename(`${path}.part`, path);
  await markChangeIn(
    path.slice(0, path.lastIndexOf("/", path.lastIndexOf("/") - 1)),
  );
}
