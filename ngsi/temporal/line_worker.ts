import { describeError } from "@hiraku/kernel";
import { type LineTask, writeLines } from "./history_lines.ts";
import type { LineAnswer } from "./line_writer.ts";

/** The thread of a `LineWriter`: one task at a time. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<LineTask>) => Promise<void>;
  postMessage(answer: LineAnswer): void;
};

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ restates: await writeLines(data) });
  } catch (error) {
    scope.postMessage({ failed: describeError(error) });
  }
};
