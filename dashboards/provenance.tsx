import { cityDay, type Language, type Text } from "@hiraku/kernel";
import { inLanguage, ruleText } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { type Source, withheldCount } from "./released/source.ts";
import { number } from "./words.ts";

const TEXT = {
  source: { ja: "出典", en: "Source" },
  version: { ja: "版", en: "version" },
  published: { ja: "公開", en: "published" },
  content: { ja: "内容ハッシュ", en: "content hash" },
  rule: { ja: "秘匿の規則", en: "rule" },
  withheld: { ja: "秘匿した行", en: "rows withheld" },
} as const satisfies Record<string, Text>;

/** Where a figure comes from and how it was protected: dataset, version, hash, date, rule. */
export function Provenance(
  { language, source: { version, table, rows } }: {
    language: Language;
    source: Source;
  },
): JSX.Element {
  const { manifest } = version;
  const entry = manifest.tables.find((one) => one.id === table);
  const path = `/opendata/${manifest.municipality.code}/${manifest.dataset}`;
  return (
    <p class="provenance">
      {TEXT.source[language]}:{" "}
      <a href={inLanguage(language, path)}>
        {manifest.title[language]}
        {entry && manifest.tables.length > 1 && (
          <>{language === "ja" ? "・" : ", "}{entry.title[language]}</>
        )}
      </a>
      {" · "}
      {TEXT.version[language]} {manifest.version}
      {" · "}
      {TEXT.published[language]} {cityDay(new Date(manifest.publishedAt))}
      {" · "}
      {TEXT.content[language]}{" "}
      <code title={manifest.contentHash}>
        {manifest.contentHash.slice(0, 12)}
      </code>
      {entry && <>{" · "}{TEXT.rule[language]}: {ruleText(entry)[language]}</>}
      {" · "}
      {TEXT.withheld[language]} {number(withheldCount(rows))} /{" "}
      {number(rows.length)}
    </p>
  );
}
