import { Problem } from "@hiraku/kernel";
import type { Downloads } from "@hiraku/kernel/control";
import {
  descriptorsOf,
  namesBeside,
  type PublishedVersion,
  type Shelf,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import { isDownload } from "./quick_files.ts";
import { fileAnswer, type ServedFile } from "./file_response.ts";

/** The files of every version and what describes them, under addresses that never die. */
export function opendataFiles(
  { shelf, downloads }: { shelf: Shelf; downloads: Downloads },
): Hono<Env> {
  const app = new Hono<Env>();
  const answer = fileAnswer();

  app.get("/opendata/:code/:dataset/latest/:file", async (c) => {
    const { code, dataset, file } = c.req.param();
    const latest = await shelf.latest(code, dataset);
    if (latest === undefined) throw nothingHere();
    const known = servedFile(latest, file) ?? descriptor(latest, file);
    if (known === undefined) throw nothingHere();
    return c.redirect(`/opendata/${code}/${dataset}/${latest.version}/${file}`);
  });

  app.get("/opendata/:code/:dataset/:version/:file", async (c) => {
    const { code, dataset, version, file } = c.req.param();
    const found = await shelf.version(code, dataset, version);
    if (found === undefined) throw nothingHere();
    if (found.withdrawn !== undefined) throw gone(found);
    const served = servedFile(found, file);
    if (served === undefined) return described(c, found, file);
    const response = await answer(c.req.raw, served);
    const isData = !namesBeside(found.manifest).includes(file);
    if (isData && response.status === 200 && c.req.method === "GET") {
      downloads.count(code, dataset);
      isDownload(c.req.raw);
    }
    return response;
  });

  return app;
}

export function nothingHere(): Problem {
  return new Problem("ResourceNotFound", "There is no such open data");
}

/** A version that was taken back, with the reason. */
export function gone({ withdrawn }: PublishedVersion): Problem {
  if (withdrawn === undefined) return nothingHere();
  return new Problem(
    "Gone",
    `This version was withdrawn: ${withdrawn.en} / ${withdrawn.ja}`,
    { reason: withdrawn },
  );
}

/** Only names that the manifest lists lead to a file. */
function servedFile(
  { dir, manifest }: PublishedVersion,
  name: string,
): ServedFile | undefined {
  const own = namesBeside(manifest).includes(name) &&
    (name !== "changes.json" || manifest.changes !== undefined);
  if (own) {
    return {
      path: `${dir}/${name}`,
      name,
      type: "application/json",
      tag: `${manifest.contentHash.slice(0, 32)}-${manifest.version}-${name}`,
    };
  }
  const entry = manifest.files.find((one) => one.name === name);
  if (entry === undefined) return undefined;
  return {
    path: `${dir}/${entry.name}`,
    name,
    type: entry.format === "csv" ? "text/csv; charset=utf-8" : entry.mediaType,
    tag: entry.sha256,
  };
}

function descriptor({ manifest }: PublishedVersion, name: string) {
  return descriptorsOf(manifest).find((one) => one.name === name);
}

function described(
  c: Context<Env>,
  version: PublishedVersion,
  name: string,
): Response {
  const found = descriptor(version, name);
  if (found === undefined) throw nothingHere();
  return c.body(`${JSON.stringify(found.content(), null, 2)}\n`, 200, {
    "Content-Type": found.mediaType,
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=3600",
  });
}
