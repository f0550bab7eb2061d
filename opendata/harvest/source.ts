import type { Layout } from "@hiraku/kernel";
import { Problem } from "@hiraku/kernel";
import { z } from "zod";
import { markChangeIn } from "../catalogue/change_mark.ts";

/** A dataset of another portal, as its feed describes it. */
export const Entry = z.object({
  /** The portal's own, which tells it apart from the portal's others. */
  id: z.string().min(1),
  title: z.string().min(1),
  description: z.string(),
  /** Where it is described; an http or https address of theirs. */
  address: z.url({ protocol: /^https?$/ }),
  publisher: z.string(),
  licence: z.string(),
  formats: z.array(z.string()),
  keywords: z.array(z.string()),
});
export type Entry = z.infer<typeof Entry>;

/** Another portal and what it offered when its feed was last read whole. */
export const Source = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  /** The municipality on whose pages it is shown. */
  municipality: z.string(),
  kind: z.enum(["ckan", "dcat"]),
  /** Of the CKAN portal without `/api`, or of the first page of a DCAT feed. */
  address: z.url({ protocol: /^https?$/ }),
  /** What the portal is called. */
  title: z.string().min(1),
  /** When its feed was last read whole; absent before that. */
  harvestedAt: z.iso.datetime().optional(),
  /** Why the last attempt took nothing in; absent after one that did. */
  failure: z.string().optional(),
  entries: z.array(Entry),
});
export type Source = z.infer<typeof Source>;

/** Every source, by id. */
export async function listSources(layout: Layout): Promise<Source[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(layout.harvest)) {
      if (name.endsWith(".json")) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return await Promise.all(
    names.sort().map(async (name) =>
      Source.parse(
        JSON.parse(await Deno.readTextFile(`${layout.harvest}/${name}`)),
      )
    ),
  );
}

/** Throws `ResourceNotFound` when there is no such source. */
export async function findSource(layout: Layout, id: string): Promise<Source> {
  const found = (await listSources(layout)).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Problem("ResourceNotFound", `There is no source '${id}'`);
}

/** Keeps a source in place of what was kept of it, whole or not at all. */
export async function keepSource(
  layout: Layout,
  source: Source,
): Promise<void> {
  await Deno.mkdir(layout.harvest, { recursive: true });
  const path = `${layout.harvest}/${source.id}.json`;
  const part = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(part, JSON.stringify(Source.parse(source)));
  {
    using file = await Deno.open(part, { read: true });
    await file.sync();
  }
  await Deno.rename(part, path);
  await markChangeIn(layout.harvest);
}

/** Forgets a source and all its entries. */
export async function removeSource(
  layout: Layout,
  { id }: Source,
): Promise<void> {
  await Deno.remove(`${layout.harvest}/${id}.json`);
  await markChangeIn(layout.harvest);
}
