import type { Language, Municipality, Text } from "@hiraku/kernel";
import { csvText } from "@hiraku/opendata";
import type { Histories } from "../boards/page/provenance_panel.tsx";
import { provenanceFacts } from "../boards/provenance_facts.ts";
import {
  bold,
  plainText,
  type SheetRow,
  writeBook,
} from "../boards/take/book.ts";
import { BAR_ROW, BarChart } from "../charts/bar_chart.tsx";
import { drawingFile } from "../charts/drawing_file.tsx";
import { show } from "../metrics/reading_text.ts";
import { crossBars } from "./cross_section.tsx";
import type { Crossed, CrossedAge } from "./cross_ages.ts";
import { CROSS, crossTitle } from "./cross_words.ts";
import type { SurveyRead } from "./read_survey.ts";

const TEXT = {
  survey: { ja: "アンケート", en: "Survey" },
  questionCode: { ja: "設問コード", en: "Question code" },
  code: { ja: "年齢コード", en: "Age code" },
  status: { ja: "状態", en: "Status" },
  withheld: { ja: "秘匿セル数", en: "Withheld cells" },
  low: { ja: "下限", en: "At least" },
  high: { ja: "上限", en: "At most" },
  tests: { ja: "検定", en: "Tests" },
  sources: { ja: "出典", en: "Sources" },
  bounds: {
    ja:
      "下限・上限は、状態が published のとき95%信頼区間、range のとき秘匿した回答が残す範囲です。",
    en:
      "At least and at most are the 95 % interval where the status is published, and the range that withheld answers leave where it is range.",
  },
} as const satisfies Record<string, Text>;

const COLUMNS: readonly Text[] = [
  TEXT.survey,
  TEXT.questionCode,
  CROSS.question,
  TEXT.code,
  CROSS.age,
  CROSS.people,
  CROSS.agree,
  TEXT.low,
  TEXT.high,
  CROSS.pValue,
  TEXT.status,
  TEXT.withheld,
];

type Value = string | number | null;

function linesOf(
  { survey = "", crossed }: SurveyRead,
  language: Language,
): Value[][] {
  return crossed.flatMap(({ question, name, ages }) =>
    ages.map((age) => [
      survey,
      question,
      name[language],
      age.code,
      age.name[language],
      ...figuresOf(age, language),
    ])
  );
}

function figuresOf(
  { people, agree, tested }: CrossedAge,
  language: Language,
): Value[] {
  const medium = "statistical-table";
  const n = show(people, "count", language, medium);
  const share = show(agree, "share", language, medium);
  return [
    n.status === "withheld" ? n.text : n.value,
    share.status === "withheld" ? share.text : share.value,
    tested?.low ?? share.low,
    tested?.high ?? share.high,
    tested?.pValue ?? null,
    share.status,
    agree.withheld,
  ];
}

/** Every question by age as a CSV file, one line an age. */
export function crossCsv(read: SurveyRead, language: Language): string {
  return csvText({
    header: COLUMNS.map((one) => one[language]),
    *lines() {
      for (const line of linesOf(read, language)) {
        yield line.map((value) => value === null ? "" : String(value));
      }
    },
  });
}

/** The same as a workbook, with the tests and the sources on sheets of their own. */
export function crossBook(
  read: SurveyRead,
  histories: Histories,
  language: Language,
): Promise<Uint8Array> {
  const { crossed, evidence } = read;
  const cells = (line: readonly Value[]): SheetRow =>
    line.map((value) => typeof value === "string" ? plainText(value) : value);
  const headings = (own: readonly Text[]): SheetRow =>
    own.map((one) => bold(one[language]));
  return writeBook([
    {
      title: CROSS.title[language],
      rows: [
        headings(COLUMNS),
        ...linesOf(read, language).map(cells),
        [],
        [TEXT.bounds[language]],
      ],
    },
    {
      title: TEXT.tests[language],
      rows: [
        headings([
          CROSS.question,
          CROSS.chiSquare,
          CROSS.degrees,
          CROSS.pValue,
        ]),
        ...crossed.map(({ name, test }) =>
          cells([
            name[language],
            test?.chiSquare ?? null,
            test?.degrees ?? null,
            test?.pValue ?? null,
          ])
        ),
      ],
    },
    {
      title: TEXT.sources[language],
      rows: evidence.flatMap((one): SheetRow[] => [
        [bold(one.metric?.title[language] ?? one.source.table)],
        ...provenanceFacts(
          one,
          histories.get(one.source.version.manifest.dataset) ?? [],
        ).map(({ label, value }) => cells([label[language], value[language]])),
        [],
      ]),
    },
  ]);
}

/** One question by age as a drawing. */
export function crossSvg(
  one: Crossed,
  read: SurveyRead,
  municipality: Municipality,
  language: Language,
): string {
  const title = `${municipality.name[language]} ${crossTitle(one, language)}`;
  const source = read.evidence.at(-1)?.source;
  return drawingFile({
    language,
    title,
    height: one.ages.length * BAR_ROW,
    notes: [
      ...source === undefined
        ? []
        : [`survey_results.${source.table} ${source.version.manifest.version}`],
      `${read.survey} · ${CROSS.bounds[language]}`,
    ],
    children: (
      <BarChart
        id="cross"
        title={title}
        description=""
        bars={crossBars(one, language)}
      />
    ),
  });
}
