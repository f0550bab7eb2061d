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
  idleSince: number;
}

interface Attempt {
  ended: boolean;
  socket: Deno.Conn | undefined;
}

const IDLE_MS = 10_000;
const MOST_IDLE = 128;
const LARGEST_HEAD = 32 * 1024;
const LARGEST_BODY = 64 * 1024;

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
  readonly #waiting = new Set<PromiseWithResolvers<never>>();
  #ticks = 0;
  #sweeping: ReturnType<typeof setInterval> | undefined;

  constructor(rules: OutboundRules) {
    this.#rules = rules;
  }

  /** Resolves to the status of the answer. */
  async post(request: HttpRequest, timeoutMs: number): Promise<number> {
    const bytes = bytesOf(request);
    const attempt: Attempt = { ended: false, socket: undefined };
    const stopped = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => stopped.reject(new Error("No answer in time")),
      timeoutMs,
    );
    this.#waiting.add(stopped);
    try {
      return await Promise.race([
        this.#try(attempt, request, bytes),
        stopped.promise,
      ]);
    } catch (error) {
      attempt.ended = true;
      this.#end(attempt.socket);
      throw error;
    } finally {
      this.#waiting.delete(stopped);
      clearTimeout(timer);
    }
  }

  /** Ends what is under way and closes all connections. */
  close(): void {
    clearInterval(this.#sweeping);
    for (const { reject } of this.#waiting) {
      reject(new Error("The broker stops"));
    }
    for (const socket of [...this.#open]) this.#end(socket);
    this.#idle.clear();
  }

  async #try(
    attempt: Attempt,
    request: HttpRequest,
    bytes: Uint8Array,
  ): Promise<number> {
    attempt.socket = this.#kept(request.url.origin);
    if (attempt.socket !== undefined) {
      const status = await this.#exchange(attempt.socket, request, bytes);
      if (status !== undefined) return status;
      // The receiver closed a kept connection just then, which says nothing.
    }
    const socket = await this.#connect(request.url);
    attempt.socket = socket;
    if (attempt.ended) this.#end(socket);
    const status = await this.#exchange(socket, request, bytes);
    if (status === undefined) throw new Error("The connection was closed");
    return status;
  }

  #kept(origin: string): Deno.Conn | undefined {
    return this.#idle.get(origin)?.pop()?.socket;
  }

  async #connect(url: URL): Promise<Deno.Conn> {
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
    return socket;
  }

  /** Undefined when the connection was closed before anything was answered. */
  async #exchange(
    socket: Deno.Conn,
    { url }: HttpRequest,
    bytes: Uint8Array,
  ): Promise<number | undefined> {
    let answer: Answer | undefined;
    // Waiting for the answer from the start saves a turn of the event loop.
    const answering = readAnswer(socket);
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
    if (answer?.reusable) this.#keep(url.origin, socket);
    else this.#end(socket);
    return answer?.status;
  }

  #keep(origin: string, socket: Deno.Conn): void {
    const idle = this.#idle.get(origin) ?? [];
    if (idle.length >= MOST_IDLE) return this.#end(socket);
    idle.push({ socket, idleSince: this.#ticks });
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
async function readAnswer(socket: Deno.Conn): Promise<Answer | undefined> {
  const buffer = new Uint8Array(4096);
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
