import type { Language } from "@hiraku/kernel";
import { columnOf, logicNodes, nameOf } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Municipality } from "@hiraku/kernel";
import { sentence } from "../metrics/reading_text.ts";
import { LEVELS, type LogicNode } from "./lint.ts";
import {
  isTested,
  type LogicModel,
  type MeasuredNode,
} from "./read_logic_model.ts";

const WIDTH = 156;
const HEIGHT = 96;
const ACROSS = 34;
const DOWN = 18;
const HEAD = 30;
const LINE = 17;

/** What a level is called. */
export function levelName(
  level: LogicNode["level"],
  municipality: Municipality,
  language: Language,
): string {
  return nameOf(
    columnOf(logicNodes.row, "level"),
    level,
    municipality,
  )[language];
}

/** The boxes from left to right, joined by lines: solid where tested, dashed where assumed. */
export function LogicDrawing(
  { language, model, municipality, title }: {
    language: Language;
    model: LogicModel;
    municipality: Municipality;
    title: string;
  },
): JSX.Element {
  const levels = LEVELS.filter((level) =>
    model.nodes.some(({ node }) => node.level === level)
  );
  const places = new Map<string, { x: number; y: number }>();
  levels.forEach((level, column) => {
    model.nodes.filter(({ node }) => node.level === level)
      .forEach(({ node }, row) =>
        places.set(node.id, {
          x: column * (WIDTH + ACROSS),
          y: HEAD + row * (HEIGHT + DOWN),
        })
      );
  });
  const width = levels.length * (WIDTH + ACROSS) - ACROSS;
  const height = Math.max(...[...places.values()].map(({ y }) => y), 0) +
    HEIGHT + 4;
  return (
    <svg
      class={`chart logic logic-${levels.length}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={title}
    >
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path class="tip" d="M0 0L10 5L0 10z" />
        </marker>
      </defs>
      {levels.map((level, column) => (
        <text class="axis" x={column * (WIDTH + ACROSS)} y="16">
          {levelName(level, municipality, language)}
        </text>
      ))}
      {model.links.map((link) => {
        const a = places.get(link.from);
        const b = places.get(link.to);
        if (a === undefined || b === undefined) return null;
        const [x1, y1] = [a.x + WIDTH, a.y + HEIGHT / 2];
        const [x2, y2] = [b.x - 2, b.y + HEIGHT / 2];
        const bend = Math.max(16, (x2 - x1) / 2);
        return (
          <path
            class={isTested(link) ? "link tested" : "link"}
            marker-end="url(#arrow)"
            d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
          />
        );
      })}
      {model.nodes.map((one) => {
        const place = places.get(one.node.id);
        return place && (
          <Box
            language={language}
            node={one}
            place={place}
            faulty={model.faults.some(({ id }) => id === one.node.id)}
          />
        );
      })}
    </svg>
  );
}

function Box(
  { language, node: { node, metric, reading }, place: { x, y }, faulty }: {
    language: Language;
    node: MeasuredNode;
    place: { x: number; y: number };
    faulty: boolean;
  },
) {
  const title = language === "ja" ? node.titleJa : node.titleEn;
  const lines = wrapped(title, language === "ja" ? 10 : 20).slice(0, 3);
  return (
    <g class={`box box-${node.level}`}>
      <rect x={x} y={y} width={WIDTH} height={HEIGHT} rx="8" />
      {lines.map((line, at) => (
        <text x={x + 10} y={y + 21 + at * LINE}>{line}</text>
      ))}
      {metric && (
        <text class="value" x={x + 10} y={y + HEIGHT - 11}>
          {sentence(reading, metric, language)}
        </text>
      )}
      {faulty && (
        <text class="fault" x={x + WIDTH - 10} y={y + 20} text-anchor="end">
          !
        </text>
      )}
    </g>
  );
}

/** Lines of about so many letters; English breaks between words. */
function wrapped(text: string, letters: number): string[] {
  const words = /\s/.test(text) ? text.split(/(?<=\s)/) : [...text];
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && (line + word).trimEnd().length > letters) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}
