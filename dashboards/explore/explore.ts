import {
  type Layout,
  type Municipality,
  Problem,
  type Text,
} from "@hiraku/kernel";
import {
  codeName,
  frozenMonths,
  type FrozenTable,
  readCube,
} from "@hiraku/opendata";
import { contract, type Selection } from "./contract.ts";

/** What may be explored, in the order of the form. */
export const DIMENSIONS = {
  miniAppId: {
    title: { ja: "ミニアプリ", en: "Mini-app" },
    codes: "miniApp",
  },
  districtCode: { title: { ja: "校区", en: "District" }, codes: "district" },
  ageGroup: { title: { ja: "年齢", en: "Age group" }, codes: "ageGroup" },
  sex: { title: { ja: "性別", en: "Sex" }, codes: "sex" },
  tier: { title: { ja: "登録方法", en: "Way of registration" }, codes: "tier" },
} as const satisfies Record<string, { title: Text; codes: string }>;
export type Dimension = keyof typeof DIMENSIONS;

export const MONTH = "month";

/** A question: rows by a dimension or by month, within a selection. */
export interface Question {
  readonly month: string | undefined;
  readonly by: Dimension | typeof MONTH;
  readonly at: Readonly<Partial<Record<Dimension, string>>>;
}

/** One estimate: how many, give or take; never an exact count. */
export interface Estimate {
  readonly code: string;
  readonly name: Text;
  /** `low`: less than its own error. `estimate`: within more than a fifth. */
  readonly status: "ok" | "estimate" | "low";
  readonly value: number;
  /** Half the width of a 95 % interval. */
  readonly within: number;
}

export interface Exploration {
  readonly months: readonly string[];
  /** Undefined while nothing is frozen. */
  readonly month: string | undefined;
  /** Which noisy table answered, or why none can. */
  readonly table: string | undefined;
  readonly refused: Text | undefined;
  readonly estimates: readonly Estimate[];
  readonly values: Readonly<
    Record<Dimension, readonly (readonly [string, Text])[]>
  >;
  readonly sigma: number | undefined;
  readonly most: number | undefined;
  readonly nanoRho: number | undefined;
  readonly sha256: string | undefined;
}

const NORMAL_95 = 1.96;

const CROSSED: Text = {
  ja:
    "この組合せは測っていません。個人がわからないよう、測る組合せをあらかじめ限っています。条件を減らしてください。",
  en:
    "This combination was not measured: which are was fixed beforehand, so that no person can be told. Ask for less at once.",
};
const APPS: Text = {
  ja:
    "1人が複数のミニアプリを使うため、ミニアプリをまたいで人数を足せません。ミニアプリを1つ選ぶか、ミニアプリ別にしてください。",
  en:
    "One person uses several mini-apps, so people are not added up over them. Choose one, or ask by mini-app.",
};

/** Reads an address; what it does not know is refused by name. */
export function readQuestion(
  query: Readonly<Record<string, string>>,
): Question {
  let month: string | undefined;
  let by: Question["by"] = "miniAppId";
  const at: Partial<Record<Dimension, string>> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === "") continue;
    if (name === "month" && /^\d{4}-\d{2}$/.test(value)) month = value;
    else if (name === "by" && isBy(value)) by = value;
    else if (isDimension(name) && value.length < 100) at[name] = value;
    else {
      throw new Problem(
        "BadRequestData",
        `Parameter '${name}' is not known here, or does not fit`,
      );
    }
  }
  return { month, by, at };
}

function isDimension(name: string): name is Dimension {
  return name in DIMENSIONS;
}

function isBy(name: string): name is Question["by"] {
  return name === MONTH || isDimension(name);
}

const kept = new Map<string, ReturnType<typeof readCube>>();
const MOST_KEPT = 200;

/** Frozen files never change, so that each is read once. */
function cubeOf(
  layout: Layout,
  code: string,
  month: string,
): ReturnType<typeof readCube> {
  const key = `${layout.root} ${code} ${month}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const read = readCube(layout, code, month);
  kept.set(key, read);
  read.catch(() => kept.delete(key));
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return read;
}

/** Answers a question from the frozen noisy cubes of a city, and from nothing else. */
export async function explore(
  layout: Layout,
  municipality: Municipality,
  question: Question,
): Promise<Exploration> {
  const { code } = municipality;
  const months = await frozenMonths(layout, code);
  const month = months.findLast((one) =>
    question.month === undefined || one <= question.month
  );
  const nothing = {
    months,
    month,
    table: undefined,
    refused: undefined,
    estimates: [],
    values: {
      miniAppId: [],
      districtCode: [],
      ageGroup: [],
      sex: [],
      tier: [],
    },
    sigma: undefined,
    most: undefined,
    nanoRho: undefined,
    sha256: undefined,
  } satisfies Exploration;
  if (month === undefined) return nothing;
  const { cube, sha256 } = await cubeOf(layout, code, month);
  const values = valuesOf(cube.tables, municipality);
  const at: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(question.at)) {
    if (!values[name as Dimension].some(([known]) => known === value)) {
      throw new Problem("BadRequestData", `Parameter '${name}' does not fit`);
    }
    at[name] = [value];
  }
  const table = tableFor(cube.tables, question);
  if ("refused" in table) return { ...nothing, values, refused: table.refused };
  const { id, sigma, most, nanoRho } = table.found;
  const estimates = question.by === MONTH
    ? (await Promise.all(
      months.filter((one) => one <= month).map(async (one) => {
        const read = await cubeOf(layout, code, one);
        const own = read.cube.tables.find((other) => other.id === id);
        return own === undefined || !holds(own, at)
          ? []
          : estimatesOf(own, [], at).map((each) => ({
            ...each,
            code: one,
            name: { ja: one, en: one },
          }));
      }),
    )).flat()
    : estimatesOf(table.found, [question.by], at).map((each) => ({
      ...each,
      name: nameOf(question.by as Dimension, each.code, municipality),
    }));
  return {
    ...nothing,
    values,
    table: id,
    estimates,
    sigma,
    most,
    nanoRho,
    sha256,
  };
}

/** Whether a table knows every code of a selection; mini-apps come and go. */
function holds({ dimensions }: FrozenTable, at: Selection): boolean {
  return Object.entries(at).every(([name, codes]) =>
    dimensions.find((one) => one.name === name)?.codes.some((code) =>
      codes.includes(code)
    )
  );
}

/** The table with the fewest cells that has every dimension asked for. */
function tableFor(
  tables: readonly FrozenTable[],
  { by, at }: Question,
): { found: FrozenTable } | { refused: Text } {
  const wanted = [...by === MONTH ? [] : [by], ...Object.keys(at)];
  const fitting = tables.filter(({ dimensions }) =>
    wanted.every((name) => dimensions.some((one) => one.name === name))
  ).toSorted((a, b) => a.values.length - b.values.length);
  if (fitting.length === 0) return { refused: CROSSED };
  // People are counted once where a table knows no mini-apps, or one of them is given.
  const found = fitting.find(({ dimensions }) =>
    !dimensions.some(({ name }) => name === "miniAppId") ||
    wanted.includes("miniAppId")
  );
  return found === undefined ? { refused: APPS } : { found };
}

function estimatesOf(
  table: FrozenTable,
  by: readonly string[],
  at: Selection,
): Omit<Estimate, "name">[] {
  const { codes, values, cells } = contract(table, by, at);
  const within = Math.ceil(NORMAL_95 * table.sigma * Math.sqrt(cells));
  return (codes[0] ?? [""]).map((code, place) => {
    const value = Math.max(0, Math.round(values[place] ?? 0));
    return {
      code,
      status: value < within ? "low" : within > value / 5 ? "estimate" : "ok",
      value,
      within,
    };
  });
}

function valuesOf(
  tables: readonly FrozenTable[],
  municipality: Municipality,
): Exploration["values"] {
  const of = (dimension: Dimension) => {
    const found =
      tables.flatMap(({ dimensions }) =>
        dimensions.filter(({ name }) => name === dimension)
      )[0];
    return (found?.codes ?? []).map((code) =>
      [code, nameOf(dimension, code, municipality)] as const
    );
  };
  return {
    miniAppId: of("miniAppId"),
    districtCode: of("districtCode"),
    ageGroup: of("ageGroup"),
    sex: of("sex"),
    tier: of("tier"),
  };
}

function nameOf(
  dimension: Dimension,
  code: string,
  municipality: Municipality,
): Text {
  return codeName(DIMENSIONS[dimension].codes, code, municipality);
}
