import { percentile } from "./figure.ts";

/** What a number of connections got done. */
export interface Load {
  readonly count: number;
  readonly ms: number;
  /** Answers whose status was not the expected one. */
  readonly wrong: number;
  /** Milliseconds, 95 % of the answers. */
  readonly p95: number;
}

const encoder = new TextEncoder();
/** Connections that are opened together; a server's queue holds no thousands. */
const AT_ONCE = 200;

/** A whole HTTP/1.1 request, made before the clock runs. */
export function httpRequest(
  { method = "GET", url, headers = {}, body }: {
    method?: string;
    url: string;
    headers?: Record<string, string>;
    body?: string;
  },
): Uint8Array {
  const { host, pathname, search } = new URL(url);
  const bytes = encoder.encode(body ?? "");
  const all = {
    Host: host,
    ...headers,
    ...body === undefined ? {} : { "Content-Length": String(bytes.length) },
  };
  const head = encoder.encode(
    [
      `${method} ${pathname}${search} HTTP/1.1`,
      ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
      "",
      "",
    ].join("\r\n"),
  );
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return whole;
}

/**
 * Keeps `connections` busy, each with one request after the other, until `ms`
 * have passed or `next` has no more requests.
 */
export async function load(
  origin: string,
  { connections, ms, status, next, readBytes = 256 * 1024 }: {
    connections: number;
    ms: number;
    status: readonly number[];
    next: (i: number) => Uint8Array | undefined;
    /** What a connection reads at once. */
    readBytes?: number;
  },
): Promise<Load> {
  const { hostname, port } = new URL(origin);
  const latencies: number[] = [];
  let sent = 0;
  let wrong = 0;
  const until = performance.now() + ms;
  async function work(connection: Deno.TcpConn): Promise<void> {
    const chunk = new Uint8Array(readBytes);
    while (performance.now() < until) {
      const request = next(sent);
      if (request === undefined) return;
      sent += 1;
      const started = performance.now();
      await writeAll(connection, request);
      const answered = await answer(connection, chunk);
      latencies.push(performance.now() - started);
      if (!status.includes(answered)) wrong += 1;
    }
  }
  const opened: Deno.TcpConn[] = [];
  while (opened.length < connections) {
    const some = Math.min(AT_ONCE, connections - opened.length);
    opened.push(
      ...await Promise.all(Array.from({ length: some }, async () => {
        const connection = await Deno.connect({ hostname, port: Number(port) });
        connection.setNoDelay();
        return connection;
      })),
    );
  }
  const started = performance.now();
  await Promise.all(opened.map(work));
  const took = performance.now() - started;
  for (const connection of opened) connection.close();
  return {
    count: latencies.length,
    ms: took,
    wrong,
    p95: percentile(latencies, 0.95),
  };
}

async function writeAll(
  connection: Deno.TcpConn,
  bytes: Uint8Array,
): Promise<void> {
  let done = await connection.write(bytes);
  while (done < bytes.length) {
    done += await connection.write(bytes.subarray(done));
  }
}

const latin = new TextDecoder("latin1");

/** Reads one whole answer, counting its bytes only; resolves to its status. */
async function answer(
  connection: Deno.TcpConn,
  chunk: Uint8Array,
): Promise<number> {
  let have = 0;
  let head = "";
  while (!head) {
    const read = await connection.read(chunk.subarray(have));
    if (read === null) throw new Error("The server closed the connection");
    have += read;
    const text = latin.decode(chunk.subarray(0, Math.min(have, 4096)));
    const end = text.indexOf("\r\n\r\n");
    if (end >= 0) head = text.slice(0, end + 4);
  }
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  let left = Number(length ?? 0) - (have - head.length);
  while (left > 0) {
    const read = await connection.read(chunk);
    if (read === null) throw new Error("The server closed the connection");
    left -= read;
  }
  return status;
}
