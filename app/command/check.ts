import { type Language, MunicipalityCode } from "@hiraku/kernel";
import {
  checkFile,
  type Correction,
  type FileReport,
  type Finding,
  sheetNumbered,
} from "@hiraku/opendata";
import { basename, resolve } from "node:path";
import { type FileCommand, option, Usage } from "./command.ts";

const check: FileCommand = {
  name: "check",
  operands: "FILE",
  summary: "Check a CSV or XLSX against the municipal standard sheets",
  options: {
    sheet: { type: "string" },
    municipality: { type: "string" },
    corrected: { type: "string" },
    language: { type: "string" },
  },
  help: [
    "--sheet NUMBER       the sheet it should follow, such as 03 (else recognised)",
    "--municipality CODE  whose file it is, six digits",
    "--corrected OUT.csv  write the file in the current edition, corrected",
    "--language ja|en     of the findings (default ja)",
  ],
  onFiles: true,
  async run(on) {
    const [path] = on.operands;
    if (path === undefined) throw new Usage("The file is missing");
    const language = option(on, "language", "ja");
    if (language !== "ja" && language !== "en") {
      throw new Usage("--language: ja or en");
    }
    const out = on.values["corrected"];
    if (typeof out === "string" && resolve(out) === resolve(path)) {
      throw new Usage("--corrected: a file is not written over itself");
    }
    const report = await checkFile(await bytesOf(path), {
      fileName: basename(path),
      ...asked(on.values),
    });
    const correction = typeof out === "string" ? report.correct?.() : undefined;
    if (typeof out === "string" && correction !== undefined) {
      await written(out, correction.csv);
    }
    const { correct: _, ...value } = report;
    return {
      value: {
        ...value,
        ...(correction && { corrected: summary(correction) }),
      },
      text: [
        head(report, language),
        ...shown(report.findings, language),
        ...(correction ? told(correction, language) : []),
        ...(typeof out === "string" && correction === undefined
          ? [
            language === "ja"
              ? `'${out}'は書き出していません`
              : `'${out}' was not written`,
          ]
          : []),
        total(report.findings, language),
      ].join("\n"),
      code: report.findings.some(({ severity }) => severity === "error")
        ? 1
        : 0,
    };
  },
};

export const checkCommands: readonly FileCommand[] = [check];

function asked(
  values: Readonly<Record<string, unknown>>,
): Partial<Omit<Parameters<typeof checkFile>[1], "fileName">> {
  const { sheet: number, municipality } = values;
  const sheet = typeof number === "string" ? sheetNumbered(number) : undefined;
  if (number !== undefined && sheet === undefined) {
    throw new Usage(`--sheet: the columns of '${number}' are not known`);
  }
  if (municipality === undefined) return { ...(sheet && { sheet }) };
  const code = MunicipalityCode.safeParse(municipality);
  if (!code.success) {
    throw new Usage(`--municipality: '${municipality}' is no code`);
  }
  return { ...(sheet && { sheet }), municipality: code.data };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw new Usage(`The file '${path}' cannot be read`, { cause: error });
  }
}

async function written(path: string, text: string): Promise<void> {
  try {
    await Deno.writeTextFile(`${path}.part`, text);
    await Deno.rename(`${path}.part`, path);
  } catch (error) {
    throw new Usage(`--corrected: '${path}' cannot be written`, {
      cause: error,
    });
  }
}

function summary(
  { lost, empty }: Correction,
): Omit<Correction, "csv"> {
  return { lost, empty };
}

function head(
  { sheet, edition = "", rows }: FileReport,
  language: Language,
): string {
  const ja = language === "ja";
  const named = sheet === undefined
    ? ja ? "標準の様式なし" : "No standard sheet"
    : `${sheet.id} ${sheet.title[language]} (${edition}; ${sheet.edition})`;
  return `${named}, ${rows} ${ja ? "行" : "rows"}`;
}

const MOST_ALIKE = 10;

/** One line a finding; of many alike in a column the first ten and how many follow. */
function shown(findings: readonly Finding[], language: Language): string[] {
  const alike = Map.groupBy(
    findings,
    ({ code, column, name }) => `${code} ${column} ${name}`,
  );
  const kept = new Set(
    [...alike.values()].flatMap((all) => all.slice(0, MOST_ALIKE)),
  );
  const more = language === "ja"
    ? "同じ列に同様のもの"
    : "more alike in column";
  return [
    ...findings.filter((one) => kept.has(one)).map((one) =>
      line(one, language)
    ),
    ...[...alike.values()].flatMap((all) => {
      const [first] = all;
      const rest = all.length - MOST_ALIKE;
      return first === undefined || rest <= 0
        ? []
        : [`… ${first.code} ${first.column} ${first.name}: ${more} ${rest}`];
    }),
  ];
}

function line(one: Finding, language: Language): string {
  const ja = language === "ja";
  const place = [`${one.row}`, one.column, one.name].filter(Boolean).join(" ");
  const parts = [
    `${place}: ${one.severity} ${one.code} ${one.message[language]}`,
  ];
  if (one.found !== undefined) {
    parts.push(`${ja ? "値" : "found"} ${JSON.stringify(one.found)}`);
  }
  parts.push(`${ja ? "標準" : "standard"} ${one.asks[language]}`);
  if (one.proposal !== undefined) {
    parts.push(`${ja ? "修正案" : "proposal"} ${JSON.stringify(one.proposal)}`);
  }
  return parts.join(" | ");
}

function told({ lost, empty }: Correction, language: Language): string[] {
  const ja = language === "ja";
  return [
    ...lost.map(({ column, values }) =>
      ja
        ? `引き継げない列: ${column} (${values}件の値)`
        : `Not carried: ${column} (${values} values)`
    ),
    ...(empty.length === 0
      ? []
      : [`${ja ? "空の列" : "Empty columns"}: ${empty.join(", ")}`]),
  ];
}

function total(findings: readonly Finding[], language: Language): string {
  const count = (severity: Finding["severity"]) =>
    findings.filter((one) => one.severity === severity).length;
  const [errors, warnings, infos] = [
    count("error"),
    count("warning"),
    count("info"),
  ];
  return language === "ja"
    ? `エラー ${errors}、警告 ${warnings}、情報 ${infos}`
    : `${errors} errors, ${warnings} warnings, ${infos} infos`;
}
