import {
  type Layout as Folders,
  type Municipalities,
  Problem,
} from "@hiraku/kernel";
import {
  CataloguePage,
  DatasetPage,
  dcatCatalogue,
  dcatRecord,
  latestVersion,
  listVersions,
  openVersion,
  ProtectionPage,
  publishedDatasets,
  type PublishedVersion,
} from "@hiraku/opendata";
import { Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import { fileResponse, type ServedFile } from "./file_response.ts";

/** An hourly dataset has hundreds of versions a month; a page names the newest. */
const VERSIONS_SHOWN = 60;
const JSON_LD = { "Content-Type": "application/ld+json" };

/** The open-data site: list, landing pages, immutable files, DCAT. All public. */
export function opendataRoutes(
  { layout, municipalities, origin }: {
    layout: Folders;
    municipalities: Municipalities;
    origin: string;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  const root = (code: string) => {
    if (!municipalities.has(code)) throw nothingHere();
    return layout.releasedRoot(code);
  };

  app.get("/opendata/catalog.jsonld", async (c) => {
    const listed = await publishedDatasets(layout, municipalities);
    const manifests = listed.map((one) => one.latest.manifest);
    return c.body(
      JSON.stringify(dcatCatalogue(manifests, origin)),
      200,
      JSON_LD,
    );
  });

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/opendata`, async (c) => {
      const listed = await publishedDatasets(layout, municipalities);
      return c.html(<CataloguePage language={language} listed={listed} />);
    });
    app.get(
      `${at}/opendata/protection`,
      (c) => c.html(<ProtectionPage language={language} />),
    );
    app.get(`${at}/opendata/:code`, async (c) => {
      const only = municipalities.get(c.req.param("code"));
      if (only === undefined) throw nothingHere();
      const listed = (await publishedDatasets(layout, municipalities))
        .filter((one) => one.municipality.code === only.code);
      return c.html(
        <CataloguePage language={language} listed={listed} only={only} />,
      );
    });
    app.get(`${at}/opendata/:code/:dataset{[a-z0-9_]+}`, async (c) => {
      const { code, dataset } = c.req.param();
      const versions = await listVersions(
        root(code),
        dataset,
        VERSIONS_SHOWN,
      );
      const latest = newest(versions);
      return c.html(
        <DatasetPage
          language={language}
          origin={origin}
          latest={latest}
          versions={versions}
        />,
      );
    });
  }

  app.get("/opendata/:code/:record{[a-z0-9_]+\\.jsonld}", async (c) => {
    const { code, record } = c.req.param();
    const dataset = record.replace(/\.jsonld$/, "");
    const latest = await latestVersion(root(code), dataset);
    if (latest === undefined) throw nothingHere();
    return c.body(
      JSON.stringify(dcatRecord(latest.manifest, origin)),
      200,
      JSON_LD,
    );
  });

  app.get("/opendata/:code/:dataset/latest/:file", async (c) => {
    const { code, dataset, file } = c.req.param();
    const latest = await latestVersion(root(code), dataset);
    if (latest === undefined) throw nothingHere();
    servedFile(latest, file);
    return c.redirect(`/opendata/${code}/${dataset}/${latest.version}/${file}`);
  });

  app.get("/opendata/:code/:dataset/:version/:file", async (c) => {
    const { code, dataset, version, file } = c.req.param();
    const found = await openVersion(root(code), dataset, version);
    if (found === undefined) throw nothingHere();
    const { withdrawn } = found;
    if (withdrawn !== undefined) {
      throw new Problem(
        "Gone",
        `This version was withdrawn: ${withdrawn.en} / ${withdrawn.ja}`,
        { reason: withdrawn },
      );
    }
    return await fileResponse(c.req.raw, servedFile(found, file));
  });

  return app;
}

function nothingHere(): Problem {
  return new Problem("ResourceNotFound", "There is no such open data");
}

function newest(versions: readonly PublishedVersion[]): PublishedVersion {
  const valid = versions.find((one) => one.withdrawn === undefined);
  if (valid !== undefined) return valid;
  const reason = versions[0]?.withdrawn;
  if (reason === undefined) throw nothingHere();
  throw new Problem(
    "Gone",
    `Every version was withdrawn: ${reason.en} / ${reason.ja}`,
    { reason },
  );
}

const OF_EVERY_VERSION = ["manifest.json", "certificate.json"];

/** Only names that the manifest lists lead to a file. */
function servedFile(version: PublishedVersion, name: string): ServedFile {
  const { dir, manifest } = version;
  if (OF_EVERY_VERSION.includes(name)) {
    return {
      path: `${dir}/${name}`,
      type: "application/json",
      tag: `${manifest.contentHash.slice(0, 32)}-${manifest.version}`,
    };
  }
  const entry = manifest.files.find((one) => one.name === name);
  if (entry === undefined) throw nothingHere();
  return {
    path: `${dir}/${entry.name}`,
    type: entry.format === "csv" ? "text/csv; charset=utf-8" : entry.mediaType,
    tag: entry.sha256,
  };
}
