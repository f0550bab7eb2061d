import { parse } from "csv-parse/sync";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const STATUSES = ["met", "partly", "later", "refused", "not applicable"];
const SHOWN = ["met", "partly"];
const ROOMS = ["api", "app", "kernel", "ngsi", "pipelines", "tests"];

/**
 * The clauses of chapters 4 to 7 of CIM 009 V1.9.1, but for those that are mere
 * headings; an operation of chapter 5 is one clause with its five parts, and a
 * resource of chapter 6 its methods. `5.6.1-21` stands for 5.6.1 to 5.6.21.
 */
const CLAUSES = `
4.1 4.2.1-5 4.3.1-5 4.3.6.1-8 4.3.7 4.4 4.5.0-1 4.5.2.1-3 4.5.3.1-3 4.5.4
4.5.5.1-3 4.5.6-15 4.5.16.0-3 4.5.17.0-2 4.5.18.1-3 4.5.19.0-1 4.5.20.1-3
4.5.21.1-3 4.5.22.1-3 4.5.23.1-3 4.5.24.1-3 4.5.25 4.6.1-6 4.7.1-3 4.8-22
4.23.1-3 5.1 5.2.1-13 5.2.14.1-2 5.2.15-44 5.3.1-4 5.4 5.5.1-8 5.5.9.1-3
5.5.10 5.5.11.0-5 5.5.12-15 5.6.1-21 5.7.1-11 5.8.1-6 5.9.1-4 5.10.1-2
5.11.1-7 5.12 5.13.1-5 5.14.1-5 5.15.1 5.16.1-7 6.1-2 6.3.1-22 6.4.3.1-3
6.5.3.1-4 6.6.3.1-2 6.7.3.1-3 6.8.3.1-2 6.9.3.1-3 6.10.3.1-2 6.11.3.1-3
6.12.3.1-2 6.13.3.1-3 6.14.3.1 6.15.3.1 6.16.3.1 6.17.3.1 6.18.3.1-2
6.19.3.1-2 6.20.3.1 6.21.3.1 6.22.3.1-2 6.23.3.1 6.24.3.1 6.25.3.1 6.26.3.1
6.27.3.1 6.28.3.1 6.29.3.1-2 6.30.3.1-2 6.31.3.1 6.32.3.1-3 6.33.3.1
6.34.3.1-2 6.35.3.1-2 6.36.3.1-2 6.37.3.1-3 6.38.3.1 7.1-2
`.trim().split(/\s+/).flatMap(spelledOut);

interface Row {
  readonly clause: string;
  readonly title: string;
  readonly status: string;
  readonly evidence: string;
  readonly note: string;
}

function spelledOut(text: string): string[] {
  const [, before = "", first = "", last] =
    /^(.*?)(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const count = Number(last ?? first) - Number(first) + 1;
  return Array.from({ length: count }, (_, i) => before + (Number(first) + i));
}

async function rows(): Promise<Row[]> {
  const text = await Deno.readTextFile(`${root}/docs/ngsi-ld/clauses.csv`);
  return parse(text, { columns: true }) as Row[];
}

/** The names of all tests, as their files write them. */
async function testNames(): Promise<string[]> {
  const names: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) await walk(path);
      else if (/_test\.tsx?$/.test(name)) {
        const text = await Deno.readTextFile(path);
        const found = text.matchAll(/\bDeno\.test\(\s*(["`])(.+?)\1,/g);
        names.push(...[...found].map(([, , name = ""]) => name));
      }
    }
  };
  for (const room of ROOMS) await walk(`${root}/${room}`);
  return names;
}

Deno.test("the ledger of clauses leaves none out and has none twice", async () => {
  const clauses = (await rows()).map(({ clause }) => clause);

  assert.deepEqual(clauses, CLAUSES);
  assert.equal(new Set(clauses).size, clauses.length);
});

Deno.test("what the ledger calls met is shown by a test that exists, and nothing else is", async () => {
  const names = await testNames();

  for (const { clause, title, status, evidence, note } of await rows()) {
    assert.ok(STATUSES.includes(status), `${clause}: ${status}`);
    assert.notEqual(title, "", clause);
    if (SHOWN.includes(status)) {
      assert.ok(evidence.length > 15, `${clause} has no evidence`);
      const shown = names.some((name) => name.includes(evidence));
      assert.ok(shown, `${clause}: no test is called "${evidence}"`);
    } else {
      assert.equal(evidence, "", clause);
      assert.notEqual(note, "", `${clause} does not say why`);
    }
    if (status === "partly") assert.notEqual(note, "", clause);
  }
});

Deno.test("a test that names a clause names one of the ledger's", async () => {
  const known = (await rows()).map(({ clause }) => clause);
  const named = (await testNames()).flatMap((name) =>
    [...name.matchAll(/CIM 009 (\d[\d.]*\d)/g)].map(([, clause = ""]) => clause)
  );

  const strange = named.filter((clause) =>
    !known.some((one) =>
      one === clause || one.startsWith(`${clause}.`) ||
      clause.startsWith(`${one}.`)
    )
  );
  assert.ok(named.length > 80);
  assert.deepEqual(strange, []);
});
