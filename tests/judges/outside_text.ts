/**
 * Text that is not ours and stands in no commit: from the folder given with
 * `--outside`, else from where its publisher keeps it. Answers why it could
 * not be had.
 */
export async function outsideText(
  repository: string,
  commit: string,
  path: string,
): Promise<{ text: string } | { missing: string }> {
  const at = Deno.args.indexOf("--outside");
  const folder = at < 0 ? undefined : Deno.args[at + 1];
  const name = path.split("/").at(-1) ?? path;
  try {
    if (folder !== undefined) {
      return { text: await Deno.readTextFile(`${folder}/${name}`) };
    }
    const response = await fetch(
      `https://raw.githubusercontent.com/${repository}/${commit}/${path}`,
      { signal: AbortSignal.timeout(30_000) },
    );
    if (response.ok) return { text: await response.text() };
    await response.body?.cancel();
    return { missing: `${name} answers ${response.status}` };
  } catch (error) {
    return {
      missing: `${name}: ${error instanceof Error ? error.message : error}`,
    };
  }
}
