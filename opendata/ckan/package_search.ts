import type { Card } from "../catalogue/card.ts";
import { search } from "../catalogue/search.ts";
import {
  flagOf,
  invalid,
  listOf,
  onlyKnown,
  type Parameters,
  type Source,
  textOf,
  versionOf,
  wholeOf,
} from "./action.ts";
import { ckanId } from "./identity.ts";
import { LICENCES, packageDict, tagsOf } from "./package.ts";

const MOST_ROWS = 1_000;
const KNOWN = [
  "q",
  "fq",
  "fq_list",
  "rows",
  "start",
  "sort",
  "facet",
  "facet.field",
  "facet.limit",
  "facet.mincount",
  // There is nothing of these kinds, so that every value means the same.
  "include_drafts",
  "include_deleted",
  "include_private",
  "use_default_schema",
];

/** What a dataset has under each field that CKAN's index knows and people ask for. */
const FIELDS: Readonly<Record<string, (card: Card) => readonly string[]>> = {
  name: ({ id }) => [id],
  id: ({ id }) => [ckanId("package", id), id],
  organization: ({ municipality }) => [municipality.code],
  owner_org: ({ municipality }) => [
    ckanId("organization", municipality.code),
  ],
  groups: ({ theme }) => [theme.toLowerCase()],
  tags: tagsOf,
  res_format: ({ formats }) =>
    formats.map((one) => one === "jsonld" ? "JSON-LD" : one.toUpperCase()),
  license_id: ({ licence }) => [LICENCES[licence]?.id ?? licence],
  state: () => ["active"],
  dataset_type: () => ["dataset"],
  type: () => ["dataset"],
  capacity: () => ["public"],
};
const FACETS = ["organization", "groups", "tags", "res_format", "license_id"];

/** CKAN's `package_search`: words and filters, facets, in parts. */
export async function packageSearch(
  source: Source,
  parameters: Parameters,
): Promise<Record<string, unknown>> {
  onlyKnown(parameters, KNOWN);
  const rows = wholeOf(parameters, "rows", 10, MOST_ROWS);
  const start = wholeOf(parameters, "start", 0, 1e9);
  const all = await source.shelf.cards();
  const query = parsed("q", textOf(parameters, "q") ?? "*:*");
  const filters = [
    ...query.filters,
    ...[textOf(parameters, "fq") ?? "", ...listOf(parameters, "fq_list")]
      .flatMap((one) => {
        const { words, filters } = parsed("fq", one);
        if (words !== "") throw invalid("fq", "Ask for field:value");
        return filters;
      }),
  ];
  const narrowed = all.filter((card) => filters.every((one) => one(card)));
  const { cards } = search(narrowed, { words: query.words });
  const sorted = inOrder(cards, textOf(parameters, "sort"));
  const part = sorted.slice(start, start + rows);
  const facets = flagOf(parameters, "facet", true)
    ? listOf(parameters, "facet.field")
    : [];
  const counted = Object.fromEntries(
    facets.map((field) => [field, count(sorted, field, parameters)]),
  );
  return {
    count: sorted.length,
    sort: textOf(parameters, "sort") ?? "score desc, metadata_modified desc",
    results: await Promise.all(
      part.map(async (card) =>
        packageDict(
          (await versionOf(source, card)).manifest,
          card,
          source.origin,
        )
      ),
    ),
    facets: counted,
    search_facets: Object.fromEntries(
      Object.entries(counted).map(([field, counts]) => [field, {
        title: field,
        items: Object.entries(counts).map(([name, count]) => ({
          name,
          display_name: name,
          count,
        })),
      }]),
    ),
  };
}

function count(
  cards: readonly Card[],
  field: string,
  parameters: Parameters,
): Record<string, number> {
  const values = FIELDS[field];
  if (values === undefined || !FACETS.includes(field)) {
    throw invalid("facet.field", `"${field}" is none of ${FACETS.join(", ")}`);
  }
  const counts = new Map<string, number>();
  for (const card of cards) {
    for (const value of values(card)) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const limit = textOf(parameters, "facet.limit");
  // CKAN means by -1 that there is no limit.
  const most = limit === "-1"
    ? Infinity
    : wholeOf(parameters, "facet.limit", 50, 1e6);
  const least = wholeOf(parameters, "facet.mincount", 1, 1e6);
  return Object.fromEntries(
    [...counts].filter(([, n]) => n >= least)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, most),
  );
}

type Filter = (card: Card) => boolean;

const PART =
  /([+-]?)(?:([a-z_]+):)?(?:"([^"]*)"|\[([^\]]*)\]|\(([^)]*)\)|([^\s()"]+))/gu;

/** Words and `field:value` conditions, the part of Solr's syntax that harvesters use. */
function parsed(
  parameter: string,
  text: string,
): { words: string; filters: Filter[] } {
  const words: string[] = [];
  const filters: Filter[] = [];
  for (const match of text.matchAll(PART)) {
    const [whole = "", sign, field, quoted, range, list, plain] = match;
    if (whole === "*:*" || whole === "AND") continue;
    if (whole === "OR" || whole === "NOT") {
      throw invalid(
        parameter,
        `"${whole}" is not supported between conditions`,
      );
    }
    if (field === undefined) {
      if (range !== undefined || list !== undefined) {
        throw invalid(parameter, `"${whole}" is not supported`);
      }
      const word = quoted ?? plain ?? "";
      if (word !== "*" && word !== "*:*") words.push(word);
      continue;
    }
    const filter = condition(parameter, field, { quoted, range, list, plain });
    filters.push(sign === "-" ? (card) => !filter(card) : filter);
  }
  return { words: words.join(" "), filters };
}

function condition(
  parameter: string,
  field: string,
  { quoted, range, list, plain }: Record<
    "quoted" | "range" | "list" | "plain",
    string | undefined
  >,
): Filter {
  if (field === "metadata_modified" && range !== undefined) {
    const [from = "*", to = "*"] = range.split(/ TO /);
    const at = (text: string) =>
      Date.parse(/Z$/.test(text) ? text : `${text}Z`);
    return ({ modified }) =>
      (from === "*" || Date.parse(modified) >= at(from)) &&
      (to === "*" || Date.parse(modified) <= at(to));
  }
  if (range !== undefined) {
    throw invalid(parameter, `A range of "${field}" is not supported`);
  }
  const wanted = quoted ?? plain ?? "";
  if (field === "title" || field === "notes" || field === "text") {
    return (card) => search([card], { words: wanted }).cards.length > 0;
  }
  const values = FIELDS[field];
  if (values === undefined) {
    throw invalid(parameter, `The field "${field}" is not supported`);
  }
  const any = list === undefined
    ? [wanted]
    : list.split(/\s+OR\s+/).map((one) => one.replaceAll('"', "").trim());
  return (card) =>
    any.includes("*") || values(card).some((value) => any.includes(value));
}

const ORDERS: Readonly<Record<string, (card: Card) => string>> = {
  id: ({ id }) => ckanId("package", id),
  name: ({ id }) => id,
  title: ({ title }) => title.ja,
  title_string: ({ title }) => title.ja,
  metadata_modified: ({ modified }) => modified,
  metadata_created: ({ issued }) => issued,
};

function inOrder(
  cards: readonly Card[],
  sort: string | undefined,
): readonly Card[] {
  const [first = ""] = (sort ?? "").split(",");
  const [field = "", direction = "asc"] = first.trim().split(/\s+/);
  if (field === "" || field === "score" || field === "relevance") return cards;
  const key = ORDERS[field];
  if (key === undefined) throw invalid("sort", `Cannot sort by "${field}"`);
  const turn = direction.toLowerCase() === "desc" ? -1 : 1;
  return cards.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right
      ? (a.id < b.id ? -1 : 1)
      : turn * (left < right ? -1 : 1);
  });
}
