import { AudienceRule } from "@hiraku/kernel";
import { type Command, OVERRIDE_REASONS } from "@hiraku/kernel/control";
import { z } from "zod";
import type { CityWork, CityWorkOptions } from "../../city_work.ts";
import { argumentsOf } from "../../command_arguments.ts";
import type { Handler } from "../../commands.ts";
import { previewOf } from "./audience_people.ts";
import { unseenBy } from "./unseen.ts";

const Preview = z.strictObject({
  rule: AudienceRule,
  purpose: z.string(),
  recipient: z.string(),
  overrideReason: z.enum(OVERRIDE_REASONS).nullable(),
});
const Unseen = z.strictObject({ rule: AudienceRule });

/** What *work* answers of audiences: sizes, never who. */
export function audienceHandlers(
  { clock }: CityWorkOptions,
  cityOf: (command: Command) => CityWork,
): Record<string, Handler> {
  return {
    "audience.preview": {
      run: async (command) => {
        const { warehouse, municipality } = cityOf(command);
        const asked = argumentsOf(Preview, command);
        return await previewOf(warehouse, municipality, asked, clock.now());
      },
    },
    "audience.unseen": {
      run: async (command) => {
        const { rule } = argumentsOf(Unseen, command);
        const { warehouse } = cityOf(command);
        return { groups: await unseenBy(warehouse, rule, clock.now()) };
      },
    },
  };
}
