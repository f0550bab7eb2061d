import { describeError } from "@hiraku/kernel";
import { historyLines } from "./history_lines.ts";
import type { LineAnswer, LineTask } from "./line_writer.ts";

/** The thread of a `LineWriter`: one task at a time. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<LineTask>) => Promise<void>;
  postMessage(answer: LineAnswer): void;
};

scope.onmessage = async ({ data: { file, entries } }) => {
  try {
    await Deno.writeTextFile(file, historyLines(entries).join("\n"));
    scope.postMessage({});
  } catch (error) {
    scope.postMessage({ failed: describeError(error) });
  }
};
