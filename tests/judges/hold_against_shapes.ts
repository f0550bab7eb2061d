import { Parser, Store } from "n3";
import Validator from "rdf-validate-shacl";
import { outsideText } from "./outside_text.ts";
import type { Finding } from "./finding.ts";

const COMMIT = "7c531da7f154794da620fd0e57a3e8afe0286c0f";
const SHAPES = ["shapes.ttl", "range.ttl"];

/** Holds the catalogue against the SHACL shapes of DCAT-AP 3.0.1. */
export async function holdAgainstShapes(turtle: string): Promise<Finding[]> {
  const data = new Store(new Parser().parse(turtle));
  const findings: Finding[] = [];
  for (const name of SHAPES) {
    const what = `DCAT-AP 3.0.1 finds nothing by ${name}`;
    const found = await outsideText(
      "SEMICeu/DCAT-AP",
      COMMIT,
      `releases/3.0.1/html/shacl/${name}`,
    );
    if ("missing" in found) {
      findings.push({ what, skipped: found.missing });
      continue;
    }
    const shapes = new Store(new Parser().parse(found.text));
    const { results } = await new Validator(shapes as never)
      .validate(data as never);
    const told = new Set(results.map(({ path, message, focusNode }) =>
      [
        path?.value,
        message.map(({ value }) => value).join(" "),
        focusNode?.value,
      ].join(" ")
    ));
    findings.push({ what, failures: [...told].slice(0, 20) });
  }
  return findings;
}
