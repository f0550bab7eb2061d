import { Problem } from "@hiraku/kernel";
import type { Command } from "@hiraku/kernel/control";
import { z } from "zod";
import type { CityWork, CityWorkOptions } from "../city_work.ts";
import { argumentsOf } from "../command_arguments.ts";
import type { Handler } from "../commands.ts";
import { suppressed } from "../people/erase_command.ts";
import { recorded } from "../recorded.ts";
import { snapshotsIn } from "./snapshot.ts";

const Named = z.object({ name: z.string() });
const Restore = Named.extend({ acceptLoss: z.boolean().default(false) });

/** Commands about snapshots of the warehouse. */
export function snapshotHandlers(
  options: CityWorkOptions,
  cityOf: (command: Command) => CityWork,
): Record<string, Handler> {
  return {
    "snapshot.take": {
      run: async (command) => {
        const { land, snapshots } = cityOf(command);
        await land();
        return await snapshots.take();
      },
    },
    "snapshot.list": {
      run: async ({ municipality }) => ({
        snapshots: await snapshotsIn(options.layout.snapshots(municipality)),
      }),
    },
    "snapshot.remove": {
      run: async (command) => {
        const { name } = argumentsOf(Named, command);
        await cityOf(command).snapshots.remove(name);
        return { removed: name };
      },
    },
    "snapshot.restore": {
      run: async (command) => {
        const { name, acceptLoss } = argumentsOf(Restore, command);
        const city = cityOf(command);
        // Nothing of the present may be on its way when it is replaced.
        await city.land();
        let refused: unknown;
        const outcome = await recorded(
          options,
          command.municipality,
          "restore",
          async () => {
            const restored = await city.snapshots.restore(name, {
              acceptLoss,
              suppressed: await suppressed(options, city),
            }).catch((error) => {
              refused = error;
              throw error;
            });
            await city.land();
            city.live.all();
            const { landsAgain, erased, lost } = restored;
            const detail = `${landsAgain} segments land again, ` +
              `${erased} rows of erased people stay away, ${lost} rows lost`;
            return { restored, detail };
          },
        );
        if (outcome !== undefined) return outcome.restored;
        // Why it may not be done is for whoever asked, too.
        if (refused instanceof Problem) throw refused;
        throw new Problem("Unavailable", "The restore failed; see its run");
      },
    },
  };
}
