import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

/** A script of ours as a browser gets it; its name holds the hash of its content. */
export interface Script {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What makes pages quicker: charts that narrow each other, and charts that are read and taken away. */
export type Scripts = Readonly<Record<"explore" | "charts", Script>>;

/** The scripts once they are made; nothing where they cannot be. */
export type MadeScripts = () => Promise<Scripts | undefined>;

export function noScripts(): Promise<Scripts | undefined> {
  return Promise.resolve(undefined);
}

/** Bundles the scripts when a page first asks for them. */
export function scriptsWhenAsked(
  failed: (error: unknown) => void,
): MadeScripts {
  let made: Promise<Scripts | undefined> | undefined;
  return () =>
    made ??= bundleScripts().catch((error) => {
      failed(error);
      return undefined;
    });
}

/**
 * Bundles the scripts from their sources by Deno itself. Throws when that
 * fails; pages work without them.
 */
export async function bundleScripts(): Promise<Scripts> {
  const [explore, charts] = await Promise.all([
    bundled("explore", "explore.tsx"),
    bundled("charts", "charts.ts"),
  ]);
  return { explore, charts };
}

async function bundled(name: string, file: string): Promise<Script> {
  const folder = new URL("island/", import.meta.url);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform",
      "browser",
      "--minify",
      fileURLToPath(new URL(file, folder)),
    ],
    stdout: "piped",
    stderr: "piped",
    cwd: fileURLToPath(folder),
  }).output();
  if (!success) {
    throw new Error(
      `'${file}' was not bundled: ${new TextDecoder().decode(stderr)}`,
    );
  }
  const hash = createHash("sha256").update(stdout).digest("hex").slice(0, 16);
  return { name: `${name}-${hash}.js`, content: new Uint8Array(stdout) };
}
