import type { Language } from "@hiraku/kernel";
import type { Child } from "hono/jsx";

const WIDTH = 960;
const MARGIN = 24;
const HEAD = 56;
const FOOT = 34;
const LINE = 18;

/** Colours of the page, for a drawing that stands alone. */
const STYLE = `
text{font-family:"Noto Sans JP","Noto Sans CJK JP","Hiragino Sans","Yu Gothic",sans-serif;font-size:13px;fill:#17242d}
.head{font-size:19px;font-weight:700}.foot,.axis,.mark text,.tile-note{font-size:12px;fill:#4d5d68}.value{font-weight:600}
.grid,.year{stroke:#e3e8e8}.base{stroke:#4d5d68}.mark line{stroke:#4d5d68;stroke-dasharray:2 3}
.track{fill:#e8f1fe}.track.unknown{fill:#e6e6e6}.bar{fill:#0017c1}.bar-range{fill:#7096f8}.band{fill:#0017c1;fill-opacity:.15}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.dot{fill:none;stroke-width:7;stroke-linecap:round}.line-1{stroke:#0017c1}.line-2{stroke:#c74700;stroke-dasharray:8 5}.line-3{stroke:#1d7044;stroke-dasharray:2 5}
.line-4{stroke:#8b1bb0;stroke-dasharray:12 4 2 4}.line-5{stroke:#5a5a5a;stroke-dasharray:4 4}.line-6{stroke:#0086a8;stroke-dasharray:1 6}
.range{stroke:#0017c1;stroke-width:2;stroke-opacity:.55}
.area{stroke:#4d5d68}.hatch-ground{fill:#fff}.hatch{fill:#e6e6e6}.lines-2,.lines-3{stroke:#08101f;stroke-opacity:.35}.lines-4,.lines-5{stroke:#fff;stroke-opacity:.3}
.ground-1{fill:#e8f1fe}.ground-2{fill:#c5d7fb}.ground-3{fill:#7096f8}.ground-4{fill:#3460fb}.ground-5{fill:#0017c1}`;

/** A drawing as a file of its own: title, names of lines, what it rests on. */
export function drawingFile(
  { language, title, height, legend = [], notes, children }: {
    language: Language;
    title: string;
    /** Of the drawing itself, in pixels at a width of 912. */
    height: number;
    /** Names of lines, where there are several. */
    legend?: readonly string[];
    /** Source and marks, a line each. */
    notes: readonly string[];
    children: Child;
  },
): string {
  const top = HEAD + (legend.length > 1 ? 26 : 0);
  const whole = top + height + FOOT + Math.max(0, notes.length - 1) * LINE;
  return String(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={WIDTH}
      height={whole}
      viewBox={`0 0 ${WIDTH} ${whole}`}
      lang={language}
    >
      <style>{STYLE}</style>
      <rect width="100%" height="100%" fill="#ffffff" />
      <text class="head" x={MARGIN} y="34">{title}</text>
      {legend.length > 1 && legend.map((name, at) => (
        <>
          <path
            class={`line line-${at % 6 + 1}`}
            d={`M${MARGIN + at * 200} ${HEAD + 8}h34`}
          />
          <text x={MARGIN + 42 + at * 200} y={HEAD + 12}>{name}</text>
        </>
      ))}
      <svg x={MARGIN} y={top} width={WIDTH - 2 * MARGIN} height={height}>
        {children}
      </svg>
      {notes.map((note, at) => (
        <text class="foot" x={MARGIN} y={top + height + 22 + at * LINE}>
          {note}
        </text>
      ))}
    </svg>,
  );
}
