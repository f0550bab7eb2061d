import { intervalOf, linearTrend } from "../forecast.ts";
import { readTable } from "../table.ts";
import {
  type Check,
  digits,
  type Expected,
  near,
  textOf,
} from "./_reference.ts";

function csvOf(series: readonly number[]): { csv: string[] } {
  return { csv: ["t,n", ...[...series].map((n, i) => `${i + 1},${n}`)] };
}

export const forecastChecks: readonly Check[] = [
  {
    name:
      "forecast carries the KPI series on by a line and by Holt's recursion",
    check: ({ kpi_trend_demo: known }, read) => {
      const { series, prediction95 } = known;
      for (const [month, found] of Object.entries<number[]>(prediction95)) {
        const steps = Number(month) - series.length;
        const made = read("forecast", csvOf(series), {
          outcome: "n",
          time: "t",
          steps,
          model: { kind: "linear" },
        });
        const [value = NaN, low = NaN, high = NaN] = found;
        digits(made.estimate, value, 8);
        digits(made.interval.low, low, 8);
        digits(made.interval.high, high, 8);
        const same = intervalOf(linearTrend.predict([...series], steps));
        digits(same.low, low, 8);
      }
      const line = read("ols", csvOf(series), {
        outcome: "n",
        terms: ["t"],
        estimate: "t",
      });
      near(line.details.coefficients[0].estimate, known.ols.intercept, 1e-9);
      near(line.estimate, known.ols.slope, 1e-9);
      const holt = known["holt_alpha0.5_beta0.3"];
      const { details } = read("forecast", csvOf(series), {
        outcome: "n",
        time: "t",
        steps: 3,
        model: { kind: "holt", alpha: 0.5, beta: 0.3 },
      });
      digits(details.level, holt.level, 9);
      digits(details.trend, holt.trend, 9);
      digits(details.sumOfSquares, holt.SSE, 8);
      [...holt.forecast].forEach((value: number, i) =>
        digits(details.predictions[i].value, value, 9)
      );
    },
  },
  {
    name: "forecast finds the Nile's local level and its smoothing",
    check: ({ nile }, read) => {
      const by = (model: Expected) =>
        read("forecast", nile.file, {
          outcome: "flow",
          time: "year",
          steps: 1,
          model,
        });
      const { details } = by({ kind: "local-level" });
      const { sigma2_eps, sigma2_eta, tolerance_rel: far } = nile.local_level;
      near(details.observation, sigma2_eps, sigma2_eps * far);
      near(details.step, sigma2_eta, sigma2_eta * far);

      const given = by({ kind: "level", alpha: nile.ses.alpha }).details;
      digits(given.level, nile.ses.last_level, 8);
      digits(given.sumOfSquares, nile.ses.SSE, 10);
      near(by({ kind: "level" }).details.alpha, nile.ses.alpha, 1e-4);

      const ets = by({ kind: "ets-ann" });
      const { point, lo95, hi95, tolerance_rel } = nile.ets_ANN_forecast_1971;
      near(ets.estimate, point, point * tolerance_rel);
      near(ets.interval.low, lo95, lo95 * tolerance_rel);
      near(ets.interval.high, hi95, hi95 * tolerance_rel);
    },
  },
  {
    name: "forecast runs Holt and Winters' recursion as R does",
    check: ({ airpassengers_hw: known }, read) => {
      const series = readTable(textOf(known.file)).rows
        .map(([, n]) => Number(n));
      for (const season of ["additive", "multiplicative"] as const) {
        const { alpha, beta, gamma, SSE } = known[season];
        const { details } = read("forecast", csvOf(series), {
          outcome: "n",
          time: "t",
          steps: 3,
          model: {
            kind: "holt-winters",
            season,
            period: 12,
            alpha,
            beta,
            gamma,
          },
        });
        // The parameters are given to six digits.
        digits(details.sumOfSquares, SSE, 5);
        if (season === "additive") continue;
        [...known.multiplicative.forecast_1961_01_03].forEach((value, i) =>
          digits(details.predictions[i].value, value, 6)
        );
      }
    },
  },
];
