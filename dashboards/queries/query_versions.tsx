import { type Language, ROLE_NAMES, type Text } from "@hiraku/kernel";
import {
  columnOf,
  inLanguage,
  queries,
  type QueryVersion,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { FACT_LABELS } from "../boards/provenance_facts.ts";
import { ScrollTable } from "../charts/scroll_table.tsx";

const TEXT = {
  version: { ja: "版", en: "Version" },
  on: { ja: "日", en: "Day" },
  by: { ja: "変更者（役割）", en: "By (role)" },
  what: { ja: "変更", en: "Change" },
  saved: { ja: "保存", en: "Saved" },
  removed: { ja: "削除", en: "Removed" },
  changed: { ja: "変更", en: "changed" },
} as const satisfies Record<string, Text>;

/** Whoever keeps an installation has no account and no role. */
const OPERATOR: Text = { ja: "運用担当", en: "operator" };
const NOT_KEPT: Text = { ja: "記録なし", en: "not recorded" };

/** Who changed a saved query, by role and never by name. */
export function changedBy({ roles }: QueryVersion): Text {
  if (roles === undefined) return NOT_KEPT;
  const names = roles.map((role) => ROLE_NAMES[role]);
  if (names.length === 0) return OPERATOR;
  return {
    ja: names.map(({ ja }) => ja).join("・"),
    en: names.map(({ en }) => en).join(", "),
  };
}

/** Every version of a saved query, each with a link under which it is still asked. */
export function VersionTable(
  { language, path, versions }: {
    language: Language;
    path: string;
    versions: readonly QueryVersion[];
  },
): JSX.Element {
  return (
    <ScrollTable language={language} caption={FACT_LABELS.changes[language]}>
      <thead>
        <tr>
          {[TEXT.version, TEXT.on, TEXT.by, TEXT.what].map((one) => (
            <th scope="col">{one[language]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {versions.map((one) => (
          <tr>
            <td>
              {one.query === undefined ? one.number : (
                <a
                  href={inLanguage(language, `${path}?version=${one.number}`)}
                >
                  {one.number}
                </a>
              )}
            </td>
            <td>{one.on}</td>
            <td>{changedBy(one)[language]}</td>
            <td>{whatChanged(one, language)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function whatChanged(
  { query, changed }: QueryVersion,
  language: Language,
): string {
  if (query === undefined) return TEXT.removed[language];
  if (changed.length === 0) return TEXT.saved[language];
  const columns = changed.map((name) =>
    columnOf(queries.row, name).title[language]
  );
  return language === "ja"
    ? `${columns.join("・")}の${TEXT.changed.ja}`
    : `${columns.join(", ")} ${TEXT.changed.en}`;
}
