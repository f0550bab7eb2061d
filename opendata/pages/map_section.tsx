import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { nameOf } from "../code_name.ts";
import { type Place, placesOf } from "../formats/places.ts";
import type { ColumnEntry, TableEntry } from "../manifest.ts";
import type { ReleasedRow } from "../released_row.ts";
import { Withheld } from "./withheld.tsx";

const TEXT = {
  title: { ja: "地図", en: "Map" },
  places: {
    ja: (count: number) => `${count}か所。北が上です。`,
    en: (count: number) => `${count} places. North is up.`,
  },
  sized: {
    ja: (what: string, when: string) =>
      `円の大きさは${what}（${when}）。破線の円は秘匿、点は0です。北が上です。`,
    en: (what: string, when: string) =>
      `Circles by ${what} (${when}); dashed ones are withheld, dots are zero. North is up.`,
  },
  list: { ja: "地図の一覧", en: "The map as a list" },
  most: {
    ja: (shown: number, all: number) =>
      `${all}か所のうち${shown}か所を示します。`,
    en: (shown: number, all: number) => `${shown} of ${all} places are shown.`,
  },
  name: { ja: "名称", en: "Name" },
  longitude: { ja: "経度", en: "Longitude" },
  latitude: { ja: "緯度", en: "Latitude" },
  unplaced: {
    ja: (count: number) => `位置のない行が${count}行あります。`,
    en: (count: number) => `${count} rows have no place.`,
  },
} as const;

const WIDTH = 640;
const MARGIN = 24;
const LARGEST = 22;
const MOST = 500;

interface MapProps {
  readonly language: Language;
  readonly table: TableEntry;
  readonly rows: readonly ReleasedRow[];
  readonly municipality: Municipality;
}

interface Spot extends Place {
  readonly name: string;
  readonly row: ReleasedRow;
}

/**
 * Where the rows of a table are: points of a register, or circles for the
 * districts of its newest period. Drawn by the server, with a list behind it.
 */
export function MapSection(props: MapProps): JSX.Element | null {
  const { language, table, municipality } = props;
  const { rows, of } = newestOf(props);
  const found = rows.flatMap((row): Spot[] => {
    const name = nameOfRow(row, table, municipality, language);
    return placesOf(row, table, municipality).map((place) => ({
      ...place,
      name,
      row,
    }));
  });
  if (found.length === 0) return null;
  const spots = found.slice(0, MOST);
  const measure = table.columns.find(({ role }) => role === "measure");
  const sized = of === undefined ? undefined : measure;
  const caption = sized === undefined || of === undefined
    ? TEXT.places[language](found.length)
    : TEXT.sized[language](sized.title[language], of);
  const unplaced =
    rows.filter((row) => placesOf(row, table, municipality).length === 0)
      .length;
  return (
    <section class="card" aria-labelledby="map">
      <h2 id="map">{TEXT.title[language]}: {table.title[language]}</h2>
      <figure class="map">
        <Drawing spots={spots} measure={sized} label={caption} />
        <figcaption class="meta">
          {caption}
          {found.length > MOST &&
            ` ${TEXT.most[language](MOST, found.length)}`}
          {unplaced > 0 && ` ${TEXT.unplaced[language](unplaced)}`}
        </figcaption>
      </figure>
      <List language={language} spots={spots} measure={sized} />
    </section>
  );
}

/** The rows of the newest period, of the first of whatever else the table is by. */
function newestOf(
  { table, rows, municipality, language }: MapProps,
): { rows: readonly ReleasedRow[]; of?: string } {
  const period = table.columns.find(({ role }) => role === "period");
  if (period === undefined) return { rows };
  const newest = rows.map((row) => String(row[period.name])).sort().at(-1);
  const keys = table.columns.filter(({ role, codes }) =>
    role === "dimension" && codes !== "district"
  );
  const own = rows.filter((row) => String(row[period.name]) === newest);
  const measure = table.columns.find(({ role }) => role === "measure");
  const people = (key: string) =>
    own.filter((row) => keyOf(row, keys) === key).reduce(
      (most, row) => Math.max(most, Number(row[measure?.name ?? ""] ?? 0)),
      0,
    );
  const [largest = ""] = [...new Set(own.map((row) => keyOf(row, keys)))]
    .toSorted((a, b) => people(b) - people(a));
  const [first] = own.filter((row) => keyOf(row, keys) === largest);
  const named = keys.map((column) =>
    nameOf(column, String(first?.[column.name]), municipality)[language]
  );
  return {
    rows: own.filter((row) => keyOf(row, keys) === largest),
    of: [newest, ...named].join(language === "ja" ? "、" : ", "),
  };
}

function keyOf(row: ReleasedRow, keys: readonly ColumnEntry[]): string {
  return keys.map(({ name }) => row[name]).join("\u001f");
}

function nameOfRow(
  row: ReleasedRow,
  table: TableEntry,
  municipality: Municipality,
  language: Language,
): string {
  const district = table.columns.find(({ codes }) => codes === "district");
  if (district !== undefined) {
    const code = String(row[district.name]);
    return nameOf(district, code, municipality)[language];
  }
  const foreign = row["名称_英語"] ?? row["名称_英字"];
  const name = language === "en" && foreign ? foreign : row["名称"];
  return String(name ?? row["name"] ?? row["ID"] ?? "");
}

function Drawing(
  { spots, measure, label }: {
    spots: readonly Spot[];
    measure: ColumnEntry | undefined;
    label: string;
  },
) {
  const longitudes = spots.map(({ longitude }) => longitude);
  const latitudes = spots.map(({ latitude }) => latitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const shrink = Math.cos((south + north) / 2 * Math.PI / 180);
  // A city fits the plane; one place alone stands in the middle.
  const span = Math.max((east - west) * shrink, north - south, 0.002);
  const scale = (WIDTH - 2 * MARGIN) / span;
  const width = (east - west) * shrink * scale + 2 * MARGIN;
  const height = (north - south) * scale + 2 * MARGIN;
  const valueOf = ({ row }: Spot) =>
    measure === undefined ? null : row[measure.name];
  const most = Math.max(1, ...spots.map((spot) => Number(valueOf(spot) ?? 0)));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width.toFixed(0)} ${height.toFixed(0)}`}
    >
      {spots.map((spot) => {
        const value = valueOf(spot);
        const isHidden = measure !== undefined &&
          spot.row.status === "withheld";
        const radius = measure === undefined
          ? 5
          : isHidden
          ? 8
          : Math.max(3, LARGEST * Math.sqrt(Number(value ?? 0) / most));
        return (
          <circle
            class={isHidden ? "spot withheld" : "spot"}
            cx={((spot.longitude - west) * shrink * scale + MARGIN).toFixed(1)}
            cy={((north - spot.latitude) * scale + MARGIN).toFixed(1)}
            r={radius.toFixed(1)}
          >
            <title>{spot.name}</title>
          </circle>
        );
      })}
    </svg>
  );
}

function List(
  { language, spots, measure }: {
    language: Language;
    spots: readonly Spot[];
    measure: ColumnEntry | undefined;
  },
) {
  const text = (key: "name" | "longitude" | "latitude") =>
    (TEXT[key] as Text)[language];
  return (
    <details>
      <summary>{(TEXT.list as Text)[language]}</summary>
      <div
        class="scroll"
        tabindex={0}
        role="region"
        aria-label={(TEXT.list as Text)[language]}
      >
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{text("name")}</th>
              {measure && <th scope="col">{measure.title[language]}</th>}
              <th scope="col">{text("longitude")}</th>
              <th scope="col">{text("latitude")}</th>
            </tr>
          </thead>
          <tbody>
            {spots.map(({ name, row, longitude, latitude }) => (
              <tr>
                <th scope="row">{name}</th>
                {measure && (
                  <td class="number">
                    {row.status === "withheld"
                      ? <Withheld language={language} />
                      : Number(row[measure.name] ?? 0).toLocaleString("en")}
                  </td>
                )}
                <td class="number">{longitude}</td>
                <td class="number">{latitude}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
