import { cityDay } from "@hiraku/kernel";
import { auditFiles, protectFiles, verifyFiles } from "@hiraku/opendata";
import { type FileCommand, option, Usage } from "./command.ts";

const protect: FileCommand = {
  name: "protect",
  operands: "",
  summary: "Protect the tables a spec names and certify the outcome",
  options: {
    spec: { type: "string" },
    out: { type: "string" },
    policy: { type: "string" },
  },
  help: [
    "--spec SPEC.json  what to protect and how (docs/disclosure.md)",
    "--policy FILE     the city's policy; weaker rules need a signed waiver",
    "--out DIR         a new folder for released.csv, certificate.json, report.json",
  ],
  onFiles: true,
  async run(on) {
    const spec = option(on, "spec");
    const { policy } = on.values;
    const report = await protectFiles(
      spec,
      option(on, "out"),
      seconds,
      typeof policy === "string"
        ? { policyPath: policy, today: cityDay(on.clock.now()) }
        : undefined,
    );
    const { withheld, cells, primary, secondary, intervals } = report;
    const lines = [
      `${withheld} of ${cells} cells withheld: ${primary} for their own sake, ${secondary} to protect those`,
      `Narrowest interval: ${intervals.narrowest ?? "unbounded"} values`,
      `${report.seconds.total.toFixed(2)} s, ${report.method}`,
      ...report.proposals.map(({ dimension, kind, codes, before, after }) =>
        `Coarser would withhold less (${percent(before)} small → ${
          percent(after)
        }): ${kind} '${dimension}' ${codes.join(", ")}`
      ),
    ];
    return { value: report, text: lines.join("\n") };
  },
};

const audit: FileCommand = {
  name: "audit",
  operands: "DIR [DIR …]",
  summary: "Attack released files: what can be told of each withheld cell",
  options: {
    spec: { type: "string" },
    "published-only": { type: "boolean" },
    seconds: { type: "string" },
  },
  help: [
    "--spec SPEC.json  the structure that everybody knows",
    "--published-only  do not look at the spec's data even for which cells are small",
    "--seconds N       give up after so long, which counts as failed (default 600)",
  ],
  onFiles: true,
  async run(on) {
    const limit = Number(on.values["seconds"] ?? 600);
    if (!(limit > 0)) throw new Usage("--seconds: a number above 0");
    const found = await auditFiles(option(on, "spec"), on.operands, {
      stopwatch: seconds,
      publishedOnly: on.values["published-only"] === true,
      seconds: limit,
    });
    const weak = found.intervals.filter((one) =>
      !one.g1 || (one.sensitive && !one.g2)
    );
    const lines = [
      found.passed ? "Passed" : "Failed",
      `${found.withheld} of ${found.cells} cells withheld, narrowest interval ${
        found.narrowest ?? "unbounded"
      }`,
      `G1 ${yes(found.g1)}, G2 ${
        yes(found.g2)
      }, G3 ${found.g3.holds} of ${found.g3.of}`,
      ...weak.slice(0, 20).map(({ cell, low, high }) =>
        `  ${JSON.stringify(cell)} ${low}–${high ?? "∞"}`
      ),
      ...found.findings.slice(0, 20).map(({ message, cell }) =>
        `  ${message}${cell === undefined ? "" : ` ${JSON.stringify(cell)}`}`
      ),
    ];
    return {
      value: found,
      text: lines.join("\n"),
      code: found.passed ? 0 : 1,
    };
  },
};

const verify: FileCommand = {
  name: "certificate verify",
  operands: "DIR",
  summary: "Check a certificate by addition alone",
  options: {},
  help: [],
  onFiles: true,
  async run({ operands: [dir] }) {
    if (dir === undefined) throw new Usage("DIR is missing");
    const verdict = await verifyFiles(dir);
    const { holds, withheld, witnesses, narrowest, faults } = verdict;
    return {
      value: verdict,
      text: [
        holds ? "The certificate holds" : "The certificate does not hold",
        `${withheld} withheld cells, ${witnesses} witnesses, narrowest interval ${
          narrowest ?? "none"
        }`,
        ...faults,
      ].join("\n"),
      code: holds ? 0 : 1,
    };
  },
};

function seconds(): number {
  return performance.now() / 1_000;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function yes(holds: boolean): string {
  return holds ? "holds" : "fails";
}

export const disclosureCommands: readonly FileCommand[] = [
  protect,
  audit,
  verify,
];
