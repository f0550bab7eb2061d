const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where a function of one peakless valley is smallest, by golden sections after a look along a grid. */
export function smallest(
  value: (at: number) => number,
  low: number,
  high: number,
): number {
  const steps = 40;
  const width = (high - low) / steps;
  let best = low;
  for (let i = 0; i <= steps; i++) {
    if (value(low + i * width) < value(best)) best = low + i * width;
  }
  let [a, b] = [Math.max(low, best - width), Math.min(high, best + width)];
  while (b - a > 1e-10 * (1 + Math.abs(a))) {
    const [x, y] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
    if (value(x) < value(y)) b = y;
    else a = x;
  }
  return (a + b) / 2;
}
