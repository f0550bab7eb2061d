import type { Language, Text } from "@hiraku/kernel";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";

const TABLE: Text = { ja: "表", en: "Table" };

/** A table in a box that scrolls by itself and can be reached by keyboard. */
export function ScrollTable(
  { language, caption, captionShown = false, kind, children }: {
    language: Language;
    /** What it holds; heard, and seen where nothing above it says so. */
    caption: string;
    captionShown?: boolean;
    /** A class that styles one kind of table: cells of colour, or headings of several lines. */
    kind?: "grid" | "folded" | undefined;
    children?: Child;
  },
): JSX.Element {
  return (
    <div
      class={kind === undefined ? "scroll" : `scroll ${kind}`}
      tabindex={0}
      role="region"
      aria-label={`${TABLE[language]}: ${caption}`}
    >
      <table>
        <caption class={captionShown ? undefined : "visually-hidden"}>
          {caption}
        </caption>
        {children}
      </table>
    </div>
  );
}
