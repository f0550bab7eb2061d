import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Asked } from "../asked.ts";
import type { Board } from "../board.ts";
import { askedText, boardPath } from "../board_address.ts";

const TEXT = {
  views: { ja: "この指標の見方", en: "Ways to see this metric" },
  seeAlso: { ja: "この指標がある画面", en: "Boards with this metric" },
  unpublished: {
    ja: "この指標は、次の区分では公表していません:",
    en: "This metric is not published by:",
  },
  wanted: {
    ja: "必要な区分を要望する（要ログイン）",
    en: "Ask for a cut (sign in)",
  },
} as const satisfies Record<string, Text>;

/** The ways in which one metric can be seen, with the reader's filters. */
export function MetricViews(
  { language, code, board, asked }: {
    language: Language;
    code: string;
    board: Board;
    asked: Asked;
  },
): JSX.Element | null {
  const { views = [] } = board;
  if (views.length === 0) return null;
  return (
    <nav class="contents" aria-label={TEXT.views[language]}>
      <ul>
        {views.map((one) => (
          <li>
            <a
              href={inLanguage(
                language,
                boardPath(code, one.board) + askedText(asked),
              )}
              aria-current={one.board === board.id ? "page" : undefined}
            >
              {one.title[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where else a metric stands, and what it is not published by. */
export function MetricElsewhere(
  { language, municipality: { code }, board }: {
    language: Language;
    municipality: Municipality;
    board: Board;
  },
): JSX.Element | null {
  const { seeAlso = [], unpublished = [] } = board;
  if (seeAlso.length + unpublished.length === 0) return null;
  return (
    <>
      {unpublished.length > 0 && (
        <p class="meta">
          {TEXT.unpublished[language]}{" "}
          {unpublished.map((one) => one[language]).join(
            language === "ja" ? "、" : ", ",
          )}
          {language === "ja" ? "。" : ". "}
          <a href={inLanguage(language, `/operations/${code}/cuts`)}>
            {TEXT.wanted[language]}
          </a>
        </p>
      )}
      {seeAlso.length > 0 && (
        <p class="meta">
          {TEXT.seeAlso[language]}: {seeAlso.map((one, at) => (
            <>
              {at > 0 && (language === "ja" ? "、" : ", ")}
              <a href={inLanguage(language, boardPath(code, one.board))}>
                {one.title[language]}
              </a>
            </>
          ))}
        </p>
      )}
    </>
  );
}
