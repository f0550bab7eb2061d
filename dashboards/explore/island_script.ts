import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

/** A script of ours as a browser gets it; its name holds the hash of its content. */
export interface Script {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * The island of the explore page, bundled from its source by Deno itself. Throws
 * when that fails; pages work without it.
 */
export async function bundleIsland(): Promise<Script> {
  const entry = fileURLToPath(
    new URL("../island/explore.tsx", import.meta.url),
  );
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", "--minify", entry],
    stdout: "piped",
    stderr: "piped",
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  }).output();
  if (!success) {
    throw new Error(
      `The island was not bundled: ${new TextDecoder().decode(stderr)}`,
    );
  }
  const hash = createHash("sha256").update(stdout).digest("hex").slice(0, 16);
  return { name: `explore-${hash}.js`, content: new Uint8Array(stdout) };
}
