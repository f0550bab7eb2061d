import { Problem } from "@hiraku/kernel";
import { listLinks, type NewLink } from "@hiraku/kernel/control";
import type { Installation } from "../installation.ts";

/** Refuses a link by which entities would go round and round. */
export async function requireSense(
  { config, control }: Pick<Installation, "config" | "control">,
  { municipality, direction, address, tenant, types }: NewLink,
): Promise<void> {
  const own = [config.origin, `http://${config.hostname}:${config.port}`];
  const ours = config.municipalities.find(({ code }) => code === municipality);
  if (own.includes(address) && tenant === ours?.tenant) {
    throw new Problem("Conflict", "The outside broker is the city's own");
  }
  const links = await listLinks(control, municipality);
  const opposite = links.some((one) =>
    one.direction !== direction && one.address === address &&
    one.tenant === tenant && one.types.some((type) => types.includes(type))
  );
  if (!opposite) return;
  throw new Problem(
    "Conflict",
    "Another link carries these types between the two brokers the other way",
  );
}
