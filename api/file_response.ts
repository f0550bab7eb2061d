import { createGzip, createZstdCompress } from "node:zlib";
import { Duplex } from "node:stream";
import { type Coding, codingOf, packed, ZSTD_LEVEL } from "./content_coding.ts";

/** A file that never changes, and the tag of its content. */
export interface ServedFile {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly tag: string;
}

const SMALL = 2 * 1024 * 1024;
const MEMORY = 64 * 1024 * 1024;
const WORTH_PACKING = 512;
const PACKABLE = /^(text\/|application\/(.+\+)?json)/;
const SHOWN_IN_BROWSER = /^application\/(.+\+)?json/;

/** Answers with files: whole, a part (RFC 9110 14.2), or 304; small ones from memory. */
export type FileAnswer = (
  request: Request,
  file: ServedFile,
) => Promise<Response>;

/** What answers with files; it remembers the small ones, packed and not, up to 64 MiB. */
export function fileAnswer(): FileAnswer {
  const remembered = new Map<string, Uint8Array<ArrayBuffer>>();
  const headersOf = new Map<string, Record<string, string>>();
  let held = 0;

  function remember(key: string, bytes: Uint8Array<ArrayBuffer>): void {
    if (remembered.has(key)) return;
    held += bytes.byteLength;
    remembered.set(key, bytes);
    for (const [oldest, { byteLength }] of remembered) {
      if (held <= MEMORY) break;
      remembered.delete(oldest);
      headersOf.delete(oldest);
      held -= byteLength;
    }
  }

  async function whole(
    { path, tag }: ServedFile,
    coding: Coding | undefined,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const key = `${tag} ${coding ?? ""}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const plain = remembered.get(`${tag} `) ?? await Deno.readFile(path);
    const bytes = coding === undefined ? plain : await packed(plain, coding);
    remember(key, bytes);
    return bytes;
  }

  return async (request, file) => {
    const { path, type, tag, name } = file;
    const ranged = request.headers.has("Range");
    const coding = PACKABLE.test(type) && !ranged
      ? codingOf(request.headers.get("Accept-Encoding") ?? "")
      : undefined;
    const conditional = ranged || request.headers.has("If-None-Match");
    if (!conditional && request.method === "GET") {
      // What many want at once is answered with nothing made anew.
      const key = `${tag} ${coding ?? ""}`;
      const bytes = remembered.get(key);
      const known = headersOf.get(key);
      if (bytes !== undefined && known !== undefined) {
        return new Response(bytes, { headers: known });
      }
    }
    const etag = `"${tag}"`;
    const place = SHOWN_IN_BROWSER.test(type) ? "inline" : "attachment";
    const headers = new Headers({
      ETag: coding === undefined ? etag : `"${tag}-${coding}"`,
      "Content-Type": type,
      "Content-Disposition": `${place}; filename="${name}"`,
      "Accept-Ranges": "bytes",
      "Access-Control-Allow-Origin": "*",
      // A version never changes, but it may be withdrawn.
      "Cache-Control": "public, max-age=3600",
    });
    if (PACKABLE.test(type)) headers.set("Vary", "Accept-Encoding");
    if (isKnown(request.headers.get("If-None-Match"), tag)) {
      return new Response(null, { status: 304, headers });
    }
    const { size } = await sizeOf(path, remembered.get(`${tag} `));
    const wanted = rangeOf(request.headers, etag, size);
    if (wanted === "unsatisfiable") {
      headers.set("Content-Range", `bytes */${size}`);
      return new Response(null, { status: 416, headers });
    }
    const { from, to } = wanted ?? { from: 0, to: size - 1 };
    if (wanted !== undefined) {
      headers.set("Content-Range", `bytes ${from}-${to}/${size}`);
    }
    const status = wanted === undefined ? 200 : 206;
    const used = size < WORTH_PACKING ? undefined : coding;
    if (used === undefined) {
      headers.set("ETag", etag);
      headers.set("Content-Length", String(to - from + 1));
    } else headers.set("Content-Encoding", used);
    if (request.method === "HEAD") {
      return new Response(null, { status, headers });
    }
    if (size <= SMALL) {
      const bytes = await whole(file, used);
      if (used !== undefined) {
        headers.set("Content-Length", String(bytes.byteLength));
      }
      if (status === 200) {
        headersOf.set(`${tag} ${coding ?? ""}`, Object.fromEntries(headers));
        remember(`${tag} ${coding ?? ""}`, bytes);
      }
      if (used !== undefined) return new Response(bytes, { status, headers });
      return new Response(bytes.subarray(from, to + 1), { status, headers });
    }
    const opened = await Deno.open(path);
    await opened.seek(from, Deno.SeekMode.Start);
    const stream = opened.readable.pipeThrough(limit(to - from + 1));
    const body = used === undefined ? stream : stream.pipeThrough(packer(used));
    return new Response(body, { status, headers });
  };
}

async function sizeOf(
  path: string,
  known: Uint8Array | undefined,
): Promise<{ size: number }> {
  return known === undefined
    ? await Deno.stat(path)
    : { size: known.byteLength };
}

function packer(
  coding: Coding,
): ReadableWritablePair<Uint8Array, Uint8Array> {
  return Duplex.toWeb(
    coding === "gzip" ? createGzip() : createZstdCompress(ZSTD_LEVEL),
  ) as ReadableWritablePair<Uint8Array, Uint8Array>;
}

function isKnown(sent: string | null, tag: string): boolean {
  const tags = ["*", `"${tag}"`, `"${tag}-gzip"`, `"${tag}-zstd"`];
  return sent?.split(",").some((one) =>
    tags.includes(one.trim().replace(/^W\//, ""))
  ) ?? false;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** One byte range; several ranges, and what is not understood, mean the whole file. */
function rangeOf(
  headers: Headers,
  etag: string,
  size: number,
): Range | "unsatisfiable" | undefined {
  const condition = headers.get("If-Range");
  if (condition !== null && condition !== etag) return undefined;
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.get("Range") ?? "");
  if (match === null) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const tail = Number(last);
    if (tail === 0) return "unsatisfiable";
    return { from: Math.max(0, size - tail), to: size - 1 };
  }
  const from = Number(first);
  const to = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < from) return undefined;
  return from >= size ? "unsatisfiable" : { from, to };
}

function limit(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = bytes;
  return new TransformStream({
    transform(chunk, controller) {
      const part = chunk.subarray(0, left);
      left -= part.byteLength;
      controller.enqueue(part);
      if (left === 0) controller.terminate();
    },
  });
}
