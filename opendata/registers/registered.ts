import type { MiniApp, Municipality } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import { withNames } from "./names.ts";
import { outlineSheet, withOutlines } from "./outlines.ts";
import { entriesOf } from "./register.ts";
import { miniApps } from "./services.ts";

/**
 * The municipality as its registers have it: a mini-app that the register
 * knows is as it says there, the others are as configured; so are outlines
 * until an officer has approved others. Codes have the names of all registers.
 */
export async function registered(
  control: Control,
  configured: Municipality,
): Promise<Municipality> {
  const municipality = await withNames(
    control,
    withOutlines(
      configured,
      await outlineSheet(control, configured.code, "approved"),
    ),
  );
  const entries = await entriesOf(control, municipality.code, miniApps);
  if (entries.length === 0) return municipality;
  const known = new Map<string, MiniApp>(
    municipality.miniApps.map((one) => [one.id, one]),
  );
  for (const entry of entries) {
    const { id, status, since, nameJa, nameEn, categoryJa, categoryEn } = entry;
    known.set(id, {
      id,
      name: { ja: nameJa, en: nameEn },
      category: { ja: categoryJa, en: categoryEn },
      ...(status !== "planned" && since !== undefined && { since }),
    });
  }
  const byId = (a: MiniApp, b: MiniApp) => a.id < b.id ? -1 : 1;
  return { ...municipality, miniApps: [...known.values()].sort(byId) };
}
