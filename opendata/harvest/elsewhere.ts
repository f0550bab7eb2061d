import type { Layout } from "@hiraku/kernel";
import { changeMarkIn } from "../catalogue/change_mark.ts";
import { foldText } from "../catalogue/fold_text.ts";
import { synonymsOf } from "../catalogue/synonyms.ts";
import { type Entry, listSources, type Source } from "./source.ts";

/** A dataset of another portal and whose it is. */
export interface Elsewhere {
  readonly entry: Entry;
  /** What the portal is called. */
  readonly origin: string;
  readonly municipality: string;
}

/** What other portals offer, searched apart from what is ours. */
export type SearchElsewhere = (words: string) => Promise<readonly Elsewhere[]>;

interface Indexed extends Elsewhere {
  readonly text: string;
}

/** A search over harvested entries, read again where one of the sources changed. */
export function searchElsewhere(layout: Layout): SearchElsewhere {
  let known: { mark: string; all: Promise<readonly Indexed[]> } | undefined;
  return async (words) => {
    const mark = changeMarkIn(layout.harvest);
    if (known?.mark !== mark) {
      known = {
        mark,
        all: listSources(layout).then((all) => all.flatMap(indexed)),
      };
      known.all.catch(() => known = undefined);
    }
    const terms = foldText(words).split(" ").filter((one) => one !== "")
      .map(synonymsOf);
    return (await known.all).filter(({ text }) =>
      terms.every((words) => words.some((word) => text.includes(word)))
    );
  };
}

function indexed({ entries, title, municipality }: Source): Indexed[] {
  return entries.map((entry) => ({
    entry,
    origin: title,
    municipality,
    text: foldText(
      [entry.title, ...entry.keywords, entry.publisher, entry.description]
        .join(" "),
    ),
  }));
}
