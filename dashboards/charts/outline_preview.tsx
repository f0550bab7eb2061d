import type { Language, Municipality } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { OutlineMap } from "./outline_map.tsx";
import { outlinePaths } from "./outline_paths.ts";

const PATTERNS = 5;

/** Districts in their outlines as maps will draw them, without figures; nothing where there are none. */
export function OutlinePreview(
  { language, municipality, title }: {
    language: Language;
    municipality: Municipality;
    title: string;
  },
): JSX.Element | null {
  const { districts, outlines } = municipality;
  const paths = outlinePaths(districts);
  if (paths === undefined || outlines === undefined) return null;
  return (
    <OutlineMap
      id="preview"
      title={title}
      description={districts.map(({ name }) => name[language]).join(", ")}
      outlines={paths}
      areas={districts.map(({ code, name }, at) => ({
        code,
        name: name[language],
        words: code,
        // Neighbours are told apart; the patterns say nothing here.
        level: at % PATTERNS + 1,
      }))}
      source={outlines.source[language]}
    />
  );
}
