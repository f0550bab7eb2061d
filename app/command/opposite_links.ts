import { type Control, listLinks, type NewLink } from "@hiraku/kernel/control";
import { Problem } from "@hiraku/kernel";

/** Refuses a link whose types come from where they would go to: they would go round. */
export async function requireNoOpposite(
  control: Control,
  { municipality, direction, address, tenant, types }: NewLink,
): Promise<void> {
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
