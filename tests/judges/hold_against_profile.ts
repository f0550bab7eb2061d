import { Ajv } from "ajv";
import type { Finding } from "./finding.ts";
import { outsideText } from "./outside_text.ts";

const COMMIT = "6a201af8ed2eacbb3a2440e82e4c55d5807f9c09";

/** Holds Data Package descriptors, given by their paths, against the profile of Data Package 2.0. */
export async function holdAgainstProfile(
  paths: readonly string[],
): Promise<Finding[]> {
  const what = "the profile of Data Package 2.0 takes every descriptor";
  const found = await outsideText(
    "frictionlessdata/datapackage",
    COMMIT,
    "public/profiles/2.0/datapackage.json",
  );
  if ("missing" in found) return [{ what, skipped: found.missing }];
  const fits = new Ajv({ strict: false, validateFormats: false })
    .compile(JSON.parse(found.text));
  const failures: string[] = [];
  for (const path of paths) {
    if (fits(JSON.parse(await Deno.readTextFile(path)))) continue;
    for (const { instancePath, message } of fits.errors ?? []) {
      failures.push(`${path.split("/").at(-1)} ${instancePath} ${message}`);
    }
  }
  return [{ what, failures }];
}
