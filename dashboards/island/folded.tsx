/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Language, Text } from "@hiraku/kernel";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";

const TEXT = {
  show: { ja: "表で見る", en: "Show as a table" },
  table: { ja: "表", en: "Table" },
} as const satisfies Record<string, Text>;

/** A table that is folded away; its rows that nobody sees would cost each click half its time. */
export function Folded(
  { language, title, folds, children }: {
    language: Language;
    title: string;
    /** Set where a script makes the rows once they are looked at. */
    folds: boolean;
    /** Head and body; told whether its rows are wanted. */
    children: (wanted: boolean) => ComponentChildren;
  },
): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details
      onToggle={(event) => setOpen(event.currentTarget.open)}
      ref={(own) => {
        if (own?.open === true && !open) setOpen(true);
      }}
    >
      <summary>
        {TEXT.show[language]}
        <span class="visually-hidden">: {title}</span>
      </summary>
      <div
        class="scroll"
        tabIndex={0}
        role="region"
        aria-label={`${TEXT.table[language]}: ${title}`}
      >
        <table>
          <caption>{title}</caption>
          {children(open || !folds)}
        </table>
      </div>
    </details>
  );
}
