import type { JSX } from "hono/jsx/jsx-runtime";
import type { Bar } from "./bar_chart.tsx";

const ROW = 14;

export interface BarLink extends Bar {
  /** Where the bar leads: the same page, narrowed to it or no longer so. */
  readonly href: string;
  readonly isChosen: boolean;
}

/** Lying bars that are links, each narrowing the figures around it. */
export function BarLinks(
  { label, bars }: { label: string; bars: readonly BarLink[] },
): JSX.Element {
  const narrowed = bars.some(({ isChosen }) => isChosen);
  return (
    <ul class="bar-list" aria-label={label}>
      {bars.map(({ name, words, length, upTo, href, isChosen }) => (
        <li>
          <a
            href={href}
            aria-current={isChosen ? "true" : undefined}
            class={narrowed && !isChosen ? "apart" : undefined}
          >
            <span class="name">{isChosen ? `✓ ${name}` : name}</span>
            <span class="words">{words}</span>
            <svg class="chart" height={ROW} aria-hidden="true">
              <rect
                class={length === undefined ? "track unknown" : "track"}
                width="100%"
                height={ROW}
                rx="3"
              />
              {upTo !== undefined && (
                <rect
                  class="bar-range"
                  y="4"
                  width={wide(upTo)}
                  height={ROW - 8}
                  rx="3"
                />
              )}
              {length !== undefined && (
                <rect class="bar" width={wide(length)} height={ROW} rx="3" />
              )}
            </svg>
          </a>
        </li>
      ))}
    </ul>
  );
}

function wide(share: number): string {
  return `${(Math.max(0, Math.min(1, share)) * 100).toFixed(2)}%`;
}
