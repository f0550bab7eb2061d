import { Buffer } from "node:buffer";
import { isIP } from "node:net";
import { checkedLookup, type OutboundRules } from "../outbound.ts";

/** A request as it goes over the wire, but for its connection. */
export interface HttpRequest {
  readonly url: URL;
  /** The same object stands for the same address and headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Connection {
  readonly socket: Deno.Conn;
  /** What is read of an answer at once. */
  readonly buffer: Uint8Array<ArrayBuffer>;
  idleSince: number;
}

interface Attempt {
  /** In milliseconds since the process started. */
  readonly until: number;
  readonly fail: (error: Error) => void;
  ended: boolean;
  connection: Connection | undefined;
}

const IDLE_MS = 10_000;
const MOST_IDLE = 128;
const LARGEST_HEAD = 32 * 1024;
const LARGEST_BODY = 64 * 1024;
const BUFFER = 4096;

const encoder = new TextEncoder();
const latin1 = new TextDecoder("latin1");

/**
 * Posts by HTTP/1.1 over connections that are kept, to addresses that the rules
 * allow. `fetch` and `node:http` cost more than three times as much a request,
 * and fetch cannot be held to an address that was judged.
 */
export class HttpConnections {
  readonly #rules: OutboundRules;
  readonly #idle = new Map<string, Connection[]>();
  readonly #open = new Set<Deno.Conn>();
  readonly #attempts = new Set<Attempt>();
  /** One for all attempts: most are over long before their time. */
  #alarm: { at: number; timer: ReturnType<typeof setTimeout> } | undefined;
  #ticks = 0;
  #sweeping: ReturnType<typeof setInterval> | undefined;

  constructor(rules: OutboundRules) {
    this.#rules = rules;
  }

  /** Resolves to the status of the answer. */
  post(request: HttpRequest, timeoutMs: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const attempt: Attempt = {
        until: performance.now() + timeoutMs,
        fail: (error) => {
          attempt.ended = true;
          this.#attempts.delete(attempt);
          this.#end(attempt.connection?.socket);
          reject(error);
        },
        ended: false,
        connection: undefined,
      };
      this.#attempts.add(attempt);
      this.#wakeBy(attempt.until);
      this.#try(attempt, request).then((status) => {
        this.#attempts.delete(attempt);
        resolve(status);
      }, attempt.fail);
    });
  }

  /** Ends what is under way and closes all connections. */
  close(): void {
    clearInterval(this.#sweeping);
    for (const { fail } of [...this.#attempts]) {
      fail(new Error("The broker stops"));
    }
    clearTimeout(this.#alarm?.timer);
    for (const socket of [...this.#open]) this.#end(socket);
    this.#idle.clear();
  }

  #wakeBy(at: number): void {
    if (this.#alarm !== undefined && this.#alarm.at <= at) return;
    clearTimeout(this.#alarm?.timer);
    const wait = Math.max(0, Math.ceil(at - performance.now()));
    this.#alarm = { at, timer: setTimeout(() => this.#failLate(), wait) };
  }

  #failLate(): void {
    this.#alarm = undefined;
    const now = performance.now();
    let next = Infinity;
    for (const { until, fail } of [...this.#attempts]) {
      if (until <= now) fail(new Error("No answer in time"));
      else next = Math.min(next, until);
    }
    if (next < Infinity) this.#wakeBy(next);
  }

  async #try(attempt: Attempt, request: HttpRequest): Promise<number> {
    const bytes = bytesOf(request);
    attempt.connection = this.#kept(request.url.origin);
    if (attempt.connection !== undefined) {
      const status = await this.#exchange(attempt.connection, request, bytes);
      if (status !== undefined) return status;
      // The receiver closed a kept connection just then, which says nothing.
    }
    const connection = await this.#connect(request.url);
    attempt.connection = connection;
    if (attempt.ended) this.#end(connection.socket);
    const status = await this.#exchange(connection, request, bytes);
    if (status === undefined) throw new Error("The connection was closed");
    return status;
  }

  #kept(origin: string): Connection | undefined {
    return this.#idle.get(origin)?.pop();
  }

  async #connect(url: URL): Promise<Connection> {
    const hostname = url.hostname.replace(/^\[|\]$/g, "");
    const secure = url.protocol === "https:";
    const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
    const [address] = await addressesOf(hostname, this.#rules);
    const plain = await Deno.connect({ hostname: address ?? "", port });
    plain.setNoDelay(true);
    const socket = secure
      ? await Deno.startTls(plain, { hostname, alpnProtocols: ["http/1.1"] })
      : plain;
    this.#open.add(socket);
    return { socket, buffer: new Uint8Array(BUFFER), idleSince: this.#ticks };
  }

  /** Undefined when the connection was closed before anything was answered. */
  async #exchange(
    connection: Connection,
    { url }: HttpRequest,
    bytes: Uint8Array,
  ): Promise<number | undefined> {
    const { socket } = connection;
    let answer: Answer | undefined;
    // Waiting for the answer from the start saves a turn of the event loop.
    const answering = readAnswer(connection);
    answering.catch(() => {});
    try {
      for (let sent = 0; sent < bytes.length;) {
        sent += await socket.write(bytes.subarray(sent));
      }
      answer = await answering;
    } catch (error) {
      this.#end(socket);
      if (isClosed(error)) return undefined;
      throw error;
    }
    if (answer?.reusable) this.#keep(url.origin, connection);
    else this.#end(socket);
    return answer?.status;
  }

  #keep(origin: string, connection: Connection): void {
    const idle = this.#idle.get(origin) ?? [];
    if (idle.length >= MOST_IDLE) return this.#end(connection.socket);
    connection.idleSince = this.#ticks;
    idle.push(connection);
    this.#idle.set(origin, idle);
    this.#sweeping ??= setInterval(() => this.#sweep(), IDLE_MS);
  }

  #sweep(): void {
    for (const [origin, connections] of this.#idle) {
      const kept = connections.filter(({ socket, idleSince }) => {
        if (idleSince === this.#ticks) return true;
        this.#end(socket);
        return false;
      });
      if (kept.length > 0) this.#idle.set(origin, kept);
      else this.#idle.delete(origin);
    }
    this.#ticks += 1;
    if (this.#idle.size > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
  }

  #end(socket: Deno.Conn | undefined): void {
    if (socket === undefined || !this.#open.delete(socket)) return;
    try {
      socket.close();
    } catch {
      // It was closed already.
    }
  }
}

function bytesOf({ url, headers, body }: HttpRequest): Uint8Array {
  let text = heads.get(headers);
  if (text === undefined) heads.set(headers, text = headOf(url, headers));
  return encoder.encode(
    `${text}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

// One endpoint is told again and again with the same headers.
const heads = new WeakMap<HttpRequest["headers"], string>();

function headOf(url: URL, headers: HttpRequest["headers"]): string {
  let head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}`;
  for (const [name, value] of Object.entries(headers)) {
    if (/[\r\n\0]/.test(value)) throw new Error("A header has a line break");
    head += `\r\n${name}: ${value}`;
  }
  return head;
}

interface Answer {
  readonly status: number;
  /** Whether the connection stands at the end of the answer. */
  readonly reusable: boolean;
}

const HEAD_END = "\r\n\r\n";

/** Undefined when the connection ends before an answer begins. */
async function readAnswer(
  { socket, buffer }: Connection,
): Promise<Answer | undefined> {
  let text = "";
  while (true) {
    let end = text.indexOf(HEAD_END);
    while (end < 0) {
      const count = await socket.read(buffer);
      if (count === null) {
        if (text === "") return undefined;
        throw new Error("The answer was cut short");
      }
      text += latin1.decode(buffer.subarray(0, count));
      if (text.length > LARGEST_HEAD) throw new Error("No answer of HTTP");
      end = text.indexOf(HEAD_END);
    }
    const head = text.slice(0, end);
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? NaN);
    if (Number.isNaN(status)) throw new Error("No answer of HTTP");
    text = text.slice(end + HEAD_END.length);
    if (status >= 200) {
      const left = remaining(head, status, text.length);
      return { status, reusable: await skipped(socket, buffer, left) };
    }
  }
}

/** How much of the body is still to come; undefined when that is not said. */
function remaining(
  head: string,
  status: number,
  there: number,
): number | undefined {
  const closes = /^HTTP\/1\.0/.test(head) ||
    /\r\nconnection:[^\r]*\bclose\b/i.test(head);
  if (closes || /\r\ntransfer-encoding:/i.test(head)) return undefined;
  if (status === 204 || status === 304) return there === 0 ? 0 : undefined;
  const length = /\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*(?:\r|$)/i.exec(head);
  return length === null ? undefined : Number(length[1]) - there;
}

async function skipped(
  socket: Deno.Conn,
  buffer: Uint8Array<ArrayBuffer>,
  left: number | undefined,
): Promise<boolean> {
  if (left === undefined || left < 0 || left > LARGEST_BODY) return false;
  let more = left;
  while (more > 0) {
    const count = await socket.read(buffer);
    if (count === null || count > more) return false;
    more -= count;
  }
  return true;
}

function isClosed(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionAborted;
}

function addressesOf(host: string, rules: OutboundRules): Promise<string[]> {
  if (isIP(host) !== 0) return Promise.resolve([host]);
  return new Promise((resolve, reject) =>
    checkedLookup(rules)(host, { all: true }, (error, addresses) => {
      if (error !== null) reject(error);
      else if (typeof addresses === "string") resolve([addresses]);
      else resolve(addresses.map(({ address }) => address));
    })
  );
}
