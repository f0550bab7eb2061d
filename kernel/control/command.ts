import type { Clock } from "../clock.ts";
import { ulid } from "../id.ts";
import type { Control } from "./open.ts";

/** Something a page or the CLI asks of *work*. */
export interface Command {
  readonly id: string;
  readonly municipality: string;
  /** `run`, `import` or `publish`. */
  readonly kind: string;
  readonly arguments: Record<string, unknown>;
  readonly requestedBy: string;
}

export interface CommandState {
  readonly taken: boolean;
  /** 0 to 1. */
  readonly progress: number;
  readonly outcome: "succeeded" | "failed" | null;
  readonly result: unknown;
}

export async function requestCommand(
  control: Control,
  clock: Clock,
  command: Omit<Command, "id">,
): Promise<string> {
  const id = ulid(clock.now().getTime());
  await control.insertInto("command").values({
    id,
    municipality: command.municipality,
    kind: command.kind,
    arguments: JSON.stringify(command.arguments),
    requested_by: command.requestedBy,
    requested_at: clock.now().toISOString(),
    progress: 0,
    taken_at: null,
    finished_at: null,
    outcome: null,
    result: null,
  }).execute();
  return id;
}

/**
 * The oldest unfinished command, marked as taken. A command that a dead
 * process had taken is taken again, so what it does must bear repeating.
 */
export async function takeCommand(
  control: Control,
  clock: Clock,
): Promise<Command | undefined> {
  const row = await control.selectFrom("command").selectAll()
    .where("finished_at", "is", null).orderBy("id").limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await control.updateTable("command")
    .set({ taken_at: clock.now().toISOString() })
    .where("id", "=", row.id).execute();
  return {
    id: row.id,
    municipality: row.municipality,
    kind: row.kind,
    arguments: JSON.parse(row.arguments),
    requestedBy: row.requested_by,
  };
}

export async function reportProgress(
  control: Control,
  id: string,
  progress: number,
): Promise<void> {
  await control.updateTable("command").set({ progress })
    .where("id", "=", id).execute();
}

export async function finishCommand(
  control: Control,
  clock: Clock,
  id: string,
  outcome: "succeeded" | "failed",
  result: unknown,
): Promise<void> {
  await control.updateTable("command").set({
    finished_at: clock.now().toISOString(),
    progress: 1,
    outcome,
    result: JSON.stringify(result ?? null),
  }).where("id", "=", id).execute();
}

export async function commandState(
  control: Control,
  id: string,
): Promise<CommandState | undefined> {
  const row = await control.selectFrom("command")
    .select(["taken_at", "progress", "outcome", "result"])
    .where("id", "=", id).executeTakeFirst();
  return row && {
    taken: row.taken_at !== null,
    progress: row.progress,
    outcome: row.outcome,
    result: row.result === null ? null : JSON.parse(row.result),
  };
}
