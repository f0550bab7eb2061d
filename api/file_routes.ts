import { type Config, type Layout, Problem } from "@hiraku/kernel";
import {
  FileManifest,
  LARGEST_FILE,
  MANIFEST,
  readManifest,
  requireContent,
  requireSender,
} from "@hiraku/pipelines/events";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Caller, callerOf, type Env } from "./identity/caller.ts";

/** What became of a file; the reason of a refusal never repeats what it held. */
interface FileStatus {
  readonly file: string;
  readonly status: "waiting" | "done" | "refused";
  readonly reason?: string;
}

/**
 * The drop folder over HTTP: `POST /` (multipart, `manifest` and `file`) puts a
 * signed file where *work* takes it, 202 once both are on the disk; `GET
 * /{file}` says what became of it. For keys of a municipality that may send
 * events.
 */
export function fileRoutes(
  { layout, senders }: {
    readonly layout: Layout;
    readonly senders: Config["senders"];
  },
): Hono<Env> {
  const app = new Hono<Env>();
  // One at a time, so that two of one name do not mix.
  let last: Promise<unknown> = Promise.resolve();

  app.use(bodyLimit({
    // A manifest and the frame of the form beside the file.
    maxSize: LARGEST_FILE + 64 * 1024,
    onError() {
      throw new Problem("PayloadTooLarge", `At most ${LARGEST_FILE} bytes`);
    },
  }));

  app.post("/", async (c) => {
    const code = senderOf(callerOf(c));
    const { manifest, bytes } = await readForm(c.req.raw);
    requireSender(manifest, code, senders);
    requireContent(manifest, bytes);
    const left = last.then(() => leave(layout.dropped(code), manifest, bytes));
    last = left.catch(() => {});
    return c.json(await left, 202);
  });

  app.get("/:file", async (c) => {
    const code = senderOf(callerOf(c));
    const name = FileManifest.shape.file.safeParse(c.req.param("file"));
    const sent = name.success
      ? await sentBefore(layout.dropped(code), name.data)
      : undefined;
    if (sent !== undefined) return c.json(sent.status);
    throw new Problem("ResourceNotFound", "No such file was sent");
  });

  return app;
}

function senderOf(caller: Caller): string {
  if (caller.kind === "public") {
    throw new Problem("Unauthorized", "Send an API key");
  }
  if (
    caller.kind !== "key" || caller.municipality === undefined ||
    caller.municipality === "*" || caller.eventTypes.length === 0
  ) {
    throw new Problem("Forbidden", "Files are sent with an API key for events");
  }
  return caller.municipality;
}

async function readForm(
  request: Request,
): Promise<{ manifest: FileManifest; bytes: Uint8Array }> {
  const media = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(media)) {
    throw new Problem("UnsupportedMediaType", "Send multipart/form-data");
  }
  let form: FormData;
  try {
    form = await request.formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Problem("BadRequestData", "The form is not readable");
  }
  const manifest = form.get("manifest");
  const file = form.get("file");
  if (manifest === null) throw missing("manifest");
  if (!(file instanceof File)) throw missing("file");
  return {
    manifest: readManifest(
      typeof manifest === "string" ? manifest : await manifest.text(),
    ),
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}

function missing(part: string): Problem {
  return new Problem("BadRequestData", `The part '${part}' is missing`);
}

/** Puts the file there, its manifest last: without one it is not looked at. What was sent before stays. */
async function leave(
  dropped: string,
  manifest: FileManifest,
  bytes: Uint8Array,
): Promise<FileStatus> {
  const { file } = manifest;
  const before = await sentBefore(dropped, file);
  if (before !== undefined) {
    if (before.sha256 === manifest.sha256) return before.status;
    throw new Problem("AlreadyExists", "Another 'file' of this name was sent");
  }
  await Deno.mkdir(dropped, { recursive: true });
  await put(`${dropped}/${file}`, bytes);
  await put(
    `${dropped}/${file}${MANIFEST}`,
    new TextEncoder().encode(JSON.stringify(manifest)),
  );
  using folder = await Deno.open(dropped, { read: true });
  await folder.sync();
  return { file, status: "waiting" };
}

async function put(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`;
  await Deno.writeFile(part, bytes, { mode: 0o600 });
  using file = await Deno.open(part, { write: true });
  await file.sync();
  await Deno.rename(part, path);
}

async function sentBefore(
  dropped: string,
  file: string,
): Promise<{ status: FileStatus; sha256: string } | undefined> {
  const name = `${file}${MANIFEST}`;
  for (
    const [status, folder] of [
      ["waiting", dropped],
      ["done", `${dropped}/done`],
      ["refused", `${dropped}/refused`],
    ] as const
  ) {
    const text = await textAt(`${folder}/${name}`);
    if (text === undefined) continue;
    const reason = await textAt(`${folder}/${name}.reason.txt`);
    return {
      status: { file, status, ...reason && { reason: reason.trim() } },
      sha256: readManifest(text).sha256,
    };
  }
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
