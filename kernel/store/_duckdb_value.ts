import {
  BIGINT,
  DOUBLE,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimeNSValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeTZValue,
  DuckDBTimeValue,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBValueConverter,
  type JS,
  JSDuckDBValueConverter,
} from "@duckdb/node-api";

export interface Bound {
  readonly values: DuckDBValue[];
  readonly types: DuckDBType[];
}

/** Parameters as the driver binds them; arrays and objects become JSON text. */
export function bound(parameters: readonly unknown[]): Bound {
  const values = parameters.map(encode);
  // An absent type lets the driver infer it; its own typing knows no such hole.
  return { values, types: values.map(typeOf) as DuckDBType[] };
}

const INT64 = 2n ** 63n;

function typeOf(value: DuckDBValue): DuckDBType | undefined {
  if (typeof value === "bigint" && value >= -INT64 && value < INT64) {
    return BIGINT;
  }
  const imprecise = typeof value === "number" && Number.isInteger(value) &&
    !Number.isSafeInteger(value);
  return imprecise ? DOUBLE : undefined;
}

function encode(value: unknown): DuckDBValue {
  switch (typeof value) {
    case "undefined":
      return null;
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return value;
    case "object":
      if (value === null) return null;
      if (value instanceof Date) {
        return new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n);
      }
      if (value instanceof Uint8Array) return new DuckDBBlobValue(value);
      return JSON.stringify(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be a parameter`);
  }
}

/**
 * Timestamps become `Date` (DuckDB's are UTC here), whole numbers `number` as
 * long as that is exact, DATE, TIME and DECIMAL text, nested values likewise.
 */
export function decode(
  value: DuckDBValue,
  type: DuckDBType,
  nested: DuckDBValueConverter<JS>,
): JS | null {
  if (typeof value === "bigint") {
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampTZValue
  ) return new Date(Number(value.micros / 1000n));
  if (value instanceof DuckDBTimestampMillisecondsValue) {
    return new Date(Number(value.millis));
  }
  if (value instanceof DuckDBTimestampSecondsValue) {
    return new Date(Number(value.seconds) * 1000);
  }
  if (value instanceof DuckDBTimestampNanosecondsValue) {
    return new Date(Number(value.nanos / 1_000_000n));
  }
  if (
    value instanceof DuckDBDateValue || value instanceof DuckDBDecimalValue ||
    value instanceof DuckDBTimeValue || value instanceof DuckDBTimeNSValue ||
    value instanceof DuckDBTimeTZValue
  ) return value.toString();
  if (value instanceof DuckDBBlobValue) return new Uint8Array(value.bytes);
  return JSDuckDBValueConverter(value, type, nested);
}
