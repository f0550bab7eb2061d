import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Card } from "../catalogue/card.ts";
import { inLanguage, Layout } from "./layout.tsx";

const TEXT = {
  title: {
    ja: "データの要望・意見",
    en: "Ask for data or tell us what you think",
  },
  lead: {
    ja:
      "ほしいデータ、誤り、使ってみた感想をお寄せください。返事はできません。",
    en:
      "Tell the city which data you need, what is wrong, or how you used it. There is no reply.",
  },
  about: { ja: "対象", en: "About" },
  city: { ja: "自治体", en: "Municipality" },
  text: {
    ja: "内容（1,000文字まで）",
    en: "What you want to say (up to 1,000 letters)",
  },
  personal: {
    ja:
      "名前・電話番号・メールアドレスなど、個人がわかることは書かないでください。",
    en:
      "Do not write names, telephone numbers, e-mail addresses or anything that tells who somebody is.",
  },
  send: { ja: "送る", en: "Send" },
  thanks: {
    ja: "ありがとうございます。市の担当者に届けました。",
    en: "Thank you. The city's officers have it now.",
  },
} as const satisfies Record<string, Text>;

/** The form for requests and feedback; needs no script and asks for no name. */
export function RequestPage(
  { language, cities, about, problem, typed, sent }: {
    language: Language;
    cities: readonly { readonly code: string; readonly name: Text }[];
    /** The dataset it is about, if any. */
    about: Card | undefined;
    problem?: Text;
    typed?: string;
    sent?: boolean;
  },
): JSX.Element {
  return (
    <Layout language={language} title={TEXT.title} path="/opendata/request">
      <h1>{TEXT.title[language]}</h1>
      {sent ? <p class="notice" role="status">{TEXT.thanks[language]}</p> : (
        <>
          <p class="lead">{TEXT.lead[language]}</p>
          {problem && <p class="notice" role="alert">{problem[language]}</p>}
          <form
            method="post"
            action={inLanguage(language, "/opendata/request")}
            class="stacked"
          >
            {about
              ? (
                <p>
                  {TEXT.about[language]}: {about.municipality.name[language]}
                  {" "}
                  {about.title[language]}
                  <input type="hidden" name="dataset" value={about.id} />
                </p>
              )
              : (
                <p>
                  <label for="city">{TEXT.city[language]}</label>
                  <select id="city" name="city">
                    {cities.map(({ code, name }) => (
                      <option value={code}>{name[language]}</option>
                    ))}
                  </select>
                </p>
              )}
            <p>
              <label for="text">{TEXT.text[language]}</label>
              <textarea
                id="text"
                name="text"
                rows={6}
                maxlength={1_000}
                required
                aria-describedby="personal"
              >
                {typed ?? ""}
              </textarea>
            </p>
            <p id="personal" class="meta">{TEXT.personal[language]}</p>
            <button type="submit">{TEXT.send[language]}</button>
          </form>
        </>
      )}
    </Layout>
  );
}
