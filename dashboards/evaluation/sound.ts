import { Problem } from "@hiraku/kernel";

/**
 * The answer without numbers that are none: what has an error of nought has no
 * statistic and no p-value (null), and any other such number is refused.
 */
export function sound<T extends object>(answer: T): T {
  return Object.fromEntries(
    Object.entries(answer).map(([name, one]) => [name, told(one, name)]),
  ) as T;
}

function told(value: unknown, place: string): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Problem(
      "BadRequestData",
      `spec: what is asked for leaves '${place}' without a number`,
    );
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((one, i) => told(one, `${place}.${i}`));
  }
  const untested = "standardError" in value && value.standardError === 0
    ? { statistic: null, pValue: null }
    : {};
  return Object.fromEntries(
    Object.entries({ ...value, ...untested })
      .map(([name, one]) => [name, told(one, `${place}.${name}`)]),
  );
}
