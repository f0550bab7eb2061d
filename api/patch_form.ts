import { Problem } from "@hiraku/kernel";
import { type PatchForm, readDateTime } from "@hiraku/ngsi";
import { type KnownParameters, knownParameters } from "./known_parameters.ts";

const SIMPLIFIED = ["simplified", "keyValues"];
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;

/** What the parameters of a merge say for every attribute, CIM 009 6.5.3.4. */
export function patchFormOf(
  url: string,
): { form: PatchForm; parameters: KnownParameters } {
  const parameters = knownParameters(
    url,
    ["format", "lang", "observedAt", "options", "type"],
  );
  const format = parameters.get("format") ?? parameters.get("options");
  if (format !== undefined && !SIMPLIFIED.includes(format)) {
    throw new Problem("InvalidRequest", "There is no such representation here");
  }
  const lang = parameters.get("lang");
  if (lang !== undefined && !LANGUAGE.test(lang)) {
    throw new Problem("BadRequestData", "Parameter 'lang': not a language");
  }
  const observedAt = parameters.get("observedAt");
  const form = {
    simplified: format !== undefined,
    ...lang === undefined ? {} : { lang },
    ...observedAt === undefined
      ? {}
      : { observedAt: readDateTime(observedAt, "observedAt") },
  };
  return { form, parameters };
}
