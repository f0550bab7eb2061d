/**
 * A place where a crash must lose nothing. In production `boundary()` does
 * nothing; a kill test arms one place and the process dies there by SIGKILL.
 */
let armed: { place: string; left: number } | undefined;

/** Arms `place:count`; called once at the start of a process. */
export function armBoundary(spec: string | undefined): void {
  if (spec === undefined) return;
  const [place = "", count = "1"] = spec.split(/:(?=\d+$)/);
  armed = { place, left: Number(count) };
}

/** Marks a write boundary by name, such as `collector.synced`. */
export function boundary(place: string): void {
  if (armed === undefined || armed.place !== place) return;
  armed.left -= 1;
  if (armed.left <= 0) Deno.kill(Deno.pid, "SIGKILL");
}
