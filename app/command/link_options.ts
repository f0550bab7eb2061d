import { Problem } from "@hiraku/kernel";
import type { LinkDirection } from "@hiraku/kernel/control";
import { type Invocation, option, Usage } from "./command.ts";

/** The direction of a new link. */
export function directionOf(text: string): LinkDirection {
  if (text === "push" || text === "follow") return text;
  throw new Usage("--direction: push or follow");
}

/** An http address as it is kept, without a slash at the end. */
export function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits = url !== undefined && /^https?:$/.test(url.protocol) &&
    url.hash === "";
  if (!fits) throw new Problem("BadRequestData", "Not an http address");
  if (url.username !== "" || url.password !== "") {
    throw new Usage("An address holds no credential; use --header");
  }
  return url.href.replace(/\/$/, "");
}

/** The parts of a list with commas. */
export function list(text: string): string[] {
  return [...new Set(text.split(",").map((one) => one.trim()))];
}

/** Names of ours and what the other side calls them. */
export function pairs(on: Invocation, name: string): Record<string, string> {
  if (on.values[name] === undefined) return {};
  return Object.fromEntries(
    list(option(on, name)).map((pair) => {
      const [own = "", theirs = "", more] = pair.split("=");
      if (own !== "" && theirs !== "" && more === undefined) {
        return [own, theirs];
      }
      throw new Usage(`--${name}: pairs such as ours=theirs`);
    }),
  );
}

/** The value of the header with the credential, which stands in no command line. */
export async function readValue(): Promise<string> {
  if (Deno.stdin.isTerminal()) return prompt("Value of the header:") ?? "";
  const text = await new Response(Deno.stdin.readable).text();
  return text.split("\n")[0] ?? "";
}
