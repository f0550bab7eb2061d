import type { Language, Municipality } from "@hiraku/kernel";
import {
  defaultNames,
  type EntityReads,
  renderEntity,
  SHELTER_OCCUPANCY,
} from "@hiraku/ngsi";
import { z } from "zod";

/** Exact current figures of one open shelter, for those who run it. */
export interface Occupancy {
  readonly name: string;
  readonly mode: string;
  readonly people: number;
  readonly parties: number;
  /** UTC. */
  readonly observedAt: string;
}

const ExactFigures = z.object({
  id: z.string(),
  operatingMode: z.object({ value: z.string() }),
  evacueeTotal: z.object({ value: z.number(), observedAt: z.string() }),
  evacueeHouseholds: z.object({ value: z.number() }),
});

/** The open shelters of a municipality as those who run them read them, by name. */
export async function occupancies(
  reads: EntityReads,
  city: Municipality,
  language: Language,
): Promise<Occupancy[]> {
  const names = defaultNames("");
  const { entities } = await reads.query({
    selectors: [{ types: [[SHELTER_OCCUPANCY]] }],
    limit: 1_000,
    offset: 0,
    count: false,
  });
  return entities.map((entity) => {
    const one = ExactFigures.parse(
      renderEntity(
        entity,
        { representation: "normalized", sysAttrs: false },
        names,
      ),
    );
    const id = decodeURIComponent(one.id.split(":").at(-1) ?? "");
    const shelter = city.shelters.find((known) => known.id === id);
    return {
      name: shelter?.name[language] ?? id,
      mode: one.operatingMode.value,
      people: one.evacueeTotal.value,
      parties: one.evacueeHouseholds.value,
      observedAt: one.evacueeTotal.observedAt,
    };
  }).sort((a, b) => a.name.localeCompare(b.name, language));
}
