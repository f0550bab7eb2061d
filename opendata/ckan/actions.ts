import type { Card } from "../catalogue/card.ts";
import { type Theme, THEMES } from "../dataset.ts";
import {
  cardOfPackage,
  CkanRefusal,
  flagOf,
  notFound,
  onlyKnown,
  type Parameters,
  requiredText,
  type Source,
  versionOf,
  wholeOf,
} from "./action.ts";
import { datastoreSearch, resourceOf } from "./datastore.ts";
import { ckanId } from "./identity.ts";
import {
  groupDict,
  LICENCES,
  organizationDict,
  packageDict,
  resourceDict,
  tagDict,
  tagsOf,
} from "./package.ts";
import { packageSearch } from "./package_search.ts";

type Action = (source: Source, parameters: Parameters) => unknown;

const MOST_PACKAGES = 1_000;

/** The actions of CKAN's API that there are here (version 3). */
const ACTIONS: Readonly<Record<string, Action>> = {
  package_search: packageSearch,
  datastore_search: datastoreSearch,

  async package_list({ shelf }, parameters) {
    onlyKnown(parameters, ["limit", "offset"]);
    const names = (await shelf.cards()).map(({ id }) => id).sort();
    const offset = wholeOf(parameters, "offset", 0, 1e9);
    return names.slice(offset, offset + wholeOf(parameters, "limit", 1e9, 1e9));
  },

  async package_show(source, parameters) {
    onlyKnown(parameters, ["id", "use_default_schema", "include_tracking"]);
    return await shown(
      source,
      await cardOfPackage(source, requiredText(parameters, "id")),
    );
  },

  async current_package_list_with_resources(source, parameters) {
    onlyKnown(parameters, ["limit", "offset"]);
    const offset = wholeOf(parameters, "offset", 0, 1e9);
    const limit = wholeOf(parameters, "limit", MOST_PACKAGES, MOST_PACKAGES);
    const cards = (await source.shelf.cards()).toSorted((a, b) =>
      a.modified < b.modified || (a.modified === b.modified && a.id > b.id)
        ? 1
        : -1
    );
    return await Promise.all(
      cards.slice(offset, offset + limit).map((card) => shown(source, card)),
    );
  },

  async resource_show(source, parameters) {
    onlyKnown(parameters, ["id", "include_tracking"]);
    const { version: { manifest }, file, position, card } = await resourceOf(
      source,
      requiredText(parameters, "id"),
    );
    return resourceDict(file, position, manifest, card, source.origin);
  },

  async organization_list(source, parameters) {
    onlyKnown(parameters, ["all_fields", "limit", "offset", "sort"]);
    const cities = byCity(await source.shelf.cards());
    const offset = wholeOf(parameters, "offset", 0, 1e9);
    const part = [...cities].slice(
      offset,
      offset + wholeOf(parameters, "limit", MOST_PACKAGES, MOST_PACKAGES),
    );
    return flagOf(parameters, "all_fields", false)
      ? part.flatMap(([, cards]) => organization(cards))
      : part.map(([code]) => code);
  },

  async organization_show(source, parameters) {
    onlyKnown(parameters, ["id", "include_datasets", "include_dataset_count"]);
    const id = requiredText(parameters, "id");
    const cards = [...byCity(await source.shelf.cards())].find(([code]) =>
      code === id || ckanId("organization", code) === id
    )?.[1];
    if (cards === undefined) throw notFound();
    const [city] = organization(cards);
    if (!flagOf(parameters, "include_datasets", false)) return city;
    const packages = cards.slice(0, MOST_PACKAGES).map((card) =>
      shown(source, card)
    );
    return { ...city, packages: await Promise.all(packages) };
  },

  group_list(_, parameters) {
    onlyKnown(parameters, ["all_fields"]);
    const themes = Object.keys(THEMES) as Theme[];
    return flagOf(parameters, "all_fields", false)
      ? themes.map(groupDict)
      : themes.map((one) => one.toLowerCase());
  },

  async tag_list({ shelf }, parameters) {
    onlyKnown(parameters, ["query", "all_fields"]);
    const tags = [...new Set((await shelf.cards()).flatMap(tagsOf))].sort();
    const query = parameters["query"];
    const found = typeof query === "string"
      ? tags.filter((tag) => tag.includes(query))
      : tags;
    return flagOf(parameters, "all_fields", false) ? found.map(tagDict) : found;
  },

  license_list(_, parameters) {
    onlyKnown(parameters, []);
    return Object.entries(LICENCES).map(([spdx, { id, title }]) => ({
      id,
      title,
      status: "active",
      od_conformance: "approved",
      is_okd_compliant: true,
      domain_content: true,
      domain_data: true,
      url: `https://spdx.org/licenses/${spdx}.html`,
    }));
  },

  status_show({ origin }, parameters) {
    onlyKnown(parameters, []);
    return {
      site_title: "Hiraku",
      site_description: "オープンデータ",
      site_url: origin,
      ckan_version: "2.11.0",
      error_emails_to: null,
      locale_default: "ja",
      extensions: ["datastore"],
    };
  },
};

export const ACTION_NAMES: readonly string[] = Object.keys(ACTIONS);

/** Runs an action by its name. Throws `CkanRefusal`. */
export async function ckanAction(
  source: Source,
  name: string,
  parameters: Parameters,
): Promise<unknown> {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) {
    throw new CkanRefusal(
      404,
      `The action "${name}" is not supported; there are ${
        Object.keys(ACTIONS).sort().join(", ")
      }`,
    );
  }
  return await action(source, parameters);
}

async function shown(source: Source, card: Card): Promise<unknown> {
  const { manifest } = await versionOf(source, card);
  return packageDict(manifest, card, source.origin);
}

function byCity(cards: readonly Card[]): ReadonlyMap<string, Card[]> {
  return Map.groupBy(cards, ({ municipality }) => municipality.code);
}

function organization(cards: readonly Card[]): Record<string, unknown>[] {
  const [first] = cards;
  return first === undefined ? [] : [organizationDict(first, cards.length)];
}
