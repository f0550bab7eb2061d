import { fileURLToPath } from "node:url";
import { ownLetters, unicodeRange } from "./own_letters.ts";

/**
 * Makes the font of the letters that our own pages write anew (`api/fonts/`),
 * from the npm package of Noto Sans JP and with fontTools. Needed when many new
 * letters have come: until then the long list of parts has them.
 */
const PACKAGE = "@fontsource/noto-sans-jp@5.3.0";
const FILE = "package/files/noto-sans-jp-japanese-400-normal.woff2";
const TOOLS = ["fonttools==4.68.0", "brotli==1.2.1"];
const out = fileURLToPath(new URL("../api/fonts/", import.meta.url));

const folder = await Deno.makeTempDir({ prefix: "hiraku-letters-" });
try {
  await run("npm", ["pack", "--silent", PACKAGE]);
  const archive = [...Deno.readDirSync(folder)][0]?.name ?? "";
  await run("tar", ["-xzf", archive, FILE, "package/LICENSE"]);
  await run("python3", ["-m", "venv", "venv"]);
  await run("venv/bin/pip", ["install", "--quiet", ...TOOLS]);
  const faces: string[] = [];
  for (const [at, letters] of (await ownLetters()).entries()) {
    const name = `letters-${at + 1}.woff2`;
    await Deno.writeTextFile(`${folder}/letters.txt`, letters.join(""));
    await run("venv/bin/pyftsubset", [
      FILE,
      "--text-file=letters.txt",
      "--flavor=woff2",
      "--layout-features=palt",
      "--no-hinting",
      `--output-file=${out}${name}`,
    ]);
    faces.push(
      `@font-face {
  font-family: "Hiraku JP";
  font-style: normal;
  font-display: swap;
  font-weight: 400;
  src: url(./${name}) format("woff2");
  unicode-range: ${unicodeRange(letters)};
}`,
    );
  }
  await Deno.writeTextFile(`${out}letters.css`, `${faces.join("\n\n")}\n`);
  await Deno.copyFile(`${folder}/package/LICENSE`, `${out}LICENSE`);
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function run(command: string, args: string[]): Promise<void> {
  const { success } = await new Deno.Command(command, {
    args,
    cwd: folder,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${command} ${args[0]} failed`);
}
