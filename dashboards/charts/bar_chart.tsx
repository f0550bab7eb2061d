import type { JSX } from "hono/jsx/jsx-runtime";

export interface Bar {
  readonly name: string;
  /** Length, 0 to 1. */
  readonly length: number;
  readonly words: string;
}

const ROW = 46;

/** Bars with their name above and their figure at the right edge. */
export function BarChart(
  { id, title, description, bars }: {
    id: string;
    title: string;
    description: string;
    bars: readonly Bar[];
  },
): JSX.Element {
  return (
    <svg
      class="chart"
      height={bars.length * ROW + 4}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {bars.map(({ name, length, words }, at) => (
        <g>
          <text x="0" y={at * ROW + 16}>{name}</text>
          <text class="value" x="100%" y={at * ROW + 16} text-anchor="end">
            {words}
          </text>
          <rect
            class="track"
            x="0"
            y={at * ROW + 23}
            width="100%"
            height="13"
            rx="3"
          />
          <rect
            class="bar"
            x="0"
            y={at * ROW + 23}
            width={`${(Math.min(1, length) * 100).toFixed(2)}%`}
            height="13"
            rx="3"
          />
        </g>
      ))}
    </svg>
  );
}
