import { type LineTask, writeLines } from "./history_lines.ts";

export type LineAnswer =
  | { readonly restates: boolean }
  | { readonly failed: string };

/** Less is written sooner than it is handed over. */
const FOR_A_THREAD = 128 * 1024;

/** Writes outbox entries as files of lines, many of them in a thread beside the one that serves. */
export class LineWriter {
  #thread: Worker | undefined;

  /** Resolves to whether some of the lines stand for earlier ones. */
  async write(task: LineTask): Promise<boolean> {
    const size = task.entries.reduce((sum, { rows }) => sum + rows.length, 0);
    return size >= FOR_A_THREAD
      ? await this.#hand(task)
      : await writeLines(task);
  }

  close(): void {
    this.#thread?.terminate();
    this.#thread = undefined;
  }

  #hand(task: LineTask): Promise<boolean> {
    const thread = this.#thread ??= new Worker(
      new URL("./line_worker.ts", import.meta.url),
      { type: "module" },
    );
    return new Promise((resolve, reject) => {
      const failed = (reason: string) =>
        reject(new Error(`Writing lines failed: ${reason}`));
      thread.onmessage = ({ data }: MessageEvent<LineAnswer>) => {
        if ("failed" in data) failed(data.failed);
        else resolve(data.restates);
      };
      thread.onerror = (event) => {
        event.preventDefault();
        this.close();
        failed("the thread ended");
      };
      thread.postMessage(task);
    });
  }
}
