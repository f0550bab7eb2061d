import { z } from "zod";

/** A value as its schema reads it, or `undefined`: "ask the schema". */
export type QuickRead = (value: unknown) => unknown;

/** What a value must pass besides its schema; it is asked of every key and every value that is no list or object. */
export type Besides = (schema: z.core.$ZodType) => (value: unknown) => boolean;

/**
 * Generates from a schema a reader of parsed JSON that can only say yes: to
 * values that fit, carry no key the schema does not know and pass `besides`.
 * It is several times faster than zod, which is always ready to explain a
 * failure; kinds it does not know it leaves to zod. What it returns shares its
 * parts with what it was given.
 */
export function quickRead(
  schema: z.core.$ZodType,
  besides: Besides = () => () => true,
): QuickRead {
  const pen: Pen = { held: [], names: 0, besides };
  const body = code(schema, "value", "read", pen);
  return new Function(
    ...pen.held.map((_, i) => `held${i}`),
    `"use strict"; return (value) => { let read; ${body} return read; };`,
  )(...pen.held);
}

/** What the generated code refers to, and how many names it has used. */
interface Pen {
  readonly besides: Besides;
  readonly held: unknown[];
  names: number;
}

function hold(pen: Pen, value: unknown): string {
  return `held${pen.held.push(value) - 1}`;
}

/** Code that puts what `from` reads as into `to`, or returns. */
function code(
  schema: z.core.$ZodType,
  from: string,
  to: string,
  pen: Pen,
): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const besides = pen.besides(schema);
  const passed = () => `if (!${hold(pen, besides)}(${from})) return;`;
  if (!isKnown(schema)) {
    return `${passed()} ${to} = ${hold(pen, asked(schema))}(${from});
      if (${to} === undefined) return;`;
  }
  const checks = checksOf(schema).map((one) =>
    "pattern" in one._zod.def
      ? `if (!${hold(pen, one._zod.def.pattern)}.test(${from})) return;`
      : `if (!${hold(pen, passes(one))}(${from})) return;`
  ).join("\n");
  const rest = `${checks} ${to} = ${from};`;
  switch (def.type) {
    case "boolean":
      return `if (typeof ${from} !== "boolean") return; ${rest}`;
    case "string":
      return `if (typeof ${from} !== "string") return; ${passed()} ${rest}`;
    case "number":
      return `if (!Number.isFinite(${from})) return; ${passed()} ${rest}`;
    case "enum": {
      const members = new Set(Object.values(def.entries).filter(besides));
      return `if (!${hold(pen, members)}.has(${from})) return; ${rest}`;
    }
    case "nullable":
      return `if (${from} === null) ${to} = null;
        else { ${code(def.innerType, from, to, pen)} }`;
    case "optional":
    case "default":
    case "prefault":
      return code(def.innerType, from, to, pen);
    case "array":
      return `if (!Array.isArray(${from})) return; ${rest}
        ${listCode(def, from, to, pen)}`;
    case "object":
      return `if (typeof ${from} !== "object" || ${from} === null ||
          Array.isArray(${from})) return;
        ${rest} ${objectCode(def, besides, from, to, pen)}`;
    default:
      return `${passed()} ${rest}`;
  }
}

function listCode(
  def: z.core.$ZodArrayDef,
  from: string,
  to: string,
  pen: Pen,
): string {
  const n = pen.names++;
  return `for (let i${n} = 0; i${n} < ${from}.length; i${n}++) {
    const sent${n} = ${from}[i${n}];
    let read${n};
    ${code(def.element, `sent${n}`, `read${n}`, pen)}
    if (read${n} !== sent${n}) {
      if (${to} === ${from}) ${to} = [...${from}];
      ${to}[i${n}] = read${n};
    }
  }`;
}

/** Counts the keys down, so that one the schema does not know is noticed. */
function objectCode(
  def: z.core.$ZodObjectDef,
  besides: (value: unknown) => boolean,
  from: string,
  to: string,
  pen: Pen,
): string {
  const keys = `keys${pen.names++}`;
  const fields = Object.entries(def.shape).map(([key, schema]) => {
    const n = pen.names++;
    const at = `[${JSON.stringify(key)}]`;
    const may = besides({ [key]: null }) ? "" : "return;";
    const absent = z.safeParse(schema, undefined);
    const none = absent.success
      ? absent.data === undefined
        ? ""
        : `if (${to} === ${from}) ${to} = { ...${from} };
           ${to}${at} = ${hold(pen, absent.data)};`
      : "return;";
    return `const sent${n} = ${from}${at};
      if (sent${n} === undefined) { ${none} } else {
        ${may}
        ${keys} -= 1;
        let read${n};
        ${code(schema, `sent${n}`, `read${n}`, pen)}
        if (read${n} !== sent${n}) {
          if (${to} === ${from}) ${to} = { ...${from} };
          ${to}${at} = read${n};
        }
      }`;
  });
  return `let ${keys} = 0;
    for (const _ in ${from}) ${keys} += 1;
    ${fields.join("\n")}
    if (${keys} !== 0) return;`;
}

const KINDS = [
  "array",
  "boolean",
  "default",
  "enum",
  "nullable",
  "number",
  "object",
  "optional",
  "prefault",
  "string",
  "unknown",
];

/** Whether reading leaves the value as it is, but for defaults. */
function isKnown(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return KINDS.includes(def.type) &&
    !("coerce" in def && def.coerce) && !("catchall" in def && def.catchall) &&
    checksOf(schema).every(({ _zod: { def } }) =>
      def.check !== "overwrite" &&
      !("pattern" in def && def.pattern instanceof RegExp && def.pattern.global)
    );
}

/** A format such as `z.int()` is a check of itself, before the others. */
function checksOf(schema: z.core.$ZodType): readonly z.core.$ZodCheck[] {
  const checks = schema._zod.def.checks ?? [];
  return schema._zod.traits.has("$ZodCheck")
    ? [schema as z.core.$ZodType & z.core.$ZodCheck, ...checks]
    : checks;
}

function asked(schema: z.core.$ZodType): QuickRead {
  return (value) => {
    const read = z.safeParse(schema, value);
    return read.success ? read.data : undefined;
  };
}

/** Values of refinements are few, such as the code of the sender's municipality. */
const MOST_REMEMBERED = 1_000;

function passes(check: z.core.$ZodCheck): (value: unknown) => boolean {
  const run = check._zod.check as z.core.$ZodCheckInternals<unknown>["check"];
  const { when } = check._zod.def;
  const test = (value: unknown) => {
    const payload: z.core.ParsePayload = { value, issues: [] };
    if (when !== undefined && !when(payload)) return true;
    return run(payload) === undefined && payload.issues.length === 0;
  };
  if (check._zod.def.check !== "custom") return test;
  const remembered = new Set<unknown>();
  return (value) => {
    if (remembered.has(value)) return true;
    const passed = test(value);
    if (passed && remembered.size < MOST_REMEMBERED) remembered.add(value);
    return passed;
  };
}
