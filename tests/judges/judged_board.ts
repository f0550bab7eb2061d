import {
  boardCsv,
  boardNamed,
  boardSlides,
  boardWorkbook,
  openBoard,
  openShelf,
  readAsked,
} from "@hiraku/dashboards";
import type { Clock, Layout, Municipality } from "@hiraku/kernel";
import { runQuery } from "@hiraku/opendata";

const BOARDS = ["use", "people"];
const QUERY =
  "select month, miniAppId, users, clicks, status from miniapp_usage.miniapp_usage order by month, miniAppId";

/** Takes boards and an answer of the query interface away as files, as a reader would. */
export async function takeAway(
  places: { readonly layout: Layout; readonly clock: Clock },
  municipality: Municipality,
  folder: string,
): Promise<void> {
  await Deno.mkdir(folder);
  const shelf = openShelf(places.layout, places.clock);
  for (const id of BOARDS) {
    const board = boardNamed(id);
    if (board === undefined) throw new Error(`There is no board '${id}'`);
    const asked = readAsked(board, {});
    const opened = await openBoard({ municipality, shelf }, board, asked);
    const csv = boardCsv(opened.evaluated, asked, "en");
    await Deno.writeTextFile(`${folder}/${id}.csv`, csv);
    await Deno.writeFile(
      `${folder}/${id}.xlsx`,
      await boardWorkbook(opened, "en"),
    );
    await Deno.writeFile(
      `${folder}/${id}.pptx`,
      await boardSlides(opened, municipality, "en"),
    );
  }
  for (const format of ["json", "csv", "parquet", "arrow"] as const) {
    const { bytes } = await runQuery(places, municipality, {
      sql: QUERY,
      limit: 1_000,
      format,
    });
    await Deno.writeFile(`${folder}/query.${format}`, bytes);
  }
}
