import { Problem } from "@hiraku/kernel";
import { bodyLimit } from "hono/body-limit";

const LARGEST = 64 * 1024;

/** Refuses a body larger than what a public form or a question needs. */
export const smallBody: ReturnType<typeof bodyLimit> = bodyLimit({
  maxSize: LARGEST,
  onError() {
    throw new Problem("PayloadTooLarge", `At most ${LARGEST} bytes`);
  },
});
