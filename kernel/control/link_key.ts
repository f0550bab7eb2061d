import { dirname } from "node:path";
import { z } from "zod";
import { Problem } from "../problem.ts";

/** The header with which the outside broker knows us. */
const LinkKey = z.strictObject({
  header: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/),
  value: z.string().regex(/^[\x20-\x7e]+$/),
});
export type LinkKey = z.infer<typeof LinkKey>;

/** Whether it can be sent as a header. */
export function isLinkKey(key: LinkKey): boolean {
  return LinkKey.safeParse(key).success;
}

/** Keeps the credential of a link in a file that only its owner reads. */
export async function writeLinkKey(path: string, key: LinkKey): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await Deno.open(path, {
    write: true,
    createNew: true,
    mode: 0o600,
  });
  try {
    await file.write(new TextEncoder().encode(JSON.stringify(key)));
    await file.sync();
  } finally {
    file.close();
  }
}

/** The header to send; none where the link has no credential. Throws `Unavailable`. */
export async function readLinkKey(
  path: string,
): Promise<Record<string, string>> {
  try {
    const { header, value } = LinkKey.parse(
      JSON.parse(await Deno.readTextFile(path)),
    );
    return { [header]: value };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw new Problem(
      "Unavailable",
      "The credential of a link is not readable",
    );
  }
}

export async function removeLinkKey(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
