import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Elsewhere } from "../harvest/elsewhere.ts";
import { number } from "./words.ts";

const TEXT = {
  title: {
    ja: "ほかのカタログのデータ",
    en: "Data of other catalogues",
  },
  lead: {
    ja:
      "ほかのサイトが公開しているデータです。内容とライセンスは公開元で確かめてください。",
    en:
      "Published by other sites, where contents and licence are to be checked.",
  },
  from: { ja: "公開元", en: "From" },
  more: { ja: "件中の最初の", en: "found; the first" },
} as const satisfies Record<string, Text>;
const MOST_SHOWN = 20;

/** What other portals have of the same words, never among what is ours. */
export function ElsewhereSection(
  { language, found }: { language: Language; found: readonly Elsewhere[] },
): JSX.Element | null {
  if (found.length === 0) return null;
  const shown = found.slice(0, MOST_SHOWN);
  return (
    <section aria-labelledby="elsewhere">
      <h2 id="elsewhere">{TEXT.title[language]}</h2>
      <p>{TEXT.lead[language]}</p>
      {shown.length < found.length && (
        <p class="meta">
          {number(found.length)} {TEXT.more[language]} {shown.length}
        </p>
      )}
      <ul class="cards">
        {shown.map(({ entry, origin }) => (
          <li>
            <h3>
              <a href={entry.address} rel="external">{entry.title}</a>
            </h3>
            <p class="meta">
              {TEXT.from[language]}: {origin}
              {entry.publisher && ` · ${entry.publisher}`}
              {entry.licence && ` · ${entry.licence}`}
            </p>
            <p>{entry.description.slice(0, 300)}</p>
            <p class="tags">
              {entry.formats.map((format) => <span>{format}</span>)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
