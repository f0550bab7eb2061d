import { Problem, startOfCityDay } from "@hiraku/kernel";
import {
  type Command,
  NO_ROWS,
  suppressedSubjects,
} from "@hiraku/kernel/control";
import { z } from "zod";
import type { CityWork, CityWorkOptions } from "../city_work.ts";
import { argumentsOf } from "../command_arguments.ts";
import type { Handler } from "../commands.ts";
import { discardFromInbox, readInbox } from "../inbox.ts";
import { recorded } from "../recorded.ts";
import { audienceHandlers } from "./audience/audience_commands.ts";
import { importAttributes } from "./attribute_import.ts";
import { dataflowRegister } from "./dataflow.ts";
import { attributeDrift } from "./drift.ts";
import { eraseCommand, scan } from "./erase_command.ts";
import { keepEpoch } from "./rekey.ts";

const ImportArguments = z.object({
  path: z.string(),
  fileName: z.string().min(1).max(200),
  kind: z.enum(["full", "delta"]),
  asOf: z.iso.date(),
});
const Span = z.object({ from: z.iso.date(), to: z.iso.date() });

/** Commands about people: attributes, keys, contracts. */
export function peopleHandlers(
  options: CityWorkOptions,
  cityOf: (command: Command) => CityWork,
): Record<string, Handler> {
  const { control, clock, layout } = options;
  return {
    ...audienceHandlers(options, cityOf),
    "import.attributes": {
      run: async (command) => {
        const { path, ...given } = argumentsOf(ImportArguments, command);
        const { warehouse, keyring } = cityOf(command);
        const { municipality: code } = command;
        const bytes = await readInbox(layout.inbox(code), path);
        keyring.refresh();
        const outcome = await recorded(
          options,
          code,
          "import.attributes",
          async (run) => {
            const report = await importAttributes({
              ...given,
              warehouse,
              bytes,
              keyring,
              run,
              clock,
              suppressed: (await suppressedSubjects(control, code))
                .map((one) => keyring.lift(one)),
            });
            const { rowsIn, landed, suppressed } = report;
            const rows = report.repeated
              ? NO_ROWS
              : { ...NO_ROWS, rowsIn, landed, suppressed };
            return { report, rows };
          },
        );
        if (outcome !== undefined) return outcome.report;
        throw new Problem("Unavailable", "The import failed; see its run");
      },
      over: (command) =>
        discardFromInbox(
          layout.inbox(command.municipality),
          String(command.arguments["path"]),
        ),
    },
    "attributes.drift": {
      run: async (command) => {
        const { from, to } = argumentsOf(Span, command);
        return {
          drift: await attributeDrift(
            cityOf(command).warehouse,
            startOfCityDay(from),
            startOfCityDay(to),
          ),
        };
      },
    },
    "keys.rekey": {
      run: async (command) => {
        const { warehouse, keyring } = cityOf(command);
        keyring.refresh();
        await warehouse.transaction().execute((tx) => keepEpoch(tx, keyring));
        return { epoch: keyring.epoch };
      },
    },
    erase: {
      run: (command) => eraseCommand(options, cityOf(command), command),
    },
    "erase.scan": {
      run: async (command) => ({
        residue: await scan(options, cityOf(command)),
      }),
    },
    dataflow: {
      run: (command) => dataflowRegister(cityOf(command).warehouse),
    },
  };
}
