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
    const { text, restates } = historyLines(entries);
    await Deno.writeTextFile(file, text);
    scope.postMessage({ restates });
  } catch (error) {
    scope.postMessage({ failed: describeError(error) });
  }
};
