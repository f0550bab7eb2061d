import { createHash } from "node:crypto";

/** An id in the shape CKAN's have, always the same for the same name. */
export function ckanId(
  kind: "package" | "organization",
  name: string,
): string {
  const hex = createHash("sha256").update(`${kind}:${name}`).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

const PACKAGE_LENGTH = 36;

/** The id of a file: its dataset's, and what tells it from the others. It stays from version to version. */
export function resourceId(card: string, file: string): string {
  const own = createHash("sha256").update(file).digest("hex").slice(0, 8);
  return `${ckanId("package", card)}-${own}`;
}

/** The id of the dataset that a file's id begins with. */
export function packageOfResource(resource: string): string {
  return resource.slice(0, PACKAGE_LENGTH);
}
