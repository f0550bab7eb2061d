import {
  cityDay,
  type Clock,
  type Layout,
  type Municipality,
} from "@hiraku/kernel";
import { addresses, licenceAddress } from "../catalogue/addresses.ts";
import { describe } from "../catalogue/dcat.ts";
import { openDataList } from "../check/sheets/open_data_list.ts";
import { type Cadence, THEMES } from "../dataset.ts";
import type { FileEntry, Manifest } from "../manifest.ts";
import {
  datasetNames,
  latestVersion,
  type PublishedVersion,
  versionNames,
} from "../released_folder.ts";
import type { Publication } from "../write_version.ts";
import { approve, publishStandard } from "./publish_standard.ts";
import { standardDataset } from "./standard_dataset.ts";

const CADENCES: Readonly<Record<Cadence, string>> = {
  hourly: "毎時",
  daily: "毎日",
  monthly: "毎月",
  irregular: "不定期",
};
const ITSELF = openDataList.slug;

/**
 * Writes sheet 06 anew from everything the city has published but the list
 * itself. Nothing new is written where nothing of it changed.
 */
export async function refreshOpenDataList(
  municipality: Municipality,
  { layout, clock, origin }: { layout: Layout; clock: Clock; origin: string },
): Promise<Publication | undefined> {
  const root = layout.releasedRoot(municipality.code);
  const versions: { latest: PublishedVersion; issued: string }[] = [];
  for (const name of await datasetNames(root)) {
    if (name === ITSELF) continue;
    const latest = await latestVersion(root, name, clock);
    const [first = ""] = await versionNames(root, name);
    if (latest === undefined) continue;
    versions.push({ latest, issued: first.slice(0, 10) });
  }
  versions.sort((a, b) =>
    a.latest.manifest.dataset < b.latest.manifest.dataset ? -1 : 1
  );
  const lines = versions.flatMap(({ latest, issued }) =>
    latest.manifest.files.map((file) =>
      lineOf(latest.manifest, file, issued, origin)
    )
  );
  if (lines.length === 0) return undefined;
  return await publishStandard(
    // Whoever makes a dataset is the municipality here, and no person.
    approve(standardDataset(openDataList), municipality, lines, {
      withPersons: true,
    }),
    { layout, clock },
  );
}

/** One file of a dataset as a line of the sheet. Addresses lead to the newest version. */
export function lineOf(
  manifest: Manifest,
  file: FileEntry,
  issued: string,
  origin: string,
): string[] {
  const { municipality, dataset, title, temporal, standard } = manifest;
  const at = addresses(origin, municipality.code, dataset);
  const table = manifest.tables.find(({ id }) => id === file.table);
  const modified = cityDay(new Date(manifest.publishedAt));
  const values: Readonly<Record<string, string>> = {
    データセット_ID: `${municipality.code}_${dataset}`,
    全国地方公共団体コード: municipality.code,
    地方公共団体名: municipality.name.ja,
    データセット_タイトル: title.ja,
    データセット_概要: manifest.description.ja,
    データセット_キーワード: manifest.keywords.map(({ ja }) => ja).join(";"),
    データセット_分類: THEMES[manifest.theme ?? "GOVE"].ja,
    データセット_公開日: issued,
    データセット_最終更新日: modified,
    データセット_バージョン: manifest.version,
    データセット_言語: "ja;en",
    データセット_URL: at.landing,
    データセット_更新頻度: CADENCES[manifest.cadence],
    データセット_準拠する標準: standard === undefined
      ? "統計表における機械判読可能なデータの表記方法の統一ルール"
      : `自治体標準オープンデータセット ${standard.number} ${standard.name}`,
    データセット_関連ドキュメント: `${at.landing}/codebook`,
    データセット_来歴情報: manifest.purpose.ja,
    データセット_対象地域:
      `${municipality.prefecture.ja}${municipality.name.ja}`,
    データセット_対象期間: temporal === null
      ? ""
      : `${temporal.from}/${temporal.to}`,
    データセット_作成者: municipality.name.ja,
    データセット_連絡先名称: municipality.name.ja,
    データセット_連絡先FormURL: `${origin}/opendata/request`,
    ファイル_ID: file.name,
    ファイル_タイトル: file.name,
    ファイル_アクセスURL: at.landing,
    ファイル_ダウンロードURL: at.file("latest", file.name),
    ファイル_説明: describe(manifest, table).ja,
    ファイル_形式: file.format.toUpperCase(),
    ファイル_ライセンス: manifest.licence.replaceAll("-", " "),
    ファイル_ステータス: "配信中",
    ファイル_サイズ: String(file.bytes),
    ファイル_公開日: issued,
    ファイル_最終更新日: modified,
    ファイル_利用規約: licenceAddress(manifest.licence),
    ファイル_言語: file.language ?? "ja;en",
    ファイル_API対応有無: file.format === "csv" || file.format === "json"
      ? "有"
      : "無",
    ファイル_著作権表記: municipality.name.ja,
  };
  return openDataList.columns.map(({ name }) => values[name] ?? "");
}
