export { cityTitle } from "./city_frame.tsx";
export { CityPage } from "./city_page.tsx";
export { IndexPage } from "./index_page.tsx";
export {
  type CityFigures,
  cityFigures,
  type Denominator,
  type Sourced,
} from "./figures/city_figures.ts";
export { openShelf, type Shelf } from "./released/shelf.ts";
export type { Audience, Board } from "./boards/board.ts";
export { boardNamed, boardsToChoose } from "./boards/board_named.ts";
export { BOARDS } from "./boards/definitions/all.ts";
export { metricBoardId } from "./boards/metric_board.ts";
export { AUDIENCES } from "./boards/audiences.ts";
export { askedText, boardPath, readAsked } from "./boards/board_address.ts";
export {
  historiesOf,
  openBoard,
  type OpenedBoard,
} from "./boards/open_board.ts";
export type { Asked } from "./boards/asked.ts";
export { datasetsOf } from "./boards/evaluate_board.ts";
export { boardCsv, chartCsv } from "./boards/take/tidy_rows.ts";
export { boardWorkbook } from "./boards/take/workbook.ts";
export { boardSlides } from "./boards/take/slides.ts";
export { chartSvg } from "./boards/take/chart_svg.tsx";
export { answerMetric, metricDefinitions } from "./boards/answer_metric.ts";
export { listMetrics, type WantedMetrics } from "./boards/list_metrics.ts";
export { MetricsPage } from "./boards/page/metrics_page.tsx";
export { BoardPage } from "./boards/page/board_page.tsx";
export { KpiPage } from "./kpi/kpi_page.tsx";
export { readKpis } from "./kpi/read_kpi.ts";
export { LogicModelPage } from "./logic/logic_model_page.tsx";
export {
  isTested,
  type LogicModel,
  readLogicModel,
} from "./logic/read_logic_model.ts";
export { OwnWords } from "./charts/own_words.tsx";
export { OutlinePreview } from "./charts/outline_preview.tsx";
export { levelName, LogicDrawing } from "./logic/logic_drawing.tsx";
export { LEVELS } from "./logic/lint.ts";
export { sentence } from "./metrics/reading_text.ts";
export { contract } from "./explore/contract.ts";
export { type Exploration, explore, readBy } from "./explore/explore.ts";
export { chosenOf, type Dimension } from "./explore/question.ts";
export { ExploreEmbed, ExplorePage } from "./explore/explore_page.tsx";
export {
  estimatesCsv,
  estimatesSvg,
  panelsCsv,
  panelsSvg,
} from "./explore/estimate_files.tsx";
export { ChartEmbed } from "./embed/chart_embed.tsx";
export {
  type MadeScripts,
  noScripts,
  type Script,
  type Scripts,
  scriptsWhenAsked,
} from "./island_scripts.ts";
export { publishedMonths } from "./explore/published_months.ts";
export { awaitedMonths } from "./explore/awaited_months.ts";
export { askedElsewhere } from "./explore/elsewhere.ts";
export { MEASURED } from "./explore/measures.ts";
export { refusalText } from "./explore/refusals.ts";
export {
  type Fact,
  FACT_LABELS,
  provenanceFacts,
} from "./boards/provenance_facts.ts";
export { milestonesOf } from "./boards/milestones.ts";
export { answerEvidence, answerQuestions } from "./effects/answer_questions.ts";
export { EvaluationsPage } from "./effects/evaluations_page.tsx";
export { PlanPage } from "./effects/plan_page.tsx";
export { readPlan } from "./effects/read_plan.ts";
export { openPack, readPack } from "./pack/read_pack.ts";
export { PackPage } from "./pack/pack_page.tsx";
export { compareCities, comparedHeadline } from "./boards/compare_cities.ts";
export { type LiveAnswers, readSurvey } from "./surveys/read_survey.ts";
export { crossBook, crossCsv, crossSvg } from "./surveys/cross_files.tsx";
export { SurveyPage } from "./surveys/survey_page.tsx";
export { WellbeingPage } from "./wellbeing/wellbeing_page.tsx";
export {
  type AskedVersion,
  QueriesPage,
  QUERY_FILES,
  QueryPage,
  type QueryResult,
  RemovedQueryPage,
} from "./queries/query_pages.tsx";
export { dueDay, readPlanOf, ReportPlan } from "./reports/plan.ts";
export {
  composeAlert,
  composeReport,
  isBeyond,
  type Message,
} from "./reports/compose.ts";
export { metricOrNone } from "./metrics/registry.ts";
export { METRICS } from "./metrics/definitions/all.ts";
