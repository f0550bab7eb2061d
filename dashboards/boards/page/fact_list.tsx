import type { Language } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Fact } from "../provenance_facts.ts";

/** What is said about a figure, a line each. */
export function FactList(
  { language, facts }: { language: Language; facts: readonly Fact[] },
): JSX.Element {
  return (
    <dl>
      {facts.map(({ label, value, path, code }) => (
        <div>
          <dt>{label[language]}</dt>
          <dd>
            {path !== undefined
              ? <a href={inLanguage(language, path)}>{value[language]}</a>
              : code
              ? <code>{value[language]}</code>
              : value[language]}
          </dd>
        </div>
      ))}
    </dl>
  );
}
