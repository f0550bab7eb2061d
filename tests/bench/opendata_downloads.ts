import { fileURLToPath } from "node:url";
import { freePort } from "../free_port.ts";
import { type Figure, rate, sleep } from "./figure.ts";
import { httpRequest, load } from "./load.ts";

const CONNECTIONS = 10_000;
const RUN_MS = 6_000;
/** Of the transfer, not of the file. */
const OF_THE_SERVER = ["date", "content-length", "transfer-encoding"];
const PATH =
  "/opendata/252018/miniapp_usage/2026-11-21.1/252018_miniapp_usage_by_age_sex.csv";

/** Downloads of a file that many want at once, beside the same server answering as many bytes of nothing. */
export async function benchDownloads(): Promise<Figure> {
  const dir = await Deno.makeTempDir();
  const own = start("opendata_server.ts", dir);
  const url = `${own.origin}${PATH}`;
  const { bytes, headers } = await answering(url);
  const peer = start("constant_server.ts", String(bytes), headers);
  await answering(peer.origin);
  const run = (origin: string, path: string) =>
    load(origin, {
      connections: CONNECTIONS,
      ms: RUN_MS,
      status: [200],
      readBytes: 16 * 1024,
      next: () => httpRequest({ url: `${origin}${path}` }),
    });
  const before = await memoryOf(own.pid);
  const downloads = await run(own.origin, PATH);
  const after = await memoryOf(own.pid);
  const ceiling = await run(peer.origin, "/");
  for (const { child } of [own, peer]) {
    child.kill("SIGKILL");
    await child.status;
  }
  await Deno.remove(dir, { recursive: true });
  return {
    what: `downloads of one file, ${CONNECTIONS} connections`,
    value: `${rate(downloads.count, downloads.ms)}, p95 ${
      downloads.p95.toFixed(1)
    } ms, ${downloads.wrong} wrong`,
    against: `a constant of ${bytes} bytes and the same headers ${
      rate(ceiling.count, ceiling.ms)
    }, ratio ${
      (downloads.count / downloads.ms / (ceiling.count / ceiling.ms)).toFixed(2)
    }; memory ${before} → ${after} MiB`,
    aim: "the server's ceiling",
  };
}

function start(script: string, ...more: string[]) {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-all",
      fileURLToPath(new URL(script, import.meta.url)),
      String(port),
      ...more,
    ],
    stdin: "null",
  }).spawn();
  return { child, pid: child.pid, origin: `http://127.0.0.1:${port}` };
}

/** Waits for an answer; resolves to how long it is and, as JSON, its headers. */
async function answering(
  url: string,
): Promise<{ bytes: number; headers: string }> {
  for (let i = 0; i < 300; i++) {
    try {
      const response = await fetch(url, {
        headers: { "Accept-Encoding": "identity" },
      });
      const { byteLength } = await response.arrayBuffer();
      const headers = [...response.headers].filter(([name]) =>
        !OF_THE_SERVER.includes(name)
      );
      if (response.ok) {
        return {
          bytes: byteLength,
          headers: JSON.stringify(Object.fromEntries(headers)),
        };
      }
    } catch {
      // It has not begun to listen.
    }
    await sleep(100);
  }
  throw new Error(`Nothing answers at ${url}`);
}

async function memoryOf(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}
