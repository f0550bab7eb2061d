import { along } from "../charts/scale.ts";
import { withUnit } from "../metrics/written.ts";

/** A time of the table behind a chart with its figures, a line each. */
interface Reading {
  readonly date: string;
  readonly name: string;
  readonly figures: readonly string[];
}

const LANGUAGE = document.documentElement.lang === "ja" ? "ja" : "en";
const SVG = "http://www.w3.org/2000/svg";

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -12,
  PageUp: 12,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Lines over time whose figures are read one after the other, by pointer or
 * arrow keys, from the table behind them: what the table withholds is not here.
 */
export class LineReader extends HTMLElement {
  connectedCallback(): void {
    const { first = "", last = "" } = this.dataset;
    const svg = this.querySelector("svg");
    const readings = readingsOf(this.closest("section"), first, last);
    if (svg === null || readings.length < 2) return;
    const cursor = document.createElementNS(SVG, "line");
    cursor.setAttribute("class", "cursor");
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.ariaHidden = "true";
    let at = readings.length - 1;

    const show = (place: number, visible: boolean) => {
      at = Math.max(0, Math.min(readings.length - 1, place));
      const reading = readings[at];
      if (reading === undefined) return;
      const x = along(reading.date, first, last);
      const percent = `${(x * 100).toFixed(2)}%`;
      cursor.setAttribute("x1", percent);
      cursor.setAttribute("x2", percent);
      cursor.setAttribute("y1", this.dataset["top"] ?? "0");
      cursor.setAttribute("y2", this.dataset["bottom"] ?? "0");
      tip.replaceChildren(
        ...[reading.name, ...reading.figures].map((text) => {
          const line = document.createElement("p");
          line.textContent = text;
          return line;
        }),
      );
      tip.style.insetInlineStart = x < 0.5 ? percent : "auto";
      tip.style.insetInlineEnd = x < 0.5 ? "auto" : `${100 - x * 100}%`;
      this.ariaValueNow = String(at);
      this.ariaValueText = [reading.name, ...reading.figures].join(", ");
      cursor.style.display = visible ? "" : "none";
      tip.hidden = !visible;
    };

    this.role = "slider";
    this.tabIndex = 0;
    this.ariaLabel = svg.querySelector("title")?.textContent ?? null;
    this.setAttribute("aria-describedby", svg.querySelector("desc")?.id ?? "");
    this.ariaValueMin = "0";
    this.ariaValueMax = String(readings.length - 1);
    svg.append(cursor);
    this.append(tip);
    show(at, false);

    this.addEventListener("pointermove", ({ clientX }) => {
      const { left, width } = svg.getBoundingClientRect();
      show(nearest(readings, (clientX - left) / width, first, last), true);
    });
    this.addEventListener("pointerleave", () => show(at, false));
    this.addEventListener("focus", () => show(at, true));
    this.addEventListener("blur", () => show(at, false));
    this.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (step === undefined) return;
      show(at + step, true);
      event.preventDefault();
    });
  }
}

/** Rows of the first table of a section that goes by time, oldest first. */
function readingsOf(
  section: Element | null,
  first: string,
  last: string,
): Reading[] {
  const table = section?.querySelector<HTMLTableElement>(
    "table:has(tbody time)",
  );
  if (!table) return [];
  const names = [...table.tHead?.rows[0]?.cells ?? []].slice(1).map((cell) => ({
    name: cell.firstChild?.textContent?.trim() ?? "",
    unit: cell.querySelector("small")?.textContent?.trim() ?? "",
  }));
  return [...table.tBodies[0]?.rows ?? []].flatMap((row) => {
    const [head, ...cells] = row.cells;
    const date = head?.querySelector("time")?.dateTime ?? "";
    if (date < first || date > last) return [];
    const figures = cells.flatMap((cell, at) => {
      const { name = "", unit = "" } = names[at] ?? {};
      const text = words(cell, unit);
      return text === "" ? [] : [`${name} ${text}`];
    });
    return figures.length === 0
      ? []
      : [{ date, name: head?.textContent ?? date, figures }];
  }).sort((a, b) => a.date < b.date ? -1 : 1);
}

/** A cell as it is read out: a figure with its unit and its note, or that it is withheld. */
function words(cell: HTMLTableCellElement, unit: string): string {
  const hidden = cell.querySelector(".visually-hidden")?.textContent;
  if (hidden) return hidden;
  const [figure = "", ...notes] = [...cell.childNodes].map((one) =>
    one.textContent?.trim() ?? ""
  );
  return figure === "" || figure === "–"
    ? ""
    : [withUnit(figure, unit, LANGUAGE), ...notes].join(" ");
}

function nearest(
  readings: readonly Reading[],
  x: number,
  first: string,
  last: string,
): number {
  const far = ({ date }: Reading) => Math.abs(along(date, first, last) - x);
  return readings.reduce(
    (best, one, at) => far(one) < far(readings[best] ?? one) ? at : best,
    0,
  );
}
