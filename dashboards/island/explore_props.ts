import type { Language, Text } from "@hiraku/kernel";
import type { OutlinePaths } from "../charts/outline_paths.ts";
import type { Answer } from "../explore/answer.ts";
import type { Dimension, Question } from "../explore/question.ts";

/** What the page hands to its island, as JSON; the figures come as a file. */
export interface ExploreProps {
  readonly language: Language;
  /** Address of the page in its language. */
  readonly path: string;
  /** Where its charts lie as files. */
  readonly files: string;
  /** Address of the frozen months. */
  readonly file: string;
  /** What can be explored: ids and titles. */
  readonly metrics: readonly (readonly [string, string])[];
  /** What else is published, on boards of their own: ids and titles. */
  readonly others: readonly (readonly [string, string])[];
  readonly months: readonly string[];
  readonly names: Readonly<
    Record<Dimension, readonly (readonly [string, Text])[]>
  >;
  /** Where districts lie, and where that comes from. */
  readonly outlines:
    | { readonly paths: OutlinePaths; readonly source: Text }
    | undefined;
  readonly milestones: readonly {
    readonly date: string;
    readonly title: string;
  }[];
}

/** Asks another question, in place of following a link. */
export type Ask = (question: Question) => void;

/** What every part of the page needs. */
export interface Asking extends ExploreProps {
  readonly question: Question;
  readonly answer: Answer;
  /** Undefined without a script: links and the form do it then. */
  readonly ask: Ask | undefined;
}
