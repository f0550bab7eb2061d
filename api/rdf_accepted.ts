import { RDF_TYPES, type RdfFormat } from "@hiraku/opendata";

/** The RDF form that a client prefers to a page, if any (RFC 9110 12.5.1). */
export function rdfAccepted(accept: string | undefined): RdfFormat | undefined {
  if (accept === undefined) return undefined;
  const weights = new Map(
    accept.toLowerCase().split(",").map((range) => {
      const [name = "", ...parameters] = range.split(";").map((p) => p.trim());
      const q = parameters.find((one) => one.startsWith("q="))?.slice(2);
      return [name, Number(q ?? 1)];
    }),
  );
  const page = Math.max(
    weights.get("text/html") ?? 0,
    weights.get("application/xhtml+xml") ?? 0,
    weights.get("text/*") ?? 0,
  );
  let best: { format: RdfFormat; weight: number } | undefined;
  for (const [format, type] of Object.entries(RDF_TYPES)) {
    const weight = weights.get(type) ?? 0;
    if (weight > page && weight > (best?.weight ?? 0)) {
      best = { format: format as RdfFormat, weight };
    }
  }
  return best?.format;
}
