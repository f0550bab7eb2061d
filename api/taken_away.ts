export const CSV = "text/csv; charset=utf-8";
export const SVG = "image/svg+xml";
const OFFICE = "application/vnd.openxmlformats-officedocument";
export const XLSX = `${OFFICE}.spreadsheetml.sheet`;
export const PPTX = `${OFFICE}.presentationml.presentation`;

/** A file that a reader takes away under a name. */
export function takenAway(
  name: string,
  type: string,
  body: string | Uint8Array,
): Response {
  return new Response(body as BodyInit, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
    },
  });
}
