import type { Context as HonoContext } from "hono";
import { acceptedType } from "./accepted_type.ts";

interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Adds links to the pages before and after this one, CIM 009 6.3.10. */
export function addPageLinks(
  c: HonoContext,
  { limit, offset }: Page,
  more: boolean,
): void {
  if (limit === 0 || (offset === 0 && !more)) return;
  const type = acceptedType(c.req.header("Accept"), true);
  const link = (to: number, relation: string) => {
    const target = pageAddress(c.req.url, { limit, offset: to });
    const value = `<${target}>;rel="${relation}";type="${type}"`;
    c.header("Link", value, { append: true });
  };
  if (offset > 0) link(Math.max(0, offset - limit), "prev");
  if (more) link(offset + limit, "next");
}

const addresses = new Map<string, string>();
const MOST_REMEMBERED = 1000;

function pageAddress(from: string, page: Page): string {
  const key = `${page.limit} ${page.offset} ${from}`;
  let address = addresses.get(key);
  if (address === undefined) {
    address = newAddress(from, page);
    if (addresses.size >= MOST_REMEMBERED) addresses.clear();
    addresses.set(key, address);
  }
  return address;
}

function newAddress(from: string, { limit, offset }: Page): string {
  const { pathname, searchParams } = new URL(from);
  searchParams.set("limit", String(limit));
  searchParams.set("offset", String(offset));
  searchParams.sort();
  const parameters = [...searchParams]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  return `${pathname.replace(/\/$/, "")}?${parameters.join("&")}`;
}

/** Colons and slashes mean nothing in a query, and are easier to read as they are. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/%3A/g, ":").replace(/%2F/g, "/");
}
