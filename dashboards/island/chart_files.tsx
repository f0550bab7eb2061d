/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { JSX } from "preact";
import { type By, questionText } from "../explore/question.ts";
import type { Asking } from "./explore_props.ts";
import { savePng } from "./save_png.ts";

/** A chart as files, of the state that the page is in. */
export function ChartFiles(
  { asking: { files, question, ask }, by, title }: {
    asking: Asking;
    by: By | "panels";
    title: string;
  },
): JSX.Element {
  const address = (form: string) =>
    `${files}/${by}.${form}${questionText(question)}`;
  const of = <span class="visually-hidden">: {title}</span>;
  return (
    <p class="files">
      <a href={address("csv")}>CSV{of}</a>
      <a href={address("svg")}>SVG{of}</a>
      {ask && (
        <button
          type="button"
          class="link"
          onClick={() => void savePng(address("svg"))}
        >
          PNG{of}
        </button>
      )}
    </p>
  );
}
