import { Problem } from "@hiraku/kernel";
import {
  type Command,
  finishCommand,
  reportProgress,
  takeCommand,
} from "@hiraku/kernel/control";
import { reason, type Recorder } from "./recorded.ts";

/** How commands of one kind are done. */
export interface Handler {
  /** The answer is what the command's sender reads as the result. */
  run(
    command: Command,
    onProgress: (progress: number) => void,
  ): Promise<unknown>;
  /** After the result is kept, whatever it is. */
  over?(command: Command): Promise<void>;
}

/**
 * Takes the oldest command, if there is one, and does it. A failure becomes
 * the command's result, unless the process is stopping: then the next process
 * takes the command again. Answers whether there was one.
 */
export async function doNextCommand(
  { control, clock, log }: Recorder,
  handlers: Readonly<Record<string, Handler>>,
  isStopping: () => boolean,
): Promise<boolean> {
  const command = await takeCommand(control, clock);
  if (command === undefined) return false;
  const { id, kind, municipality } = command;
  let shown = 0;
  let showing: Promise<void> = Promise.resolve();
  const onProgress = (progress: number) => {
    if (progress - shown < 0.01) return;
    shown = progress;
    showing = showing.then(() => reportProgress(control, id, progress));
  };
  const handler = handlers[kind];
  try {
    if (handler === undefined) {
      throw new Problem(
        "OperationNotSupported",
        `Command '${kind}' is not known`,
      );
    }
    const result = await handler.run(command, onProgress);
    await showing;
    await finishCommand(control, clock, id, "succeeded", result);
  } catch (error) {
    if (isStopping()) return false;
    const detail = reason(error);
    log.error("A command failed", { municipality, kind, detail });
    await finishCommand(control, clock, id, "failed", { detail });
  }
  await handler?.over?.(command);
  return true;
}
