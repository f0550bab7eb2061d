import type { Names } from "../context/names.ts";
import { createOrReplace } from "../entity/change.ts";
import type { Entity } from "../entity/entity.ts";
import { type EntityDraft, readEntity } from "../entity/read_entity.ts";
import { renderEntity } from "../entity/render_entity.ts";

const VIEW = { representation: "normalized", sysAttrs: false } as const;
const NEVER = "1970-01-01T00:00:00.000Z";

/** An entity as one broker writes it, in the names of another. Throws `BadRequestData`. */
export function carryOver(
  sent: unknown,
  from: Names,
  to: Names,
): Record<string, unknown> {
  return renderEntity(asKept(readEntity(sent, from)), VIEW, to);
}

/** The entity that a draft becomes where there was none. */
export function asKept(draft: EntityDraft): Entity {
  const kept = createOrReplace(draft, NEVER)(undefined);
  if (kept === undefined) throw new Error("A draft makes an entity");
  return kept;
}
