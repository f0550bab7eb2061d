const DAY_MS = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const THREE = Array.from(
  { length: 1_000 },
  (_, n) => String(n).padStart(3, "0"),
);

let day = NaN;
let dayText = "";

/** What `toISOString()` says of an instant, ten times faster on the day of the last one. */
export function instantText(ms: number): string {
  const itsDay = Math.floor(ms / DAY_MS);
  if (itsDay !== day) {
    dayText = new Date(ms).toISOString().slice(0, -"00:00:00.000Z".length);
    day = itsDay;
  }
  const inDay = ms - itsDay * DAY_MS;
  const hour = TWO[Math.floor(inDay / 3_600_000)];
  const minute = TWO[Math.floor(inDay / 60_000) % 60];
  const second = TWO[Math.floor(inDay / 1_000) % 60];
  return `${dayText}${hour}:${minute}:${second}.${THREE[inDay % 1_000]}Z`;
}
