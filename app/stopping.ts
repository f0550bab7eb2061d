/**
 * Resolves once the process is asked to stop: by SIGTERM, by SIGINT, or by the
 * end of standard input when a launcher holds its other end.
 */
export function stopRequested(launched: boolean): Promise<string> {
  return new Promise((resolve) => {
    Deno.addSignalListener("SIGTERM", () => resolve("SIGTERM"));
    // Ctrl-C reaches the whole process group; the launcher passes on a SIGTERM.
    Deno.addSignalListener(
      "SIGINT",
      () => launched ? undefined : resolve("SIGINT"),
    );
    if (launched) void endOfInput().then(() => resolve("launcher gone"));
  });
}

async function endOfInput(): Promise<void> {
  const chunk = new Uint8Array(64);
  while (await Deno.stdin.read(chunk) !== null);
}
