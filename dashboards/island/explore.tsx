/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { computed, effect, signal } from "@preact/signals";
import { hydrate } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Answer, answerer } from "../explore/answer.ts";
import { unpackMonths } from "../explore/pack_months.ts";
import {
  type Question,
  questionText,
  readQuestion,
} from "../explore/question.ts";
import { sameAnswer } from "../explore/same_answer.ts";
import type { ExploreProps } from "./explore_props.ts";
import { ExploreView } from "./explore_view.tsx";

/** Takes over the page that the server has drawn, once the months are there. */
class Explore extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const data = this.querySelector("script")?.textContent;
    const root = this.querySelector<HTMLElement>(".explore-view");
    if (data === undefined || root === null) return;
    const props = JSON.parse(data) as ExploreProps;
    const response = await fetch(props.file);
    // Links and the form work without it.
    if (!response.ok) return;
    const cube = unpackMonths(await response.arrayBuffer());
    const answered = answerer(cube);
    const asked = signal(inAddress());
    const answer = computed(() => answered(asked.value));
    const ask = (question: Question) => {
      asked.value = question;
      history.replaceState(null, "", props.path + questionText(question));
    };
    addEventListener("popstate", () => asked.value = inAddress());
    effect(() => linkTo(cube.municipality, asked.value, answer.value));

    function Island() {
      const [ready, setReady] = useState(false);
      useEffect(() => setReady(true), []);
      const now = answer.value;
      return now === undefined ? null : (
        <ExploreView
          asking={{
            ...props,
            // There may be more of them than when the page was drawn.
            months: cube.months,
            question: asked.value,
            answer: now,
            ask: ready ? ask : undefined,
          }}
        />
      );
    }
    hydrate(<Island />, root);
    this.dataset["ready"] = "true";
  }
}

/** Has the links around the charts lead to what these show now. */
function linkTo(code: string, question: Question, answer: Answer | undefined) {
  const links = document.querySelectorAll<HTMLAnchorElement>(
    "a.language, a[data-same]",
  );
  for (const link of links) {
    if (link.dataset["same"] !== "json") link.search = questionText(question);
    else if (answer !== undefined) {
      const address = sameAnswer(code, { question, answer });
      if (address === undefined) link.removeAttribute("href");
      else link.href = address;
    }
  }
}

function inAddress(): Question {
  const question = readQuestion(new URLSearchParams(location.search));
  // The server has refused an address that does not fit.
  if ("unfit" in question) throw new Error(`Parameter '${question.unfit}'`);
  return question;
}

customElements.define("hiraku-explore", Explore);
