/** Rows of a query as an Arrow IPC stream; what is no number is text. */
export async function arrowBytes(
  columns: readonly { readonly name: string; readonly type: string }[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<Uint8Array> {
  const arrow = await import("apache-arrow");
  const vectors = columns.map(({ name, type }) => {
    const values = rows.map((row) => row[name] ?? null);
    if (/INT/.test(type)) {
      return arrow.vectorFromArray(
        values.map((one) => one === null ? null : BigInt(String(one))),
        new arrow.Int64(),
      );
    }
    if (/DOUBLE|FLOAT|DECIMAL/.test(type)) {
      return arrow.vectorFromArray(
        values.map((one) => one === null ? null : Number(one)),
        new arrow.Float64(),
      );
    }
    return arrow.vectorFromArray(
      values.map((one) => one === null ? null : String(one)),
      new arrow.Utf8(),
    );
  });
  const table = new arrow.Table(
    Object.fromEntries(
      columns.map(({ name }, at) => [name, vectors[at]]),
    ) as Record<string, NonNullable<(typeof vectors)[number]>>,
  );
  return arrow.tableToIPC(table, "stream");
}
