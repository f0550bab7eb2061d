// RFC 7240: a list of preferences, each with parameters of its own.
const PREFERENCE = /^ngsi-ld\s*=\s*(?:"(\d+\.\d+)"|(\d+\.\d+))$/i;

/** The version of NGSI-LD that a request prefers its answer in, CIM 009 6.3.6. */
export function preferredVersion(
  prefer: string | undefined,
): string | undefined {
  for (const one of prefer?.split(",") ?? []) {
    const [preference = ""] = one.split(";");
    const [, quoted, plain] = PREFERENCE.exec(preference.trim()) ?? [];
    if (quoted ?? plain) return quoted ?? plain;
  }
  return undefined;
}
