import type { Card } from "../catalogue/card.ts";
import type { Shelf } from "../catalogue/shelf.ts";
import type { PublishedVersion } from "../released_folder.ts";
import { ckanId } from "./identity.ts";

/** The parameters of an action, from a query or a JSON body. */
export type Parameters = Readonly<Record<string, unknown>>;

/** A refusal in CKAN's own words. */
export class CkanRefusal extends Error {
  override readonly name = "CkanRefusal";
  readonly status: 404 | 409;
  readonly fields: Readonly<Record<string, readonly string[]>>;

  constructor(
    status: 404 | 409,
    message: string,
    fields: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

export function notFound(): CkanRefusal {
  return new CkanRefusal(404, "Not found");
}

export function invalid(parameter: string, why: string): CkanRefusal {
  return new CkanRefusal(409, why, { [parameter]: [why] });
}

/** What actions answer from. */
export interface Source {
  readonly shelf: Shelf;
  readonly origin: string;
}

export function textOf(
  parameters: Parameters,
  name: string,
): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  throw invalid(name, "Not a single value");
}

export function requiredText(parameters: Parameters, name: string): string {
  const value = textOf(parameters, name);
  if (value === undefined) throw invalid(name, "Missing value");
  return value;
}

export function wholeOf(
  parameters: Parameters,
  name: string,
  otherwise: number,
  most: number,
): number {
  const text = textOf(parameters, name);
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw invalid(name, "Must be a natural number");
  return Math.min(Number(text), most);
}

export function flagOf(
  parameters: Parameters,
  name: string,
  otherwise: boolean,
): boolean {
  const text = textOf(parameters, name)?.toLowerCase();
  if (text === undefined) return otherwise;
  if (["true", "1", "yes"].includes(text)) return true;
  if (["false", "0", "no"].includes(text)) return false;
  throw invalid(name, "Must be true or false");
}

/** Lists in JSON, such as `["tags"]`, or as a JSON body has them. */
export function listOf(parameters: Parameters, name: string): string[] {
  const value = parameters[name];
  if (value === undefined || value === "") return [];
  let list = value;
  if (typeof value === "string") {
    if (!value.startsWith("[")) {
      return value.split(",").map((one) => one.trim());
    }
    try {
      list = JSON.parse(value);
    } catch {
      throw invalid(name, "Could not parse as valid JSON");
    }
  }
  if (Array.isArray(list) && list.every((one) => typeof one === "string")) {
    return list;
  }
  throw invalid(name, "Not a list of strings");
}

/** Refuses what no one implements here, by name. */
export function onlyKnown(
  parameters: Parameters,
  known: readonly string[],
): void {
  for (const name of Object.keys(parameters)) {
    if (!known.includes(name)) {
      throw invalid(name, `The parameter "${name}" is not supported`);
    }
  }
}

const byId = new WeakMap<readonly Card[], ReadonlyMap<string, Card>>();

/** The dataset of a CKAN name or id. */
export async function cardOfPackage(
  { shelf }: Source,
  id: string,
): Promise<Card> {
  const cards = await shelf.cards();
  let index = byId.get(cards);
  if (index === undefined) {
    index = new Map(
      cards.flatMap((card) =>
        [[card.id, card], [ckanId("package", card.id), card]] as const
      ),
    );
    byId.set(cards, index);
  }
  const card = index.get(id);
  if (card === undefined) throw notFound();
  return card;
}

/** The newest version of a card. */
export async function versionOf(
  { shelf }: Source,
  { municipality, dataset }: Card,
): Promise<PublishedVersion> {
  const version = await shelf.latest(municipality.code, dataset);
  if (version === undefined) throw notFound();
  return version;
}
