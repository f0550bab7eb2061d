import { Problem } from "@hiraku/kernel";
import { dirname, isAbsolute, join } from "node:path";
import { unitsOf } from "../model/units.ts";
import { readPolicy, requirePolicy } from "../rules/policy.ts";
import type { Stopwatch } from "../solve/stopwatch.ts";
import { freshSecret, secretRandom } from "../secret_random.ts";
import { type Audit, auditRelease } from "./audit_release.ts";
import { CERTIFICATE, issueCertificate } from "./issue_certificate.ts";
import { protectRelease } from "./protect_release.ts";
import { describe, factsOf, publicationsOf } from "./read_family.ts";
import { RELEASED } from "./released_file.ts";
import { REPORT, type Report, reportOf } from "./report.ts";
import { verifyVersion } from "./verify_version.ts";
import { type Verdict, verifyCertificate } from "./verify_certificate.ts";

/**
 * Protects what a spec names and writes `released.csv`, `certificate.json` and
 * `report.json` into a new folder: all three or none. Under a policy, weaker
 * rules need a signed waiver that holds on that city day. Throws `Problem` when the
 * spec or the data are refused, `Blocked` when a cell cannot be protected.
 */
export async function protectFiles(
  specPath: string,
  outDir: string,
  stopwatch: Stopwatch,
  under?: { readonly policyPath: string; readonly today: string },
): Promise<Report> {
  const described = describe(await textOf(specPath, "spec"));
  const { spec } = described;
  if (under !== undefined) {
    const policy = readPolicy(await textOf(under.policyPath, "policy"));
    requirePolicy(spec, policy, under.today);
  } else if (spec.waivers.length > 0) {
    throw new Problem("BadRequestData", "waivers: there is no policy to waive");
  }
  if (await exists(outDir)) {
    throw new Problem("AlreadyExists", `out: '${outDir}' exists already`);
  }
  const near = (path: string) => beside(specPath, path);
  const facts = factsOf(described, await textOf(near(spec.data), "data"));
  const earlier = publicationsOf(
    described,
    await releasedTexts(spec.earlier.map(near), "earlier"),
    "earlier",
  );
  const outcome = protectRelease(described, facts, earlier, stopwatch);
  const report = reportOf(described, outcome);
  const certificate = issueCertificate(
    described,
    outcome.text,
    outcome.audited,
  );
  const staged = `${outDir}.staged`;
  await Deno.mkdir(staged, { recursive: true });
  const json = (value: unknown) => JSON.stringify(value, null, 1) + "\n";
  await Deno.writeTextFile(join(staged, RELEASED), outcome.text);
  await Deno.writeTextFile(
    join(staged, CERTIFICATE),
    JSON.stringify(certificate) + "\n",
  );
  await Deno.writeTextFile(join(staged, REPORT), json(report));
  await Deno.rename(staged, outDir);
  return report;
}

export interface AuditOptions {
  readonly stopwatch: Stopwatch;
  /** Leaves the spec's data alone even when they are at hand. */
  readonly publishedOnly?: boolean;
  readonly seconds?: number;
}

/**
 * Attacks the releases in the folders together, and the earlier ones the spec
 * names. The data of the spec, where they are at hand, only tell which cells
 * are withheld for their own sake.
 */
export async function auditFiles(
  specPath: string,
  dirs: readonly string[],
  { stopwatch, publishedOnly = false, seconds = 600 }: AuditOptions,
): Promise<Audit> {
  const described = describe(await textOf(specPath, "spec"));
  const { family, spec } = described;
  const near = (path: string) => beside(specPath, path);
  const releases = publicationsOf(
    described,
    await releasedTexts([...spec.earlier.map(near), ...dirs], "release"),
    "release",
  );
  const dataPath = near(spec.data);
  const facts = !publishedOnly && await exists(dataPath)
    ? factsOf(described, await textOf(dataPath, "data"))
    : undefined;
  const { audit } = auditRelease(family, spec, releases, facts, {
    stopwatch,
    limit: stopwatch() + seconds,
    random: secretRandom(freshSecret()),
  });
  const units = unitsOf(spec);
  return {
    ...audit,
    intervals: audit.intervals.map((one) => ({
      ...one,
      low: one.low / units,
      high: one.high === null ? null : one.high / units,
    })),
  };
}

/**
 * Checks a folder by addition alone: one that `protectFiles` wrote, or a
 * published version of the platform, which has a manifest.
 */
export async function verifyFiles(dir: string): Promise<Verdict> {
  if (await exists(join(dir, "manifest.json"))) {
    return await verifyVersion(
      await textOf(join(dir, "manifest.json"), "manifest"),
      (name) => Deno.readFile(join(dir, name)),
    );
  }
  return verifyCertificate(
    await textOf(join(dir, CERTIFICATE), "certificate"),
    await textOf(join(dir, RELEASED), "release"),
  );
}

async function releasedTexts(
  dirs: readonly string[],
  field: string,
): Promise<string[]> {
  return await Promise.all(
    dirs.map((dir, at) => textOf(join(dir, RELEASED), `${field}.${at}`)),
  );
}

async function textOf(path: string, field: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem("ResourceNotFound", `${field}: no file '${path}'`);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function beside(specPath: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(specPath), path);
}
