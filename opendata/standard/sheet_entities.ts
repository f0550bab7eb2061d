import { SHEETS } from "../check/sheets/all.ts";
import { addresses, licenceAddress } from "../catalogue/addresses.ts";
import { placesOf } from "../formats/places.ts";
import type { Manifest } from "../manifest.ts";
import type { ReleasedRow } from "../released_row.ts";

/** An entity in concise form. */
export interface SheetEntity {
  readonly id: string;
  readonly type: string;
  readonly [attribute: string]: unknown;
}

/**
 * Types of the things that sheets list. Sheets that are no list of things
 * (population, files, meals) or may name people (food businesses) have none.
 * 03 follows datamodels.jp; the names of the others are ours.
 */
const TYPES: Readonly<Record<string, string>> = {
  "01": "PublicFacility",
  "02": "CulturalProperty",
  "03": "EvacuationSite",
  "05": "ChildcareFacility",
  "07": "PublicWirelessLan",
  "08": "Aed",
  "09": "CareService",
  "10": "MedicalFacility",
  "11": "TouristAttraction",
  "12": "EventNotice",
  "13": "PublicToilet",
  "14": "FireHydrant",
  "17": "SchoolDistrict",
  "22": "SupportProgramme",
  "24": "School",
  "26": "BicycleParking",
  "27": "PollingPlace",
};

/** Every type that `sheetEntities` and `datasetEntity` make. */
export const SHEET_ENTITY_TYPES: readonly string[] = [
  "Dataset",
  ...Object.values(TYPES),
];

/** What columns of any sheet are called in an entity. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  全国地方公共団体コード: "localGovernmentCode",
  "情報の管理主体_全国地方公共団体コード": "localGovernmentCode",
  名称_カナ: "nameKana",
  学校名称_カナ: "nameKana",
  名称_通称: "alternateName",
  所在地_連結表記: "address",
  通学区域の住所: "address",
  "建物名等(方書)": "building",
  設置位置: "placement",
  町字ID: "townId",
  電話番号: "telephone",
  連絡先電話番号: "telephone",
  連絡先FormURL: "contactForm",
  郵便番号: "postalCode",
  法人番号: "corporateNumber",
  団体名: "organization",
  利用可能曜日: "daysOfWeek",
  開始時間: "opens",
  終了時間: "closes",
  利用開始時間: "opens",
  利用終了時間: "closes",
  開始日: "startDate",
  終了日: "endDate",
  説明: "description",
  制度概要: "description",
  URL: "url",
  画像: "image",
  画像_ライセンス: "imageLicense",
  備考: "note",
  特記事項: "note",
  想定収容人数: "maxCapacity",
  "対象となる町会・自治会": "targetAreas",
  SSID: "ssid",
};

/** Hazards of sheet 03 as datamodels.jp calls them. */
const HAZARDS: Readonly<Record<string, string>> = {
  "災害種別_洪水": "flood",
  "災害種別_崖崩れ、土石流及び地滑り": "landslide",
  "災害種別_高潮": "stormSurge",
  "災害種別_地震": "earthquake",
  "災害種別_津波": "tsunami",
  "災害種別_大規模な火事": "greatFire",
  "災害種別_内水氾濫": "inlandFlood",
  "災害種別_火山現象": "eruption",
};

/** A thing stands where its own columns say. */
const NOWHERE = { districts: [] };
const NAMES = ["名称", "学校名称", "タイトル（制度名）", "イベント名"];
const FOREIGN = ["名称_英語", "名称_英字", "イベント名_英語"];
const IDS = ["ID", "学校ID", "支援制度ID"];
/** What the entity says in another way. */
const TOLD = [...NAMES, ...FOREIGN, ...IDS, "緯度", "経度"];

/**
 * The things that a published sheet lists, each with its place, its name in
 * both languages and whatever else its columns say; columns without a name of
 * their own stand in `columns`. None where the sheet lists no things. Columns
 * that may speak of persons are left out.
 */
export function sheetEntities(
  { standard, municipality, tables }: Pick<
    Manifest,
    "standard" | "municipality" | "tables"
  >,
  rows: readonly ReleasedRow[],
): SheetEntity[] {
  const type = TYPES[standard?.number ?? ""];
  const sheet = SHEETS.find(({ id }) => id === standard?.number);
  if (type === undefined || sheet === undefined) return [];
  const personal = new Set(
    sheet.columns.filter((one) => one.personal).map(({ name }) => name),
  );
  const entities = new Map<string, SheetEntity>();
  const [table] = tables;
  rows.forEach((row, at) => {
    const own = text(row, IDS) ?? `${at + 1}`;
    const id = `urn:ngsi-ld:${type}:${municipality.code}-${
      encodeURIComponent(own)
    }`;
    // A sheet that names an id twice keeps the first; the check tells it.
    if (entities.has(id)) return;
    const [place] = table === undefined ? [] : placesOf(row, table, NOWHERE);
    entities.set(id, {
      id,
      type,
      ...attributesOf(row, personal),
      ...(place && {
        location: {
          type: "Point",
          coordinates: [place.longitude, place.latitude],
        },
      }),
    });
  });
  return [...entities.values()];
}

function attributesOf(
  row: ReleasedRow,
  personal: ReadonlySet<string>,
): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  const columns: Record<string, string | number> = {};
  const hazards: string[] = [];
  for (const [column, value] of Object.entries(row)) {
    if (column === "status" || personal.has(column)) continue;
    if (value === null || value === "" || TOLD.includes(column)) continue;
    const hazard = HAZARDS[column];
    const name = ATTRIBUTES[column];
    if (hazard !== undefined) hazards.push(hazard);
    else if (name === "maxCapacity" && /^\d{1,9}$/.test(String(value))) {
      attributes[name] = Number(value);
    } else if (name !== undefined) attributes[name] = value;
    else columns[column] = value;
  }
  const name = text(row, NAMES);
  const foreign = text(row, FOREIGN);
  return {
    ...(name !== undefined && {
      name: { languageMap: { ja: name, ...(foreign && { en: foreign }) } },
    }),
    ...attributes,
    ...(hazards.length > 0 && { hazardTypes: hazards }),
    ...(Object.keys(columns).length > 0 && { columns: { json: columns } }),
  };
}

/** A published dataset as an entity, after the Smart Data Model of DCAT-AP. */
export function datasetEntity(
  manifest: Manifest,
  issued: string,
  origin: string,
): SheetEntity {
  const { municipality, dataset, title, description, keywords } = manifest;
  const at = addresses(origin, municipality.code, dataset);
  return {
    id: `urn:ngsi-ld:Dataset:${municipality.code}-${dataset}`,
    type: "Dataset",
    title: { languageMap: title },
    description: { languageMap: description },
    keyword: keywords.map(({ ja }) => ja),
    publisher: municipality.name.ja,
    releaseDate: { value: { "@type": "Date", "@value": issued } },
    updateDate: {
      value: { "@type": "DateTime", "@value": manifest.publishedAt },
    },
    version: manifest.version,
    license: licenceAddress(manifest.licence),
    landingPage: at.landing,
    downloadURL: manifest.files.map(({ name }) => at.file("latest", name)),
  };
}

function text(
  row: ReleasedRow,
  columns: readonly string[],
): string | undefined {
  for (const column of columns) {
    const value = row[column];
    if (value !== null && value !== undefined && value !== "") {
      return String(value);
    }
  }
  return undefined;
}
