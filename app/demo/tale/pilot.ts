import type { Scene } from "./scene.ts";

/** Saga grants points for attending events to residents of every second district, to see what they do. */
export const PILOT = {
  code: "412015",
  /** Attendance of districts is counted from here on. */
  counted: "2025-04-01",
  since: "2026-04-01",
} as const;

/** Whether a district takes part in the pilot, by its place in the register. */
export function inPilot(district: number): boolean {
  return district % 2 === 0;
}

/** Whether attending an event brings a person points on that day. */
export function grantsPoints({ world, day }: Scene, person: number): boolean {
  if (world.code !== PILOT.code) return world.code === "252018";
  return day >= PILOT.since && inPilot(world.people.district[person] ?? 1);
}
