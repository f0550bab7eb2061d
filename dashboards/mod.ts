export { CityPage } from "./city_page.tsx";
export { IndexPage } from "./index_page.tsx";
export {
  type CityFigures,
  cityFigures,
  type Denominator,
  type Sourced,
} from "./figures/city_figures.ts";
export { evaluate } from "./evaluation/evaluate.ts";
export type {
  Assumption,
  Evaluation,
  EvidenceLevel,
} from "./evaluation/evaluation.ts";
export { readTable, type Table } from "./evaluation/table.ts";
