/** Pixels of the picture for one of the drawing. */
const SHARP = 2;

/** Draws one of our SVG files and hands it over as a PNG of the same name. */
export async function savePng(address: string): Promise<void> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The drawing was not there: ${address}`);
  const name = /filename="([^"]+)\.svg"/.exec(
    response.headers.get("Content-Disposition") ?? "",
  )?.[1] ?? "chart";
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(await response.text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SHARP;
  canvas.height = image.naturalHeight * SHARP;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = `${name}.png`;
  link.click();
}
