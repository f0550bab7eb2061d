/**
 * The least epsilon for which rho-zCDP gives (epsilon, delta) differential
 * privacy by the conversion of Canonne, Kamath and Steinke (2020), Cor. 13.
 * An upper bound for people to read; no noise is drawn from it.
 */
export function epsilonOf(rho: number, delta: number): number {
  if (rho <= 0) return 0;
  const at = (order: number) =>
    order * rho +
    (Math.log(1 / delta) + (order - 1) * Math.log1p(-1 / order) -
        Math.log(order)) /
      (order - 1);
  let low = 1 + 1e-9;
  let high = 1 + 1e6;
  for (let step = 0; step < 300; step++) {
    // In logarithms of order − 1, where the curve has one valley.
    const a = 1 + Math.exp(
      Math.log(low - 1) + (Math.log(high - 1) - Math.log(low - 1)) / 3,
    );
    const b = 1 + Math.exp(
      Math.log(low - 1) + 2 * (Math.log(high - 1) - Math.log(low - 1)) / 3,
    );
    if (at(a) < at(b)) high = b;
    else low = a;
  }
  return Math.max(0, at((low + high) / 2));
}
