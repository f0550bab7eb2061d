/** Illness absences of one school on one school day. */
export interface SchoolDay {
  /** City day; days without school are not there. */
  readonly day: string;
  readonly absent: number;
  readonly enrolled: number;
}

/** What the judgement of one school day says. */
export interface AbsenceSignal {
  readonly day: string;
  readonly absent: number;
  /** Absences to be expected without an outbreak. */
  readonly expected: number;
  /** How likely so many or more are without an outbreak. */
  readonly p: number;
  readonly alarm: boolean;
}

export interface SignalOptions {
  /** False alarms a school day that the method is set to. */
  readonly falseAlarmRate: number;
  /** Fewest absences that are told; fewer could point at single children. */
  readonly fewest: number;
  /** School days that the expectation rests on. */
  readonly baselineDays: number;
  /** School days right before that are left out, so that an outbreak does not hide itself. */
  readonly guardDays: number;
}

export const SIGNAL: SignalOptions = {
  falseAlarmRate: 0.002,
  fewest: 5,
  baselineDays: 40,
  guardDays: 5,
};

/**
 * Judges each school day of one school against its own recent past: a negative
 * binomial whose mean follows the weekday and the first day after a break, and
 * whose spread is what the past showed, never less than a Poisson's. The past
 * is winsorised, so that an earlier outbreak does not blunt the next. Days
 * without enough past are not judged. `factor` says how much of a usual day's
 * absences a kind of day has in the whole city.
 */
export function absenceSignals(
  series: readonly SchoolDay[],
  factor: (day: string, previous: string | undefined) => number = () => 1,
  options: SignalOptions = SIGNAL,
): AbsenceSignal[] {
  const { baselineDays, guardDays, fewest, falseAlarmRate } = options;
  const judged: AbsenceSignal[] = [];
  const factors = series.map(({ day }, at) => factor(day, series[at - 1]?.day));
  for (let at = 0; at < series.length; at++) {
    const now = series[at];
    const end = at - guardDays;
    const start = Math.max(0, end - baselineDays);
    if (now === undefined || end - start < baselineDays / 2) continue;
    const rates: number[] = [];
    for (let i = start; i < end; i++) {
      const { absent, enrolled } = series[i] ?? now;
      rates.push(absent / Math.max(1, enrolled) / (factors[i] ?? 1));
    }
    const exposure = now.enrolled * (factors[at] ?? 1);
    const expected = mean(winsorised(rates)) * exposure;
    const spread = dispersion(winsorised(rates), exposure);
    const p = tail(now.absent, Math.max(expected, 0.1), spread);
    judged.push({
      day: now.day,
      absent: now.absent,
      expected,
      p,
      alarm: p < falseAlarmRate && now.absent >= fewest,
    });
  }
  return judged;
}

/**
 * How many absences a weekday, or the first day after a break, has against a
 * usual day, over all schools; shrunk towards one where there are few days.
 */
export function dayFactors(
  totals: readonly { readonly day: string; readonly rate: number }[],
): (day: string, previous: string | undefined) => number {
  const usual = median(totals.map(({ rate }) => rate));
  const seen = new Map<string, number[]>();
  totals.forEach(({ day, rate }, at) => {
    const kind = kindOf(day, totals[at - 1]?.day);
    seen.set(kind, [...seen.get(kind) ?? [], rate]);
  });
  return (day, previous) => {
    const rates = seen.get(kindOf(day, previous)) ?? [];
    if (usual === 0) return 1;
    const shrunk = (median(rates) * rates.length + usual * 4) /
      (rates.length + 4);
    return Math.max(0.25, shrunk / usual);
  };
}

const DAY_MS = 86_400_000;

function kindOf(day: string, previous: string | undefined): string {
  const gap = previous === undefined
    ? 1
    : (Date.parse(day) - Date.parse(previous)) / DAY_MS;
  if (gap > 3) return "after a break";
  return String(new Date(`${day}T00:00:00Z`).getUTCDay());
}

function winsorised(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length * 0.05)] ?? 0;
  const high = sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0;
  return values.map((one) => Math.min(high, Math.max(low, one)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) +
    (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** Winsorising takes about a third of the variance of what it cuts; the mean itself is uncertain too. */
const WINSORISED = 1.5;

/** Variance over mean of the counts to come, at least 1. */
function dispersion(rates: readonly number[], exposure: number): number {
  const average = mean(rates);
  if (average === 0) return 1.2;
  const squares = rates.map((one) => (one - average) ** 2);
  const variance = squares.reduce((sum, one) => sum + one, 0) /
    Math.max(1, rates.length - 1) * exposure ** 2 * WINSORISED;
  const counted = average * exposure;
  return Math.max(1, variance / counted) * (1 + 2 / rates.length) + 0.05;
}

/** P(X ≥ x) of a negative binomial with this mean and variance over mean. */
export function tail(x: number, average: number, spread: number): number {
  let term: number;
  let below = 0;
  const size = average / (spread - 1);
  const q = 1 - 1 / spread;
  if (spread <= 1.000001) {
    term = Math.exp(-average);
    for (let i = 0; i < x; i++) {
      below += term;
      term *= average / (i + 1);
    }
  } else {
    term = Math.exp(-size * Math.log(spread));
    for (let i = 0; i < x; i++) {
      below += term;
      term *= q * (size + i) / (i + 1);
    }
  }
  return Math.max(0, 1 - below);
}
