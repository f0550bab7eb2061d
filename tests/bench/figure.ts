/** One measured figure beside what it is held against, both from the same run. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly against: string;
  readonly aim: string;
}

const encoder = new TextEncoder();

export function say(line = ""): void {
  const bytes = encoder.encode(line + "\n");
  for (let done = 0; done < bytes.length;) {
    done += Deno.stdout.writeSync(bytes.subarray(done));
  }
}

export function tell(title: string, figures: readonly Figure[]): void {
  say(`\n${title}`);
  const width = Math.max(...figures.map((one) => one.what.length));
  for (const { what, value, against, aim } of figures) {
    say(`  ${what.padEnd(width)}  ${value}  | ${against}  | ${aim}`);
  }
}

export function rate(count: number, ms: number): string {
  return `${Math.round(count / ms * 1_000).toLocaleString("en")}/s`;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[
    Math.min(sorted.length - 1, Math.floor(sorted.length * share))
  ] ??
    NaN;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
