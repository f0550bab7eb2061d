import { z } from "zod";
import { type HarvestRules, readJson, unusable } from "./read_json.ts";
import type { Entry } from "./source.ts";

const text = z.string().nullish().transform((one) => one ?? "");

const Package = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  title: text,
  notes: text,
  license_title: text,
  license_id: text,
  organization: z.object({ title: text }).nullish(),
  tags: z.array(z.object({ name: z.string() })).default([]),
  resources: z.array(z.object({ format: text })).default([]),
});

const Found = z.object({
  success: z.literal(true),
  result: z.object({ count: z.int(), results: z.array(Package) }),
});

const A_PAGE = 100;
export const MOST_ENTRIES = 50_000;

/** Every dataset of a CKAN portal, or a `Problem`; never a part. */
export async function readCkan(
  address: string,
  rules: HarvestRules,
): Promise<Entry[]> {
  const base = address.replace(/\/$/, "");
  const entries = new Map<string, Entry>();
  let count: number | undefined;
  for (let start = 0; count === undefined || start < count; start += A_PAGE) {
    const query = new URLSearchParams({
      rows: String(A_PAGE),
      start: String(start),
      sort: "name asc",
    });
    const answer = Found.safeParse(
      await readJson(`${base}/api/3/action/package_search?${query}`, rules),
    );
    if (!answer.success) throw unusable("it is no answer of CKAN");
    const { result } = answer.data;
    // A page that shifted would hide a dataset between two pages.
    if (count !== undefined && count !== result.count) {
      throw unusable("it changed while it was read");
    }
    count = result.count;
    if (count > MOST_ENTRIES) {
      throw unusable(`it names more than ${MOST_ENTRIES} datasets`);
    }
    const expected = Math.min(A_PAGE, count - start);
    if (result.results.length !== Math.max(expected, 0)) {
      throw unusable("a page is not whole");
    }
    for (const one of result.results) entries.set(one.id, entryOf(one, base));
  }
  if (entries.size !== count) throw unusable("it names a dataset twice");
  return [...entries.values()];
}

function entryOf(one: z.infer<typeof Package>, base: string): Entry {
  return {
    id: one.id,
    title: one.title || one.name,
    description: one.notes,
    address: `${base}/dataset/${encodeURIComponent(one.name)}`,
    publisher: one.organization?.title ?? "",
    licence: one.license_title || one.license_id,
    formats: [...new Set(one.resources.map(({ format }) => format))]
      .filter((format) => format !== ""),
    keywords: one.tags.map(({ name }) => name),
  };
}
