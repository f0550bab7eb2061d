/** The public, stable addresses of a dataset under one configured origin. */
export interface Addresses {
  readonly catalogue: string;
  readonly landing: string;
  readonly record: string;
  file(version: string, name: string): string;
}

export function addresses(
  origin: string,
  code: string,
  dataset: string,
): Addresses {
  const landing = `${origin}/opendata/${code}/${dataset}`;
  return {
    catalogue: `${origin}/opendata`,
    landing,
    record: `${landing}.jsonld`,
    file: (version, name) => `${landing}/${version}/${name}`,
  };
}

const LICENCES: Record<string, string> = {
  "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
  "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
};

/** The address of a licence by its SPDX identifier. */
export function licenceAddress(licence: string): string {
  return LICENCES[licence] ?? `https://spdx.org/licenses/${licence}.html`;
}
