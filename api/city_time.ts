/** An instant in the city's time, to the second. */
export function cityTime(instant: string): string {
  return new Date(Date.parse(instant) + 9 * 3_600_000).toISOString()
    .slice(0, 19).replace("T", " ");
}
