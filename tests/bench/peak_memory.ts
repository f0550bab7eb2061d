/** Forgets how much memory this process held at the most; Linux only. */
export async function resetPeak(): Promise<void> {
  await Deno.writeTextFile("/proc/self/clear_refs", "5");
}

/** The most that was resident since then, in MiB. */
export async function peakMebibytes(): Promise<number> {
  const status = await Deno.readTextFile("/proc/self/status");
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
}
