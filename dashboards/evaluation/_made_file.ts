/** A file of `n` rows under a header. */
export function file(
  header: string,
  n: number,
  row: (i: number) => readonly (string | number)[],
): string {
  return [header, ...Array.from({ length: n }, (_, i) => row(i).join(","))]
    .join("\n");
}

/** The same number between 0 and 1 for the same row. */
export const noise = (i: number): number => (i * 7919 % 97) / 97;
