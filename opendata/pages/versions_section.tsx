import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { changesText } from "../catalogue/feed.ts";
import type { PublishedVersion } from "../released_folder.ts";
import { cityDate } from "./words.ts";

const TEXT = {
  versions: { ja: "これまでの版", en: "Versions" },
  immutable: {
    ja:
      "版は書き換えられません。新しい期間や訂正は新しい版に加わり、どの版のアドレスも残ります。",
    en:
      "A version never changes. New periods and corrections come in a new version, and the address of every version stays.",
  },
  version: { ja: "版", en: "Version" },
  published: { ja: "公開日", en: "Published" },
  changes: { ja: "変更", en: "Changes" },
  withdrawn: { ja: "取り下げ", en: "Withdrawn" },
  correction: { ja: "訂正", en: "Correction" },
  feed: { ja: "更新をAtomで受け取る", en: "Follow updates (Atom)" },
} as const satisfies Record<string, Text>;

/** What was published when, what changed, and what was taken back and why. */
export function VersionsSection(
  { language, path, versions }: {
    language: Language;
    path: string;
    versions: readonly PublishedVersion[];
  },
): JSX.Element {
  return (
    <section class="card" aria-labelledby="versions">
      <h2 id="versions">{TEXT.versions[language]}</h2>
      <p>{TEXT.immutable[language]}</p>
      <div
        class="scroll"
        tabindex={0}
        role="region"
        aria-label={TEXT.versions[language]}
      >
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{TEXT.version[language]}</th>
              <th scope="col">{TEXT.published[language]}</th>
              <th scope="col">{TEXT.changes[language]}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ version, manifest, withdrawn }) => (
              <tr>
                <th scope="row">
                  {withdrawn === undefined
                    ? (
                      <a
                        href={`${path}/${version}/${
                          manifest.changes ? "changes" : "manifest"
                        }.json`}
                      >
                        {version}
                      </a>
                    )
                    : version}
                </th>
                <td>{cityDate(manifest.publishedAt)}</td>
                <td>
                  {withdrawn !== undefined &&
                    `${TEXT.withdrawn[language]}: ${withdrawn[language]} `}
                  {manifest.correction &&
                    `${TEXT.correction[language]}: ${
                      manifest.correction[language]
                    } `}
                  {changesText(manifest)[language]}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <a href={`${path}.atom`}>{TEXT.feed[language]}</a>
      </p>
    </section>
  );
}
