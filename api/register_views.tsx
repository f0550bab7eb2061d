import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { RegisterChange, RegisterEntry } from "@hiraku/kernel/control";
import {
  cellKind,
  columnOf,
  inLanguage,
  Layout,
  nameOf,
  type Register,
  type RegisterImport,
  REGISTERS,
  toCell,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { z } from "zod";
import { Crumbs } from "./crumbs.tsx";
import { cityTime } from "./city_time.ts";
import { StaffTable } from "./staff_table.tsx";

const TEXT = {
  title: { ja: "台帳", en: "Registers" },
  none: { ja: "まだ登録がありません。", en: "There is no entry yet." },
  add: { ja: "追加・変更", en: "Add or change an entry" },
  edit: { ja: "変更", en: "Change" },
  remove: { ja: "削除", en: "Remove" },
  save: { ja: "保存", en: "Save" },
  file: { ja: "CSVファイル", en: "CSV file" },
  download: { ja: "CSVをダウンロード", en: "Download as CSV" },
  upload: { ja: "CSVを取り込む", en: "Import a CSV file" },
  replace: {
    ja: "ファイルにない登録を削除する",
    en: "Remove entries that the file does not have",
  },
  history: { ja: "変更の履歴", en: "History" },
  at: { ja: "日時", en: "When" },
  by: { ja: "変更者", en: "By" },
  what: { ja: "変更", en: "Change" },
  removed: { ja: "削除", en: "Removed" },
  kept: { ja: "登録・変更", en: "Kept" },
  refused: { ja: "保存できませんでした", en: "Not saved" },
  row: { ja: "行", en: "Row" },
  column: { ja: "列", en: "Column" },
  fault: { ja: "理由", en: "Why" },
  required: { ja: "必須", en: "required" },
} as const satisfies Record<string, Text>;

/** Letters from which a column is written in a larger field. */
const LONG = 1_000;

/** All registers of a city. */
export function RegisterList(
  { language, city }: { language: Language; city: Municipality },
): JSX.Element {
  const path = `/operations/${city.code}/registers`;
  return (
    <Layout language={language} title={TEXT.title} path={path}>
      <Crumbs language={language} />
      <h1>{city.name[language]} {TEXT.title[language]}</h1>
      <dl>
        {REGISTERS.map(({ id, title, description }) => (
          <>
            <dt>
              <a href={inLanguage(language, `${path}/${id}`)}>
                {title[language]}
              </a>
            </dt>
            <dd>{description[language]}</dd>
          </>
        ))}
      </dl>
    </Layout>
  );
}

interface RegisterPageProps {
  language: Language;
  city: Municipality;
  register: Register;
  entries: readonly RegisterEntry[];
  history: readonly RegisterChange[];
  /** What the form shows. */
  edited: Readonly<Record<string, unknown>> | undefined;
  problem?: string;
  done?: RegisterImport;
}

/** One register: its entries, a form, the file and the history. */
export function RegisterPage(props: RegisterPageProps): JSX.Element {
  const { language, city, register, problem, done } = props;
  const path = `/operations/${city.code}/registers/${register.id}`;
  return (
    <Layout language={language} title={register.title} path={path}>
      <Crumbs
        language={language}
        over={{
          path: `/operations/${city.code}/registers`,
          title: TEXT.title,
        }}
      />
      <h1>{city.name[language]} {register.title[language]}</h1>
      <p>{register.description[language]}</p>
      {problem !== undefined && (
        <p class="notice" role="alert">
          {TEXT.refused[language]}: {problem}
        </p>
      )}
      {done !== undefined && <Imported language={language} done={done} />}
      <Entries {...props} />
      <Form {...props} />
      <File language={language} path={path} />
      <History {...props} />
    </Layout>
  );
}

function Entries({ language, city, register, entries }: RegisterPageProps) {
  const names = Object.keys(register.row.shape);
  const path = inLanguage(
    language,
    `/operations/${city.code}/registers/${register.id}`,
  );
  return (
    <StaffTable
      label={register.title[language]}
      head={[
        ...names.map((name) => columnOf(register.row, name).title[language]),
        TEXT.what[language],
      ]}
      rows={entries.map(({ key, value }) => [
        ...names.map((name) =>
          shown(register, name, value[name], city, language)
        ),
        <>
          <a href={`${path}?entry=${encodeURIComponent(key)}#form`}>
            {TEXT.edit[language]}
          </a>
          <form method="post" action={`${path}/remove`}>
            <input type="hidden" name="id" value={key} />
            <button
              type="submit"
              aria-label={`${TEXT.remove[language]} ${key}`}
            >
              {TEXT.remove[language]}
            </button>
          </form>
        </>,
      ])}
      none={TEXT.none[language]}
    />
  );
}

function shown(
  { row }: Register,
  name: string,
  value: unknown,
  city: Municipality,
  language: Language,
): string {
  const text = toCell(value);
  return nameOf(columnOf(row, name), text, city)[language];
}

function Form({ language, city, register, edited = {} }: RegisterPageProps) {
  const path = `/operations/${city.code}/registers/${register.id}`;
  return (
    <section aria-labelledby="form">
      <h2 id="form">{TEXT.add[language]}</h2>
      <form class="fields" method="post" action={inLanguage(language, path)}>
        {Object.entries(register.row.shape).map(([name, schema]) => (
          <p>
            <label for={`f-${name}`}>
              {columnOf(register.row, name).title[language]}
              {!cellKind(schema).optional && ` (${TEXT.required[language]})`}
            </label>
            <Field
              name={name}
              schema={schema}
              register={register}
              language={language}
              value={toCell(edited[name])}
            />
          </p>
        ))}
        <p>
          <button type="submit">{TEXT.save[language]}</button>
        </p>
      </form>
    </section>
  );
}

function Field(
  { name, schema, register, language, value }: {
    name: string;
    schema: Parameters<typeof cellKind>[0];
    register: Register;
    language: Language;
    value: string;
  },
) {
  const { kind, optional } = cellKind(schema);
  const id = `f-${name}`;
  const options = typeof kind === "object"
    ? kind.oneOf
    : kind === "boolean"
    ? ["1", "0"]
    : undefined;
  if (options !== undefined) {
    const names = columnOf(register.row, name).names ?? {};
    return (
      <select id={id} name={name}>
        {optional && <option value=""></option>}
        {options.map((one) => (
          <option value={one} selected={one === value}>
            {names[one]?.[language] ??
              (one === "1" ? "✓" : one === "0" ? "–" : one)}
          </option>
        ))}
      </select>
    );
  }
  if (schema instanceof z.ZodString && (schema.maxLength ?? 0) > LONG) {
    return (
      <textarea id={id} name={name} rows={8} required={!optional}>
        {value}
      </textarea>
    );
  }
  const type = kind === "date" ? "date" : "text";
  return (
    <input
      id={id}
      name={name}
      type={type}
      value={value}
      required={!optional && kind !== "list"}
      inputmode={kind === "number" ? "decimal" : undefined}
    />
  );
}

function File({ language, path }: { language: Language; path: string }) {
  const at = inLanguage(language, path);
  return (
    <section aria-labelledby="file">
      <h2 id="file">{TEXT.file[language]}</h2>
      <p>
        <a href={`${at}/file.csv`}>{TEXT.download[language]}</a>
      </p>
      <form method="post" action={`${at}/file`} enctype="multipart/form-data">
        <p>
          <label for="csv">{TEXT.upload[language]}</label>
          <input
            id="csv"
            type="file"
            name="file"
            accept=".csv,text/csv"
            required
          />
        </p>
        <p>
          <label>
            <input type="checkbox" name="replace" value="1" />{" "}
            {TEXT.replace[language]}
          </label>
        </p>
        <p>
          <button type="submit">{TEXT.upload[language]}</button>
        </p>
      </form>
    </section>
  );
}

function Imported(
  { language, done }: { language: Language; done: RegisterImport },
) {
  if (done.faults.length === 0) {
    return (
      <p class="notice" role="status">
        {language === "ja"
          ? `${done.rows}行を読み、${done.changed}件を登録・変更し、${done.removed}件を削除しました。`
          : `Read ${done.rows} rows, kept ${done.changed} changes and removed ${done.removed} entries.`}
      </p>
    );
  }
  return (
    <div class="notice" role="alert">
      <p>{TEXT.refused[language]}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{TEXT.row[language]}</th>
            <th scope="col">{TEXT.column[language]}</th>
            <th scope="col">{TEXT.fault[language]}</th>
          </tr>
        </thead>
        <tbody>
          {done.faults.slice(0, 100).map(({ row, column, code }) => (
            <tr>
              <td class="number">{row}</td>
              <td>{column}</td>
              <td>
                <code>{code}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function History({ language, history }: RegisterPageProps) {
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{TEXT.history[language]}</h2>
      <StaffTable
        label={TEXT.history[language]}
        head={[TEXT.at[language], TEXT.by[language], TEXT.what[language]]}
        rows={history.map(({ at, by, key, value }) => [
          cityTime(at),
          <code>{by}</code>,
          <>
            {(value === null ? TEXT.removed : TEXT.kept)[language]}{" "}
            <code>{key}</code>
          </>,
        ])}
        none={TEXT.none[language]}
      />
    </section>
  );
}
