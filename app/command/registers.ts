import { Problem } from "@hiraku/kernel";
import { audit } from "@hiraku/kernel/control";
import {
  importRegister,
  registerFile,
  registerNamed,
  REGISTERS,
} from "@hiraku/opendata";
import {
  type Command,
  type Invocation,
  option,
  requireConfigured,
  Usage,
} from "./command.ts";

const listing: Command = {
  name: "registers list",
  operands: "",
  summary: "List the registers a city keeps",
  options: {},
  help: [],
  run: () =>
    Promise.resolve({
      value: REGISTERS.map(({ id, title }) => ({ id, title })),
      text: REGISTERS.map(({ id, title }) => `${id}  ${title.ja} / ${title.en}`)
        .join("\n"),
    }),
};

const exporting: Command = {
  name: "registers export",
  operands: "REGISTER",
  summary: "Print a register as CSV",
  options: { municipality: { type: "string" }, language: { type: "string" } },
  help: [
    "--municipality CODE  of which municipality",
    "--language ja|en     of the column titles (default ja)",
  ],
  async run(on) {
    const { register, municipality } = asked(on);
    const language = option(on, "language", "ja");
    if (language !== "ja" && language !== "en") {
      throw new Usage("--language: ja or en");
    }
    const text = await registerFile(
      on.installation.control,
      municipality,
      register,
      language,
    );
    return { value: { csv: text }, text: text.trimEnd() };
  },
};

const importing: Command = {
  name: "registers import",
  operands: "REGISTER",
  summary: "Take a register over from a CSV file, all of it or nothing",
  options: {
    municipality: { type: "string" },
    file: { type: "string" },
    replace: { type: "boolean" },
  },
  help: [
    "--municipality CODE  of which municipality",
    "--file FILE          UTF-8; columns go by their title or name",
    "--replace            remove entries that the file does not have",
  ],
  async run(on) {
    const { register, municipality } = asked(on);
    const { control } = on.installation;
    const done = await importRegister(
      control,
      on.clock,
      municipality,
      register,
      "cli",
      await textOf(option(on, "file")),
      { replace: on.values["replace"] === true },
    );
    await audit(control, on.clock, {
      caller: "cli",
      municipality,
      action: "register.import",
      object: register.id,
    });
    const faults = done.faults.map(({ row, column, code }) =>
      `${row}: ${column}: ${code}`
    );
    const counts = `rows: ${done.rows}\nchanged: ${done.changed}\n` +
      `removed: ${done.removed}`;
    return {
      value: done,
      text: [...faults, counts].join("\n"),
      code: faults.length > 0 ? 1 : 0,
    };
  },
};

function asked(on: Invocation) {
  const [id] = on.operands;
  if (id === undefined) throw new Usage("The REGISTER is missing");
  const register = registerNamed(id);
  if (register === undefined) {
    throw new Problem("ResourceNotFound", `Register '${id}' does not exist`);
  }
  const municipality = option(on, "municipality");
  requireConfigured(on.installation.config, municipality);
  return { register, municipality };
}

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await Deno.readFile(path);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Problem("ResourceNotFound", `File '${path}' does not exist`);
    }
    if (error instanceof TypeError) {
      throw new Problem("BadRequestData", "The file is not UTF-8");
    }
    throw error;
  }
}

export const registerCommands: readonly Command[] = [
  listing,
  exporting,
  importing,
];
