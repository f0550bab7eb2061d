import { isInArea, isMeasured, prefectureOf } from "./area.ts";
import type { ReadRow } from "./cells.ts";
import { letter } from "./file_bytes.ts";
import { type Code, type Finding, finding } from "./finding.ts";
import type { Header } from "./header.ts";
import { isMunicipality } from "./values/codes.ts";
import { isWithin } from "./values/position.ts";

/** What a rule between the values of one row may ask. */
interface Within {
  /** The value of the first of these columns that has one. */
  value(...names: readonly string[]): string | undefined;
  /** A finding at a column by its official name. */
  at(
    name: string,
    code: Code,
    details?: Parameters<typeof finding>[2],
  ): Finding;
  readonly columns: Header["columns"];
  readonly totals: readonly Total[];
  /** Those pairs of start and end that the table has. */
  readonly spans: readonly Pair[];
  readonly hours: readonly Pair[];
}

type Pair = readonly [start: string, end: string];
const NONE: readonly Finding[] = [];

/** A total and the columns that add up to it. */
type Total = readonly [whole: string, parts: readonly string[]];

type Rule = (row: Within) => readonly Finding[];

/** Answers the findings between the values of one row of a table. */
export function betweenValues(
  { columns }: Header,
): (row: ReadRow) => readonly Finding[] {
  const places = new Map(
    columns.flatMap((one, at) => one === undefined ? [] : [[one.name, at]]),
  );
  const totals = [...PARTS, bands(columns, "男性"), bands(columns, "女性")]
    .filter(([whole, parts]) =>
      parts.length > 0 && [whole, ...parts].every((name) => places.has(name))
    );
  const has = (...names: readonly string[]) =>
    names.every((name) => places.has(name));
  const rules = RULES.filter(({ needs }) => needs.some((one) => has(...one)))
    .map(({ rule }) => rule);
  const spans = SPANS.filter((one) => has(...one));
  const hours = HOURS.filter((one) => has(...one));
  return ({ row, corrected }) => {
    const within: Within = {
      columns,
      totals,
      spans,
      hours,
      value: (...names) => {
        for (const name of names) {
          const at = places.get(name);
          const text = at === undefined ? undefined : corrected[at];
          if (text === undefined || text === "") continue;
          const trimmed = text.trim();
          if (trimmed !== "") return trimmed;
        }
        return undefined;
      },
      at: (name, code, details = {}) => {
        const index = places.get(name);
        const column = index === undefined ? "" : letter(index);
        return finding({ row: row.number, column, name }, code, details);
      },
    };
    let found: Finding[] | undefined;
    for (const rule of rules) {
      for (const one of rule(within)) (found ??= []).push(one);
    }
    return found ?? NONE;
  };
}

const LOCATED = "所在地_全国地方公共団体コード";
const PREFECTURE = "所在地_都道府県";

const position: Rule = ({ value, at }) => {
  const latitude = value("緯度");
  const longitude = value("経度");
  if (latitude === undefined && longitude === undefined) return [];
  if (latitude === undefined) return [at("緯度", "half_position")];
  if (longitude === undefined) return [at("経度", "half_position")];
  const north = Number(latitude);
  const east = Number(longitude);
  if (isWithin(north, "longitude") && isWithin(east, "latitude")) {
    return [
      at("緯度", "swapped_position", { found: latitude, proposal: longitude }),
      at("経度", "swapped_position", { found: longitude, proposal: latitude }),
    ];
  }
  if (!isWithin(north, "latitude") || !isWithin(east, "longitude")) return [];
  const code = value(
    LOCATED,
    "全国地方公共団体コード",
    "都道府県コード又は市区町村コード",
    "市区町村コード",
  );
  if (code === undefined || !isMunicipality(code)) return [];
  if (isInArea(code, north, east)) return [];
  return [at("緯度", "outside_area", {
    found: `${latitude}, ${longitude}`,
    ...(isMeasured(code) ? {} : { severity: "warning" }),
  })];
};

const prefecture: Rule = ({ value, at }) => {
  const code = value(LOCATED);
  const name = value(PREFECTURE);
  if (code === undefined || name === undefined || !isMunicipality(code)) {
    return [];
  }
  const official = prefectureOf(code);
  return official === name
    ? []
    : [at(PREFECTURE, "prefecture_mismatch", { found: name })];
};

const address: Rule = ({ value, at, columns }) => {
  const whole = value("所在地_連結表記");
  const name = value(PREFECTURE);
  const city = value("所在地_市区町村");
  if (whole === undefined || name === undefined || city === undefined) {
    return [];
  }
  if (whole.startsWith(name) || !whole.startsWith(city)) return [];
  const code = value(LOCATED);
  if (code !== undefined && prefectureOf(code) !== name) return [];
  const hidden = columns.some((one) =>
    one?.name === "所在地_連結表記" && one.personal
  );
  return [
    at(
      "所在地_連結表記",
      "address_prefecture",
      hidden ? {} : { found: whole, proposal: name + whole },
    ),
  ];
};

const SPANS: readonly Pair[] = [
  ["開始日", "終了日"],
  ["データセット_公開日", "データセット_最終更新日"],
  ["ファイル_公開日", "ファイル_最終更新日"],
  ["登録日", "最終更新日"],
];
const HOURS: readonly Pair[] = [
  ["開始時間", "終了時間"],
  ["開始時刻", "終了時刻"],
  ["利用開始時間", "利用終了時間"],
  ["子供預かり開所時間", "子供預かり閉所時間"],
];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^\d{2}:\d{2}$/;

const datesInOrder: Rule = ({ value, at, spans }) =>
  spans.flatMap(([from, to]) => {
    const start = value(from) ?? "";
    const end = value(to) ?? "";
    if (!DAY.test(start) || !DAY.test(end) || start <= end) return [];
    return [at(to, "end_before_start", { found: `${start} > ${end}` })];
  });

const hoursInOrder: Rule = ({ value, at, hours }) =>
  hours.flatMap(([from, to]) => {
    const start = value(from) ?? "";
    const end = value(to) ?? "";
    if (!CLOCK.test(start) || !CLOCK.test(end) || start <= end) return [];
    const day = value("開始日");
    const found = { found: `${start} > ${end}` };
    // A bar closes after midnight; an event of one day does not end before it starts.
    return day !== undefined && day === value("終了日")
      ? [at(to, "end_before_start", found)]
      : [at(to, "closes_before_opening", found)];
  });

const PARTS: readonly Total[] = [
  ["総人口", ["男性", "女性"]],
  ["男性トイレ総数", [
    "男性トイレ数（小便器）",
    "男性トイレ数（和式）",
    "男性トイレ数（洋式）",
  ]],
  ["女性トイレ総数", ["女性トイレ数（和式）", "女性トイレ数（洋式）"]],
  ["男女共用トイレ総数", [
    "男女共用トイレ数（和式）",
    "男女共用トイレ数（洋式）",
  ]],
];

function bands(columns: Header["columns"], sex: string): Total {
  return [
    sex,
    columns.flatMap((one) =>
      one !== undefined && one.name !== sex && /歳/.test(one.name) &&
        one.name.endsWith(sex)
        ? [one.name]
        : []
    ),
  ];
}

const totals: Rule = ({ value, at, totals }) =>
  totals.flatMap(([total, parts]) => {
    const whole = value(total);
    const numbers = parts.map((name) => Number(value(name) ?? NaN));
    if (whole === undefined || Number.isNaN(Number(whole))) return [];
    if (numbers.some(Number.isNaN)) return [];
    const sum = numbers.reduce((all, one) => all + one, 0);
    return sum === Number(whole)
      ? []
      : [at(total, "total_mismatch", { found: whole, detail: `${sum}` })];
  });

const alone =
  (one: string, other: string, code: Code): Rule => ({ value, at }) =>
    value(one) !== undefined && value(other) === undefined
      ? [at(other, code)]
      : NONE;

/** A rule with the columns it speaks of: one of these groups must stand in the table. */
const RULES: readonly {
  readonly needs: readonly (readonly string[])[];
  readonly rule: Rule;
}[] = [
  { needs: [["緯度"], ["経度"]], rule: position },
  { needs: [[LOCATED, PREFECTURE]], rule: prefecture },
  {
    needs: [["所在地_連結表記", PREFECTURE, "所在地_市区町村"]],
    rule: address,
  },
  { needs: SPANS, rule: datesInOrder },
  { needs: HOURS, rule: hoursInOrder },
  {
    needs: [["総人口"], ["男性"], ["女性"], ...PARTS.map(([one]) => [one])],
    rule: totals,
  },
  {
    needs: [["高度の値", "高度の種別"]],
    rule: alone("高度の値", "高度の種別", "height_without_kind"),
  },
  {
    needs: [["画像", "画像_ライセンス"]],
    rule: alone("画像", "画像_ライセンス", "image_without_licence"),
  },
];
