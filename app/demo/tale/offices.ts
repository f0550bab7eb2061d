import type { Scene } from "./scene.ts";

const MILESTONES: Readonly<Record<string, readonly [string, string, string]>> =
  {
    "2025-10-14": ["252018", "launch", "launch"],
    "2025-11-01": ["252018", "koho-2025-11", "pr"],
    "2025-11-09": ["252018", "drill-2025", "drill"],
    "2026-02-10": ["252018", "lottery-2026", "lottery"],
    "2026-02-16": ["252018", "survey-2026", "survey"],
    "2023-06-01": ["412015", "launch", "launch"],
    "2023-10-01": ["412015", "citizen-card", "release"],
  };
const PROCESSES = [
  ["shelter-reception", 2.1, 0.42],
  ["absence-phone", 3.5, 0.6],
  ["direct-debit", 14, 6],
] as const;
const MONTHS_OF_COST = [
  ["hosting", "operation", 410_000],
  ["licences", "operation", 260_000],
  ["posters", "promotion", 90_000],
] as const;

/** What offices, operators and the platform itself report, by day and by month. */
export function offices(scene: Scene): void {
  const { world, day, weekday } = scene;
  daily(scene);
  if (weekday === 1) weekly(scene);
  if (day.endsWith("-01")) monthly(scene);
  const milestone = MILESTONES[day];
  if (milestone?.[0] === world.code) {
    const [, name, kind] = milestone;
    scene.tell("milestone.reached", 9, {
      milestoneId: `${world.code}-${name}`,
      kind,
      date: day,
    });
  }
}

function daily(scene: Scene): void {
  const { day, weekday } = scene;
  if (weekday > 0 && weekday < 6) {
    const year = Number(day.slice(0, 4));
    scene.tell("contact.counted", 17.5, {
      channel: "phone",
      topic: "school-absence",
      date: day,
      count: Math.max(4, 60 - (year - 2023) * 16) + scene.upTo(8),
    });
    scene.tell("staff.access", 10 + 6 * scene.random(), {
      role: scene.one(["section", "officer", "analyst"]),
      object: scene.one(["dashboard", "quarantine", "survey-results"]),
      purpose: "operation",
    });
  }
  if (scene.app("Regional vouchers") !== undefined) {
    for (const medium of ["digital", "paper"] as const) {
      scene.tell("payment.reported", 23, {
        operatorId: "regional-pay",
        flow: scene.chance(0.85) ? "redeemed" : "issued",
        medium,
        districtCode: scene.district(),
        shopCategory: scene.one(["food", "clothing", "repair", "medicine"]),
        date: day,
        count: 10 + scene.upTo(60),
        amountYen: 1_000 * (10 + scene.upTo(90)),
      });
    }
  }
}

function weekly(scene: Scene): void {
  const { world, day } = scene;
  for (const network of ["line", "x"] as const) {
    scene.tell("sns.report", 9, {
      network,
      account: `${world.city.municipality.tenant.split("_")[0]}-city`,
      date: day,
      followers: 20_000 + Math.round(world.registeredBy(day) * 0.3),
      posts: 2 + scene.upTo(5),
      impressions: 2_000 + scene.upTo(9_000),
      engagements: 50 + scene.upTo(300),
    });
  }
  scene.tell("dataflow.shared", 3, {
    from: `${world.code}-ma-01`,
    to: "partner-bus",
    contractId: `${world.code}-c-1`,
    items: ["district", "ageBand"],
    rows: 100 + scene.upTo(400),
  });
  if (scene.chance(0.3)) {
    scene.tell("sandbox.used", 14, {
      exercise: scene.one(["dashboard-1", "csv-2", "map-3"]),
      outcome: scene.chance(0.8) ? "completed" : "started",
      people: 3 + scene.upTo(9),
    });
  }
}

function monthly(scene: Scene): void {
  const { world, day } = scene;
  const month = previousMonth(day);
  for (const [processId, before, after] of PROCESSES) {
    const phase = day < "2024-04-01" ? "before" : "after";
    const cases = 80 + scene.upTo(60);
    const minutes = Math.round(cases * (phase === "before" ? before : after));
    scene.tell("stafftime.reported", 9, {
      processId,
      month,
      phase,
      cases,
      minutes,
    });
  }
  for (const [costId, kind, amountYen] of MONTHS_OF_COST) {
    scene.tell("cost.reported", 9, { costId, month, kind, amountYen });
  }
  for (const os of ["ios", "android"] as const) {
    scene.tell("release.published", 5, {
      appVersion: `3.${Number(day.slice(2, 4)) * 12 + Number(day.slice(5, 7))}`,
      os,
      featureFlags: day > "2025-04-01" ? ["new-home"] : [],
    });
  }
  scene.tell("provider.changed", 11, {
    providerId: `prov-${world.code}-${month}`,
    kind: scene.one(["district", "company", "citizen"]),
    stage: scene.one(["applied", "reviewed", "live"]),
  });
}

function previousMonth(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(0);
  return date.toISOString().slice(0, 7);
}
