import { assetStatuses, lastRuns } from "@hiraku/kernel/control";
import {
  columns,
  type Command,
  type Invocation,
  option,
  requireConfigured,
  Usage,
} from "./command.ts";
import { ask } from "./work.ts";

const MUNICIPALITY = { municipality: { type: "string" } } as const;
const OF = "--municipality CODE  of which municipality";

function cityOf(on: Invocation): string {
  const code = option(on, "municipality");
  requireConfigured(on.installation.config, code);
  return code;
}

const runs: Command = {
  name: "runs",
  operands: "",
  summary: "List the last runs with their rows",
  options: { ...MUNICIPALITY, limit: { type: "string" } },
  help: [
    "--municipality CODE  of which municipality (default: all)",
    "--limit N  how many (default 30)",
  ],
  async run(on) {
    const limit = Number(option(on, "limit", "30"));
    if (!Number.isInteger(limit) || limit < 1) {
      throw new Usage("--limit: a number");
    }
    const { municipality } = on.values;
    if (municipality !== undefined) {
      requireConfigured(on.installation.config, municipality);
    }
    const all = await lastRuns(on.installation.control, {
      ...(typeof municipality === "string" && { municipality }),
      limit,
    });
    return {
      value: all,
      text: columns([
        [
          "STARTED",
          "CITY",
          "PIPELINE",
          "OUTCOME",
          "IN",
          "LANDED",
          "DUP",
          "QUAR",
          "SUPP",
          "DETAIL",
        ],
        ...all.map((one) => [
          one.startedAt,
          one.municipality,
          one.pipeline,
          one.outcome,
          String(one.rowsIn),
          String(one.landed),
          String(one.duplicate),
          String(one.quarantined),
          String(one.suppressed),
          one.detail ?? "",
        ]),
      ]),
    };
  },
};

const freshness: Command = {
  name: "freshness",
  operands: "",
  summary: "Show how fresh each pipeline's figures are",
  options: MUNICIPALITY,
  help: [OF],
  async run(on) {
    const all = await assetStatuses(on.installation.control, cityOf(on));
    return {
      value: all,
      text: columns([
        ["PIPELINE", "STATE", "NEWEST", "LAST SUCCESS", "OWED BY", "WAITING"],
        ...all.map((one) => [
          one.asset,
          one.state,
          one.newest ?? "",
          one.lastSuccessAt ?? "",
          one.dueAt ?? "",
          String(one.waiting),
        ]),
      ]),
      code: all.some(({ state }) => state === "late" || state === "failed")
        ? 1
        : 0,
    };
  },
};

const plan: Command = {
  name: "plan",
  operands: "",
  summary: "Show what would be computed now, and why; computes nothing",
  options: MUNICIPALITY,
  help: [OF],
  async run(on) {
    const done = await ask(on, cityOf(on), "plan", {});
    const { partitions, jobs } = done.value as {
      partitions: {
        asset: string;
        partition: string;
        reason: string;
        events: number;
      }[];
      jobs: { job: string; next: string | null; missed: string }[];
    };
    const table = columns([
      ["ASSET", "PARTITION", "WHY", "EVENTS"],
      ...partitions.map((one) => [
        one.asset,
        one.partition,
        one.reason,
        String(one.events),
      ]),
    ]);
    const next = columns([
      ["JOB", "NEXT", "MISSED RUNS"],
      ...jobs.map((one) => [one.job, one.next ?? "never", one.missed]),
    ]);
    return { value: done.value, text: `${table}\n\n${next}`, code: done.code };
  },
};

const backfill: Command = {
  name: "backfill",
  operands: "ASSET",
  summary:
    "Compute partitions that are missing or failed ('all' for every asset)",
  options: {
    ...MUNICIPALITY,
    from: { type: "string" },
    to: { type: "string" },
    only: { type: "string" },
    force: { type: "boolean" },
  },
  help: [
    OF,
    "--from DAY|MONTH, --to DAY|MONTH  which partitions (default: all)",
    "--only missing,failed,late,redefined  why (default missing,failed)",
    "--force  also those that stand as they should",
  ],
  async run(on) {
    const [asset] = on.operands;
    if (asset === undefined) throw new Usage("The ASSET is missing");
    const { from, to, only, force } = on.values;
    return await ask(on, cityOf(on), "backfill", {
      asset,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(typeof only === "string" && { only: only.split(",") }),
      force: force === true,
    });
  },
};

const FILTER = {
  ...MUNICIPALITY,
  type: { type: "string" },
  code: { type: "string" },
  field: { type: "string" },
} as const;
const FILTERS = [
  OF,
  "--type, --code, --field  only events of this type, fault or field",
];

function filterOf({ values }: Invocation): Record<string, unknown> {
  const { type, code, field } = values;
  return {
    ...(type !== undefined && { type }),
    ...(code !== undefined && { code }),
    ...(field !== undefined && { field }),
  };
}

const quarantineList: Command = {
  name: "quarantine list",
  operands: "",
  summary: "Count quarantined events by what is wrong with them",
  options: FILTER,
  help: FILTERS,
  async run(on) {
    const done = await ask(on, cityOf(on), "quarantine.list", filterOf(on));
    const { groups } = done.value as {
      groups: Record<string, string | number>[];
    };
    return {
      value: groups,
      text: columns([
        ["TYPE", "FAULT", "FIELD", "ROWS", "OLDEST", "NEWEST"],
        ...groups.map((one) =>
          ["type", "code", "field", "rows", "oldest", "newest"].map((name) =>
            String(one[name])
          )
        ),
      ]),
      code: done.code,
    };
  },
};

const quarantineShow: Command = {
  name: "quarantine show",
  operands: "",
  summary: "Show quarantined events, without their persons",
  options: { ...FILTER, limit: { type: "string" } },
  help: [...FILTERS, "--limit N  how many (default 20)"],
  async run(on) {
    const done = await ask(on, cityOf(on), "quarantine.show", {
      ...filterOf(on),
      limit: Number(option(on, "limit", "20")),
    });
    const { events } = done.value as { events: unknown[] };
    return {
      value: events,
      text: events.map((one) => JSON.stringify(one)).join("\n"),
      code: done.code,
    };
  },
};

const quarantineReplay: Command = {
  name: "quarantine replay",
  operands: "",
  summary: "Mend quarantined events by a rule and land those that now fit",
  options: {
    ...FILTER,
    set: { type: "string", multiple: true },
    drop: { type: "string", multiple: true },
  },
  help: [
    ...FILTERS,
    "--set FIELD=VALUE  such as data.method=qr (JSON, or else a text)",
    "--drop FIELD       leave a field out; both may be repeated",
  ],
  async run(on) {
    const set: Record<string, unknown> = {};
    for (const one of [on.values["set"] ?? []].flat()) {
      const at = String(one).indexOf("=");
      if (at < 1) throw new Usage("--set: FIELD=VALUE");
      set[String(one).slice(0, at)] = valueOf(String(one).slice(at + 1));
    }
    const drop = [on.values["drop"] ?? []].flat().map(String);
    return await ask(on, cityOf(on), "quarantine.replay", {
      ...filterOf(on),
      set,
      drop,
    });
  },
};

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Commands of whoever looks after the pipelines. */
export const runningCommands: readonly Command[] = [
  runs,
  freshness,
  plan,
  backfill,
  quarantineList,
  quarantineShow,
  quarantineReplay,
];
