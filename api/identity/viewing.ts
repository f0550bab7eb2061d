import { Role } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import { z } from "zod";
import { type Caller, PUBLIC } from "./caller.ts";
import { hashSecret } from "./secret.ts";

/** As whom an admin looks at pages. */
export const Viewed = z.union([Role, z.literal("public")]);
export type Viewed = z.infer<typeof Viewed>;

/** Whether a caller may look as somebody else: an admin, also while looking. */
export function mayView({ kind, roles, viewing }: Caller): boolean {
  return (kind === "account" || viewing !== undefined) &&
    [...(viewing?.own ?? roles).values()].some((held) => held.has("admin"));
}

/** The caller as somebody of a role would be, who still may no more than he may himself. */
export function viewedAs(caller: Caller, as: Viewed): Caller {
  const own = caller.roles;
  const both = [...own].map(([code, held]) =>
    [
      code,
      new Set([...held].filter((role) => role === as)),
    ] as const
  );
  return {
    ...(as === "public" ? PUBLIC : caller),
    id: caller.id,
    roles: new Map(both),
    viewing: { as, own },
  };
}

/** Keeps with the session as whom it looks; null ends it. */
export async function setViewing(
  control: Control,
  token: string,
  as: Viewed | null,
): Promise<void> {
  await control.updateTable("session").set({ view_as: as })
    .where("token_hash", "=", hashSecret(token)).execute();
}
