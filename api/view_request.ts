import { Problem } from "@hiraku/kernel";
import {
  type Names,
  parseProjection,
  type Projection,
  readId,
  type Representation,
  type View,
} from "@hiraku/ngsi";
import { bad, listOf, type Sent, textOf } from "./entity_request.ts";

export const VIEW_MEMBERS = `
options format attrs pick omit lang datasetId geometryProperty`
  .trim().split(/\s+/);

const FORMATS: Readonly<Record<string, Representation>> = {
  normalized: "normalized",
  concise: "concise",
  simplified: "simplified",
  keyValues: "simplified",
};

/** How the request wants entities shown, CIM 009 4.21, 6.3.7 and 6.3.11. */
export function viewOf(sent: Sent, names: Names): View {
  const attrs = projectionOf(sent, "attrs", names);
  const pick = projectionOf(sent, "pick", names);
  const omit = projectionOf(sent, "omit", names);
  if (attrs !== undefined && (pick ?? omit) !== undefined) {
    throw bad("attrs", "not together with 'pick' or 'omit'");
  }
  if (
    attrs !== undefined && NOT_ATTRIBUTES.some((one) => attrs.members.has(one))
  ) {
    throw bad("attrs", "not the name of an attribute");
  }
  for (const [member, inner] of pick?.members ?? []) {
    const plain = omit?.members.has(member) && !omit.members.get(member);
    if (plain && inner === undefined) {
      throw bad("omit", "a member that 'pick' has too");
    }
  }
  const shown = attrs === undefined ? pick : {
    members: new Map([...OWN, ...attrs.members]),
  };
  const lang = textOf(sent, "lang");
  if (lang === "") throw bad("lang", "empty");
  const datasets = listOf(sent, "datasetId")?.map((one) =>
    one === "@none" ? one : readId(one)
  );
  return {
    ...formOf(sent),
    ...shown === undefined ? {} : { pick: shown },
    ...omit === undefined ? {} : { omit },
    ...lang === undefined ? {} : { lang },
    ...datasets === undefined ? {} : { datasets: new Set(datasets) },
  };
}

const NOT_ATTRIBUTES = ["id", "type", "scope"];
const OWN: [string, undefined][] = [["id", undefined], ["type", undefined]];

function formOf(sent: Sent): Pick<View, "representation" | "sysAttrs"> {
  const options = listOf(sent, "options") ?? [];
  const unknown = options.find((one) =>
    one !== "sysAttrs" && !Object.hasOwn(FORMATS, one)
  );
  if (unknown !== undefined) {
    throw new Problem("InvalidRequest", "There is no such option here");
  }
  const asked = options.filter((one) => one !== "sysAttrs");
  // CIM 009 6.3.7: the parameter goes before the option.
  const format = textOf(sent, "format") ?? asked[0] ?? "normalized";
  if (!Object.hasOwn(FORMATS, format)) {
    throw new Problem("InvalidRequest", "There is no such format here");
  }
  return {
    representation: FORMATS[format] ?? "normalized",
    sysAttrs: options.includes("sysAttrs"),
  };
}

function projectionOf(
  sent: Sent,
  name: "attrs" | "pick" | "omit",
  names: Names,
): Projection | undefined {
  const text = textOf(sent, name);
  return text === undefined ? undefined : parseProjection(text, names, name);
}
