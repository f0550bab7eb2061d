import { Problem } from "@hiraku/kernel";
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Where the broker may send requests of its own, besides public addresses. */
export interface OutboundRules {
  /** Whether private, loopback and link-local addresses may be reached. */
  readonly allowPrivate: boolean;
  /** Host names or addresses that may be reached wherever they lie. */
  readonly allowedHosts: readonly string[];
}

/** Nothing but public addresses. */
export const PUBLIC_ONLY: OutboundRules = {
  allowPrivate: false,
  allowedHosts: [],
};

// IANA special-purpose address registries, and multicast.
const NOT_PUBLIC = new BlockList();
for (
  const [net, bits] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const
) NOT_PUBLIC.addSubnet(net, bits, "ipv4");
for (
  const [net, bits] of [
    // Unspecified, loopback, IPv4-compatible and IPv4-mapped.
    ["::", 64],
    ["64:ff9b::", 96],
    ["64:ff9b:1::", 48],
    ["100::", 64],
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["3fff::", 20],
    ["5f00::", 16],
    ["fc00::", 7],
    ["fe80::", 9],
    ["ff00::", 8],
  ] as const
) NOT_PUBLIC.addSubnet(net, bits, "ipv6");

/** Whether everybody on the internet may own the address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return !NOT_PUBLIC.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** The host of a URL of any scheme, as WHATWG writes the hosts of http URLs. */
export function hostOf(url: URL): string {
  const written = url.hostname.toLowerCase();
  const http = `http://${written}/`;
  const host = URL.canParse(http) ? new URL(http).hostname : written;
  return host.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/**
 * Throws `BadRequestData` when a URL leads, by what is written in it, to where
 * the rules do not allow. A name is judged again by its addresses, in
 * `checkedLookup`.
 */
export function checkOutboundUrl(url: URL, rules: OutboundRules): void {
  const host = hostOf(url);
  if (rules.allowPrivate || rules.allowedHosts.includes(host)) return;
  const local = host === "localhost" || host.endsWith(".localhost") ||
    host === "";
  if (local || (isIP(host) !== 0 && !isPublicAddress(host))) {
    throw new Problem("BadRequestData", "The address is not a public one");
  }
}

/** A name has addresses that the rules do not allow. */
export class OutboundRefused extends Error {
  override readonly name = "OutboundRefused";
}

/**
 * Looks names up for a connection and fails with `OutboundRefused` unless all
 * their addresses are allowed. The connection goes to the address that was
 * judged, so a name cannot change its meaning in between.
 */
export function checkedLookup(rules: OutboundRules): LookupFunction {
  return (hostname, options, answer) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) {
        return answer(error ?? new Error("No address"), "", 0);
      }
      const trusted = rules.allowPrivate ||
        rules.allowedHosts.includes(hostname.toLowerCase());
      if (
        !trusted && !addresses.every(({ address }) => isPublicAddress(address))
      ) {
        const refused = new OutboundRefused("The address is not a public one");
        return answer(refused, "", 0);
      }
      if (options.all) return answer(null, addresses);
      answer(null, first.address, first.family);
    });
  };
}
