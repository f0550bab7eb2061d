import type { JSX } from "hono/jsx/jsx-runtime";

export interface Bar {
  readonly name: string;
  /** 0 to 1; undefined when nothing of it may be shown. */
  readonly length: number | undefined;
  /** Where a range ends, 0 to 1. */
  readonly upTo?: number;
  /** What stands in brackets at its end gives way where there is no room; tables and descriptions have it. */
  readonly words: string;
}

const IN_BRACKETS = /\s?[(（][^(（]*[)）]$/;

export const BAR_ROW = 46;

/** Lying bars, each with its figure in words; lengths are shares of the widest. */
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
      height={Math.max(1, bars.length) * BAR_ROW}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {bars.map(({ name, length, upTo, words }, at) => (
        <g>
          <text x="0" y={at * BAR_ROW + 16}>{name}</text>
          <text class="value" x="100%" y={at * BAR_ROW + 16} text-anchor="end">
            <Words words={words} />
          </text>
          <rect
            class={length === undefined ? "track unknown" : "track"}
            x="0"
            y={at * BAR_ROW + 23}
            width="100%"
            height="13"
            rx="3"
          />
          {upTo !== undefined && (
            <rect
              class="bar-range"
              x="0"
              y={at * BAR_ROW + 26}
              width={wide(upTo)}
              height="7"
              rx="3"
            />
          )}
          {length !== undefined && (
            <rect
              class="bar"
              x="0"
              y={at * BAR_ROW + 23}
              width={wide(length)}
              height="13"
              rx="3"
            />
          )}
        </g>
      ))}
    </svg>
  );
}

function Words({ words }: Pick<Bar, "words">) {
  const [aside] = IN_BRACKETS.exec(words) ?? [];
  if (aside === undefined) return <>{words}</>;
  return (
    <>
      {words.slice(0, -aside.length)}
      <tspan class="aside">{aside}</tspan>
    </>
  );
}

function wide(length: number): string {
  return `${(Math.max(0, Math.min(1, length)) * 100).toFixed(2)}%`;
}
