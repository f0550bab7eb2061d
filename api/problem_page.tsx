import { type Language, Problem, type Text } from "@hiraku/kernel";
import { inLanguage, Layout } from "@hiraku/opendata";
import { problemDetails, problemResponse } from "./problem_response.ts";

const TITLES: Readonly<Record<number, Text>> = {
  401: { ja: "ログインが必要です", en: "Please sign in" },
  403: {
    ja: "このページを見る権限がありません",
    en: "You may not see this page",
  },
  404: { ja: "ページが見つかりません", en: "Page not found" },
  410: { ja: "公開を取りやめました", en: "No longer published" },
  429: { ja: "しばらくお待ちください", en: "Please wait a moment" },
  503: { ja: "ただいま混み合っています", en: "The service is busy" },
};
const OTHER: Text = {
  ja: "ページを表示できません",
  en: "The page cannot be shown",
};

const WHAT_TO_DO: Readonly<Record<number, Text>> = {
  403: {
    ja: "必要な権限については、担当課にお問い合わせください。",
    en: "Ask the section in charge for the role it needs.",
  },
  404: {
    ja: "アドレスに誤りがあるか、ページが移動したようです。",
    en: "The address may be wrong, or the page has moved.",
  },
  410: {
    ja: "このデータは取り下げられました。",
    en: "This data has been withdrawn.",
  },
};
const TRY_AGAIN: Text = {
  ja: "時間をおいてもう一度お試しください。",
  en: "Please try again later.",
};
const REASON: Text = { ja: "理由", en: "Reason" };
const HOME: Text = { ja: "ダッシュボードへ", en: "To the dashboards" };
const DATA: Text = { ja: "オープンデータへ", en: "To the open data" };

const FOR_PROGRAMS = ["/api/", "/ngsi-ld/"];

/** An error as its asker reads it: a page for a browser, `problem+json` for a program. */
export async function problemAnswer(
  request: Request,
  error: unknown,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const response = problemResponse(error);
  const browser = request.headers.get("Accept")?.includes("text/html") ?? false;
  if (!browser || FOR_PROGRAMS.some((place) => pathname.startsWith(place))) {
    return response;
  }
  const english = pathname === "/en" || pathname.startsWith("/en/");
  const page = await (
    <ProblemPage
      language={english ? "en" : "ja"}
      status={problemDetails(error).status}
      reason={error instanceof Problem ? error.reason : undefined}
    />
  );
  const headers = new Headers(response.headers);
  headers.set("Content-Type", "text/html; charset=UTF-8");
  return new Response(String(page), { status: response.status, headers });
}

/** Says nothing of the address that was asked for: it may be anything. */
function ProblemPage(
  { language, status, reason }: {
    language: Language;
    status: number;
    reason: Text | undefined;
  },
) {
  const title = TITLES[status] ?? OTHER;
  return (
    <Layout language={language} title={title} path="/dashboards">
      <h1>{title[language]}</h1>
      <p>{(WHAT_TO_DO[status] ?? TRY_AGAIN)[language]}</p>
      {reason && <p class="notice">{REASON[language]}: {reason[language]}</p>}
      <ul>
        <li>
          <a href={inLanguage(language, "/dashboards")}>{HOME[language]}</a>
        </li>
        <li>
          <a href={inLanguage(language, "/opendata")}>{DATA[language]}</a>
        </li>
      </ul>
    </Layout>
  );
}
