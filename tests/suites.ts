import { relative } from "node:path";

/** Folders whose tests load the same modules: together they load them once. */
const TOGETHER = [
  "api",
  "dashboards",
  "kernel",
  "ngsi",
  "opendata",
  "pipelines",
  "tests/attack",
  "tests/people",
  "tests/rows",
];

/** Paths of all test files of a folder, as `folder` is written. */
export async function testFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (name === "node_modules" || name.startsWith(".")) continue;
    if (isDirectory) found.push(...await testFiles(path));
    else if (/_test\.tsx?$/.test(name)) found.push(path);
  }
  return found.sort();
}

/**
 * Writes for each folder of `TOGETHER` a file in `into` that runs its tests
 * among `files`, one after another in one isolate. Resolves to these and to the
 * files that run alone, which come first: most of them wait for processes.
 */
export async function suitesOf(
  root: string,
  files: readonly string[],
  into: string,
): Promise<string[]> {
  const groups = Map.groupBy(files, (file) => {
    const path = relative(root, file);
    return TOGETHER.find((folder) => path.startsWith(`${folder}/`)) ?? "";
  });
  const alone = groups.get("") ?? [];
  groups.delete("");
  const suites: string[] = [];
  for (const [folder, together] of groups) {
    const path = `${into}/${folder.replaceAll("/", "_")}_test.ts`;
    const imports = together.map((file) => `import "${file}";\n`);
    await Deno.writeTextFile(path, imports.join(""));
    suites.push(path);
  }
  return [...alone, ...suites];
}
