import type { Language, Municipality } from "@hiraku/kernel";
import type { Asked } from "../asked.ts";
import type { CityRates } from "../compare_cities.ts";
import type { EvaluatedBoard, Evidence } from "../evaluated.ts";
import type { Histories } from "./provenance_panel.tsx";

/** What pages and frames of a board are made from. */
export interface BoardPageProps {
  readonly language: Language;
  readonly municipality: Municipality;
  readonly evaluated: EvaluatedBoard;
  readonly asked: Asked;
  readonly histories: Histories;
  /** A headline of every city, where a rate means something. */
  readonly rates?: CityRates | undefined;
  /** Addresses of scripts, where there are any. */
  readonly scripts?: readonly string[];
  /** Numbers of footnotes, where sources stand at the end instead of beside each figure. */
  readonly cite?: (evidence: readonly Evidence[]) => readonly number[];
}
