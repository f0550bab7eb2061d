import { z } from "zod";

/** What pages are drawn on: cards and paper, by day and by night. */
const GROUNDS = {
  light: ["#ffffff", "#f7f8f6"],
  dark: ["#18232a", "#10181d"],
} as const;
/** WCAG 2.2, 1.4.3: text against its ground. */
const LEAST_CONTRAST = 4.5;

/** A city's colour; one that could not be read on white is refused. */
export const CityColour = z.string().regex(/^#[0-9a-f]{6}$/).refine(
  (colour) => GROUNDS.light.every((one) => isLegible(colour, one)),
  "is too light: its contrast against white is under 4.5",
);

export interface Shades {
  readonly accent: string;
  readonly soft: string;
}

/** The city's colour as it is used by day, and by night lightened until it can be read. */
export function shadesOf(colour: string): { light: Shades; dark: Shades } {
  let night = colour;
  for (let part = 1; part <= 20; part++) {
    if (GROUNDS.dark.every((one) => isLegible(night, one))) break;
    night = mixed(colour, "#ffffff", part / 20);
  }
  return {
    light: { accent: colour, soft: mixed(colour, GROUNDS.light[0], 0.9) },
    dark: { accent: night, soft: mixed(night, GROUNDS.dark[0], 0.85) },
  };
}

/** Contrast of two colours as WCAG 2.2 defines it, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function isLegible(colour: string, ground: string): boolean {
  return contrast(colour, ground) >= LEAST_CONTRAST;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** `part` of the way from one colour to the other. */
function mixed(one: string, other: string, part: number): string {
  const [from, to] = [channels(one), channels(other)];
  return `#${
    from.map((value, at) =>
      Math.round(value + ((to[at] ?? 0) - value) * part).toString(16)
        .padStart(2, "0")
    ).join("")
  }`;
}
