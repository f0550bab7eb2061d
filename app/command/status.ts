import { countsOf, lastRuns } from "@hiraku/kernel/control";
import { columns, type Command, requireConfigured, Usage } from "./command.ts";

const status: Command = {
  name: "status",
  operands: "",
  summary: "Show the newest runs and what was refused, by name",
  options: { municipality: { type: "string" }, limit: { type: "string" } },
  help: [
    "--municipality CODE  only this one",
    "--limit N            how many runs (default 20)",
  ],
  async run({ installation: { control, config }, values }) {
    const { municipality } = values;
    const limit = Number(values["limit"] ?? 20);
    if (!Number.isInteger(limit) || limit < 1) {
      throw new Usage("--limit: a whole number from 1");
    }
    if (municipality !== undefined) requireConfigured(config, municipality);
    const runs = await lastRuns(control, {
      ...(typeof municipality === "string" ? { municipality } : {}),
      limit,
    });
    const counts = await Promise.all(
      config.municipalities
        .filter(({ code }) =>
          municipality === undefined || code === municipality
        )
        .map(async ({ code }) => ({
          municipality: code,
          counts: await countsOf(control, code),
        })),
    );
    const rows = runs.map((run) => [
      run.startedAt.slice(0, 19),
      run.municipality,
      run.pipeline,
      run.outcome,
      String(run.rowsIn),
      String(run.landed),
      String(run.duplicate),
      String(run.quarantined),
      String(run.suppressed),
    ]);
    const head = [
      "STARTED",
      "CITY",
      "PIPELINE",
      "OUTCOME",
      "IN",
      "LANDED",
      "DUPLICATE",
      "QUARANTINED",
      "SUPPRESSED",
    ];
    const refused = counts.flatMap((city) =>
      city.counts.map((one) => [
        city.municipality,
        one.kind,
        one.name,
        String(one.count),
      ])
    );
    return {
      value: { runs, counts },
      text: columns([head, ...rows]) +
        (refused.length === 0 ? "" : `\n\n${columns(refused)}`),
    };
  },
};

export const statusCommands: readonly Command[] = [status];
