import type { JSX } from "hono/jsx/jsx-runtime";
import { LEVEL_PATTERNS } from "./level_patterns.ts";
import type { OutlinePaths } from "./outline_paths.ts";

/** What is known of a district. */
export interface Area {
  readonly code: string;
  readonly name: string;
  readonly words: string;
  /** What is heard in place of a sign. */
  readonly spoken?: string | undefined;
  /** 1 (least) to 5 (most); undefined when withheld. */
  readonly level: number | undefined;
  /** Where a click goes. */
  readonly href?: string | undefined;
}

interface Props {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly outlines: OutlinePaths;
  readonly areas: readonly Area[];
}

/** Districts in their outlines; each can be reached by keyboard and says its figure. */
export function OutlineMap(
  { source, ...drawing }: Props & {
    /** Where the outlines come from. */
    readonly source: string;
  },
): JSX.Element {
  return (
    <>
      <OutlineDrawing {...drawing} />
      <p class="meta">{source}</p>
    </>
  );
}

/** The drawing alone, as it is taken away. */
export function OutlineDrawing(
  { id, title, description, outlines, areas }: Props,
): JSX.Element {
  const { width, height, paths } = outlines;
  const known = new Map(areas.map((one) => [one.code, one]));
  const linked = areas.some(({ href }) => href !== undefined);
  return (
    <svg
      class="chart outline-map"
      viewBox={`0 0 ${width} ${height}`}
      role={linked ? "group" : "img"}
      aria-labelledby={`${id}-outline-title ${id}-outline-desc`}
    >
      <title id={`${id}-outline-title`}>{title}</title>
      <desc id={`${id}-outline-desc`}>{description}</desc>
      <defs>
        {LEVEL_PATTERNS.map(({ level, size, d }) => (
          <pattern
            id={`${id}-level-${level}`}
            width={size}
            height={size}
            patternUnits="userSpaceOnUse"
          >
            <rect class={`ground-${level}`} width={size} height={size} />
            <path class={`lines-${level}`} d={d} />
          </pattern>
        ))}
        <pattern
          id={`${id}-level-withheld`}
          width="10"
          height="10"
          patternUnits="userSpaceOnUse"
        >
          <rect class="hatch-ground" width="10" height="10" />
          <rect class="hatch" width="4" height="10" />
        </pattern>
      </defs>
      {paths.map(({ code, d }) => {
        const area = known.get(code);
        const words = area === undefined
          ? code
          : `${area.name}: ${area.spoken ?? area.words}`;
        const path = (
          <path
            class="area"
            d={d}
            fill={`url(#${id}-level-${area?.level ?? "withheld"})`}
          >
            <title>{words}</title>
          </path>
        );
        return area?.href === undefined
          ? path
          : <a href={area.href} aria-label={words}>{path}</a>;
      })}
    </svg>
  );
}
