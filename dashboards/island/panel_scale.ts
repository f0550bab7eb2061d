import { steps } from "../charts/scale.ts";
import type { Panels, Run } from "../explore/answer.ts";

/** Where months and people lie in small charts that share one scale. */
export interface PanelScale {
  /** The most people that fit. */
  readonly top: number;
  /** Paths of months that follow each other. */
  line(run: Run): string;
  band(run: Run): string;
}

/** A scale for all panels: as many months, and as many people as the largest may have. */
export function panelScale(
  { panels }: Panels,
  { width, height }: { width: number; height: number },
): PanelScale {
  const most = panels.flatMap(({ estimates }) =>
    estimates.flatMap(({ value, within, status }) =>
      status === "not_measured" ? [] : [value + within]
    )
  );
  const top = steps(Math.max(0, ...most)).at(-1) ?? 1;
  const months = panels[0]?.estimates.length ?? 1;
  const point = (index: number, value: number) =>
    `${((index + 0.5) / months * width).toFixed(1)} ${
      (height - 1 - Math.max(0, value) / top * (height - 2)).toFixed(1)
    }`;
  return {
    top,
    line: (run) =>
      `M${run.map(({ index, value }) => point(index, value)).join("L")}h0.1`,
    band: (run) =>
      `M${
        [
          ...run.map(({ index, value, within }) =>
            point(index, value + within)
          ),
          ...run.toReversed().map(({ index, value, within }) =>
            point(index, value - within)
          ),
        ].join("L")
      }Z`,
  };
}
