import { Problem } from "@hiraku/kernel";
import { dirname } from "node:path";

/** What a tenant without a municipality may be called. */
const NAME = /^[a-z][a-z0-9_-]{0,49}$/;
const MOST = 200;

/** The names of tenants that requests have made, a line each in a file. */
export class MadeTenants {
  readonly #path: string;
  readonly #names: Set<string>;

  private constructor(path: string, names: Set<string>) {
    this.#path = path;
    this.#names = names;
  }

  /** Reads the file, if it is there. */
  static async open(path: string): Promise<MadeTenants> {
    let text = "";
    try {
      text = await Deno.readTextFile(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    // What follows the last line end was never acknowledged.
    const lines = text.split("\n").slice(0, -1);
    return new MadeTenants(
      path,
      new Set(lines.filter((one) => NAME.test(one))),
    );
  }

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** Resolves once the name is on disk. Throws `BadRequestData` for one that no tenant has. */
  async add(name: string): Promise<void> {
    if (!NAME.test(name)) {
      throw new Problem("BadRequestData", "No tenant is called like this");
    }
    if (this.#names.size >= MOST) {
      throw new Problem("Forbidden", "No more tenants are made by requests");
    }
    const folder = dirname(this.#path);
    await Deno.mkdir(folder, { recursive: true });
    // The first line end closes a line that a crash has torn.
    await Deno.writeTextFile(this.#path, `\n${name}\n`, { append: true });
    for (const path of [this.#path, folder]) {
      using opened = await Deno.open(path);
      await opened.sync();
    }
    this.#names.add(name);
  }
}
