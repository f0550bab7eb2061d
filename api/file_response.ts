/** A file that never changes, and the tag of its content. */
export interface ServedFile {
  readonly path: string;
  readonly type: string;
  readonly tag: string;
}

/** Answers with a file, a part of it (RFC 9110 14.2), or 304. */
export async function fileResponse(
  request: Request,
  { path, type, tag }: ServedFile,
): Promise<Response> {
  const etag = `"${tag}"`;
  const headers = new Headers({
    ETag: etag,
    "Content-Type": type,
    "Accept-Ranges": "bytes",
    "Access-Control-Allow-Origin": "*",
    // A version never changes, but it may be withdrawn.
    "Cache-Control": "public, max-age=3600",
  });
  const known = request.headers.get("If-None-Match") ?? "";
  if (known.split(",").some((one) => [etag, "*"].includes(strong(one)))) {
    return new Response(null, { status: 304, headers });
  }

  const file = await Deno.open(path);
  const { size } = await file.stat();
  const wanted = rangeOf(request.headers, etag, size);
  if (wanted === "unsatisfiable") {
    file.close();
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = wanted ?? { from: 0, to: size - 1 };
  headers.set("Content-Length", String(to - from + 1));
  if (wanted !== undefined) {
    headers.set("Content-Range", `bytes ${from}-${to}/${size}`);
  }
  const status = wanted === undefined ? 200 : 206;
  if (request.method === "HEAD") {
    file.close();
    return new Response(null, { status, headers });
  }
  await file.seek(from, Deno.SeekMode.Start);
  return new Response(file.readable.pipeThrough(limit(to - from + 1)), {
    status,
    headers,
  });
}

function strong(tag: string): string {
  return tag.trim().replace(/^W\//, "");
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
