import { Problem } from "@hiraku/kernel";

type LanguageMap = Readonly<Record<string, string | readonly string[]>>;

const RANGE =
  /^(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)(?:\s*;\s*q=(0(?:\.\d{1,3})?|1(?:\.0{1,3})?))?$/;
const REMEMBERED = 500;
const remembered = new Map<string, readonly string[]>();

/** The ranges of a language filter, best first, CIM 009 4.15. Throws `BadRequestData`. */
export function languageRanges(filter: string): readonly string[] {
  const known = remembered.get(filter);
  if (known !== undefined) return known;
  const ranges = filter.split(",").map((text) => {
    const [, range, weight = "1"] = RANGE.exec(text.trim()) ?? [];
    if (range !== undefined) return { range, weight: Number(weight) };
    throw new Problem("BadRequestData", "Parameter 'lang': not a language");
  });
  const wanted = ranges.filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ range }) => range.toLowerCase());
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(filter, wanted);
  return wanted;
}

/** The language of a map that a filter gets: the best match, or any. */
export function chosenLanguage(map: LanguageMap, filter: string): string {
  const tags = Object.keys(map);
  for (const range of languageRanges(filter)) {
    const tag = lookup(tags, range);
    if (tag !== undefined) return tag;
  }
  return anyOf(tags);
}

// RFC 4647 3.4, then 3.3.1: `en` also finds `en-US`.
function lookup(tags: readonly string[], range: string): string | undefined {
  if (range === "*") return anyOf(tags);
  for (let end = range.length; end > 0; end = range.lastIndexOf("-", end - 1)) {
    const shorter = range.slice(0, end);
    const exact = tags.find((tag) => tag.toLowerCase() === shorter);
    if (exact !== undefined) return exact;
  }
  return tags.find((tag) => tag.toLowerCase().startsWith(`${range}-`));
}

function anyOf(tags: readonly string[]): string {
  return tags.find((tag) => tag === "@none") ?? tags[0] ?? "@none";
}
