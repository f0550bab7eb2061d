import type { Text } from "@hiraku/kernel";
import { xml } from "../formats/xml.ts";
import type { Manifest } from "../manifest.ts";
import { addresses } from "./addresses.ts";
import type { Card } from "./card.ts";

/** What became public, as a news reader follows it. */
export interface News {
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly address: string;
  readonly at: string;
}

/** An Atom feed (RFC 4287), the newest first. */
export function atomFeed(
  address: string,
  title: string,
  news: readonly News[],
): string {
  const entries = news.map((one) =>
    `<entry><id>${xml(one.id)}</id><title>${xml(one.title.ja)}</title>` +
    `<link href="${xml(one.address)}"/><updated>${one.at}</updated>` +
    `<summary>${xml(one.summary.ja)}</summary></entry>`
  );
  const updated = news[0]?.at ?? "1970-01-01T00:00:00.000Z";
  return `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja"><id>${
      xml(address)
    }</id><title>${xml(title)}</title><link rel="self" href="${
      xml(address)
    }"/><updated>${updated}</updated><author><name>Hiraku</name></author>\n${
      entries.join("\n")
    }\n</feed>\n`;
}

/** The newest version of a dataset as news. */
export function newsOfCard(card: Card, origin: string): News {
  const { landing } = addresses(origin, card.municipality.code, card.dataset);
  return {
    id: `${landing}#${card.version}`,
    title: {
      ja: `${card.municipality.name.ja} ${card.title.ja}（${card.version}）`,
      en: `${card.title.en}, ${card.municipality.name.en} (${card.version})`,
    },
    summary: card.description,
    address: landing,
    at: card.modified,
  };
}

/** A version with what changed in it, or why it was taken back, as news. */
export function newsOfVersion(
  manifest: Manifest,
  withdrawn: Text | undefined,
  origin: string,
): News {
  const { code } = manifest.municipality;
  const { landing } = addresses(origin, code, manifest.dataset);
  const { version, publishedAt } = manifest;
  return {
    id: `${landing}#${version}`,
    title: {
      ja: `${manifest.title.ja} ${version}${withdrawn ? "（取り下げ）" : ""}`,
      en: `${manifest.title.en} ${version}${withdrawn ? " (withdrawn)" : ""}`,
    },
    summary: withdrawn ?? manifest.correction ?? changesText(manifest),
    address: `${landing}/${version}/manifest.json`,
    at: publishedAt,
  };
}

/** What changed since the version before, in words. */
export function changesText({ changes }: Manifest): Text {
  if (changes === undefined) {
    return { ja: "最初の版", en: "First version" };
  }
  const sum = { added: 0, removed: 0, changed: 0 };
  for (const one of changes.tables) {
    sum.added += one.added;
    sum.removed += one.removed;
    sum.changed += one.changed;
  }
  return {
    ja:
      `${changes.since}から 追加${sum.added}行・削除${sum.removed}行・変更${sum.changed}行`,
    en:
      `Since ${changes.since}: ${sum.added} rows added, ${sum.removed} removed, ${sum.changed} changed`,
  };
}
