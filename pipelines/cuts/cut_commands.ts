import { cityDay, Problem } from "@hiraku/kernel";
import {
  type Command,
  cutRequest,
  recordCutPreview,
} from "@hiraku/kernel/control";
import { DATASETS, previewCut, withCut } from "@hiraku/opendata";
import { z } from "zod";
import type { CityWork, CityWorkOptions } from "../city_work.ts";
import { argumentsOf } from "../command_arguments.ts";
import type { Handler } from "../commands.ts";
import { tallied } from "../tally.ts";
import { lastCompleteMonth } from "../usage_tables.ts";

const Asked = z.object({ request: z.string() });

/** Looks what a cut that is not released yet would withhold; only counts leave the warehouse. */
export function cutHandlers(
  { control, clock }: CityWorkOptions,
  cityOf: (command: Command) => CityWork,
): Record<string, Handler> {
  return {
    "cut.preview": {
      run: async (command) => {
        const { request: id } = argumentsOf(Asked, command);
        const city = cityOf(command);
        const { municipality } = city;
        const wanted = await cutRequest(control, municipality.code, id);
        try {
          const preview = await look(city, wanted, clock.now());
          await recordCutPreview(control, id, { preview });
        } catch (error) {
          // The request says why; anything but a refusal is a fault of ours.
          const failed = error instanceof Problem
            ? error.message
            : "The preview failed";
          await recordCutPreview(control, id, { failed });
          throw error;
        }
        return { request: id };
      },
    },
  };
}

async function look(
  { data, assets }: CityWork,
  { dataset: id, family, by }: {
    readonly dataset: string;
    readonly family: string;
    readonly by: readonly string[];
  },
  now: Date,
) {
  const dataset = DATASETS.find((one) => one.id === id);
  const asset = `${id}.${family}`;
  if (dataset === undefined || !assets.some((one) => one.id === asset)) {
    throw new Problem("BadRequestData", "family: nothing is counted so");
  }
  // As its registers have it: mini-apps and districts that rows may name.
  const { municipality, warehouse } = await data();
  const wanted = withCut(dataset, family, by);
  const through = lastCompleteMonth(now);
  const exact: Record<string, Record<string, unknown>[]> = {};
  for (const [name, table] of Object.entries(wanted.tables)) {
    exact[name] = await tallied(
      warehouse,
      asset,
      table,
      municipality,
      through,
    );
  }
  return previewCut(wanted, exact, municipality, cityDay(now));
}
