import type { Language, Municipality, Text } from "@hiraku/kernel";
import { FontSheet, inLanguage } from "@hiraku/opendata";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { cityTitle } from "../city_frame.tsx";

const TEXT = {
  whole: { ja: "もとの画面で見る", en: "See the whole page" },
  safe: {
    ja: "秘匿処理を済ませた公開値です。",
    en: "Published figures that passed disclosure control.",
  },
} as const satisfies Record<string, Text>;

/** One figure without the frame of the site, to stand in another site's. */
export function EmbedFrame(
  { language, municipality, title, whole, within, scripts = [], children }: {
    language: Language;
    municipality: Municipality;
    title: Text;
    /** Path in Japanese of the page it is from, with its state. */
    whole: string;
    /** Whether its links lead to other states of itself, or out of the frame. */
    within: boolean;
    scripts?: readonly string[];
    children?: Child;
  },
): JSX.Element {
  const name = cityTitle(municipality, title)[language];
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>{name}</title>
          {!within && <base target="_blank" />}
          {["hiraku", "boards", "explore"].map((sheet) => (
            <link rel="stylesheet" href={`/assets/${sheet}.css`} />
          ))}
          {municipality.colour && (
            <link
              rel="stylesheet"
              href={`/assets/city/${municipality.code}.css`}
            />
          )}
          {scripts.map((address) => <script type="module" src={address} />)}
        </head>
        <body class="embed">
          <main class="board">
            <h1 class="visually-hidden">{name}</h1>
            {children}
            <p class="meta">
              {TEXT.safe[language]}{" "}
              <a
                href={inLanguage(language, whole)}
                target="_blank"
                rel="noopener"
              >
                {TEXT.whole[language]}: {name}
              </a>
            </p>
          </main>
          <FontSheet />
        </body>
      </html>
    </>
  );
}
