import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage, Withheld, withheldMark } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { DataTable } from "../charts/data_table.tsx";
import { OutlineMap } from "../charts/outline_map.tsx";
import { outlinePaths } from "../charts/outline_paths.ts";
import { TileMap } from "../charts/tile_map.tsx";
import type { CityFigures } from "../figures/city_figures.ts";
import {
  type DistrictFigure,
  type DistrictFigures,
  share,
} from "../figures/districts.ts";
import { ProvenancePanel } from "../boards/page/provenance_panel.tsx";
import { monthText, number, percent } from "../words.ts";
import { NotYet } from "./not_yet.tsx";

const TEXT = {
  title: { ja: "校区別の登録率", en: "Registration by school district" },
  about: {
    ja:
      "マイナンバーカードで登録した人の、校区の人口に対する割合です。タイルはおよその位置に並べています。面積や境界は表しません。",
    en:
      "Card registrants per inhabitant of the school district. Tiles stand roughly where the districts lie; they show no area and no border.",
  },
  district: { ja: "校区", en: "District" },
  registrants: { ja: "登録者", en: "Registrants" },
  inhabitants: { ja: "人口", en: "Inhabitants" },
  share: { ja: "割合", en: "Share" },
  together: { ja: "合算", en: "counted together" },
  unknown: { ja: "校区不明", en: "District unknown" },
  asOf: { ja: "時点", en: "As of" },
  older: {
    ja:
      "新しい月の値を秘匿している校区は、公開済みの最も新しい月の値を、月を添えて示します。",
    en:
      "Where the newest month is withheld, the newest published figure is shown with its month.",
  },
} as const satisfies Record<string, Text>;

const LEVELS = 5;

/** Card registrants by district as a tile map, and as a table behind it. */
export function Districts(
  { language, figures }: { language: Language; figures: CityFigures },
): JSX.Element {
  const { districts } = figures;
  return (
    <section class="figure" aria-labelledby="districts">
      <h2 id="districts">
        {TEXT.title[language]}
        {districts && (
          <>
            {language === "ja" ? " " : ", "}
            {monthText(districts.value.month, language)}
            {language === "ja" && "末"}
          </>
        )}
      </h2>
      <p>{TEXT.about[language]}</p>
      {districts === undefined ? <NotYet language={language} /> : (
        <>
          {districts.value.withheld > 0 && (
            <p class="meta">{TEXT.older[language]}</p>
          )}
          <Tiles
            language={language}
            month={districts.value}
            municipality={figures.municipality}
          />
          <Table language={language} month={districts.value} />
          <ProvenancePanel
            language={language}
            evidence={districts.evidence}
            histories={figures.histories}
            of={TEXT.title[language]}
          />
        </>
      )}
    </section>
  );
}

function Tiles(
  { language, month, municipality }: {
    language: Language;
    month: DistrictFigures;
    municipality: Municipality;
  },
) {
  const shares = month.districts.flatMap((one) => share(one) ?? []);
  const highest = Math.max(...shares, 0.001);
  const lowest = Math.min(...shares, highest);
  const step = (highest - lowest) / LEVELS || highest;
  const level = (value: number | undefined) =>
    value === undefined
      ? undefined
      : Math.min(LEVELS, 1 + Math.floor((value - lowest) / step));
  const tiles = month.districts.map((one) => ({
    code: one.code,
    name: one.name[language],
    href: inLanguage(
      language,
      `/dashboards/${municipality.code}/explore?districtCode=${one.code}`,
    ),
    position: one.position,
    level: level(share(one)),
    words: words(one),
    spoken: share(one) === undefined
      ? withheldMark("page").spoken[language]
      : undefined,
    note: [
      ...one.together ? [TEXT.together[language]] : [],
      ...one.asOf && one.asOf !== month.month ? [one.asOf] : [],
    ].join(" "),
  }));
  const outlines = outlinePaths(municipality.districts);
  return (
    <figure>
      <Key
        language={language}
        from={(at) => percent(lowest + step * (at - 1))}
        to={(at) => percent(lowest + step * at)}
      />
      {outlines && municipality.outlines && (
        <OutlineMap
          id="district-map"
          title={`${TEXT.title[language]}, ${monthText(month.month, language)}`}
          description={description(month.districts, language)}
          outlines={outlines}
          areas={tiles}
          source={municipality.outlines.source[language]}
        />
      )}
      <TileMap
        id="district-map"
        title={`${TEXT.title[language]}, ${monthText(month.month, language)}`}
        description={description(month.districts, language)}
        tiles={tiles}
      />
      <ul class="tiles">
        {tiles.map(({ name, words, note, level }) => (
          <li class={level === undefined ? "level-withheld" : `level-${level}`}>
            <span>{name}</span>
            <span>
              <strong>
                {level === undefined ? <Withheld language={language} /> : words}
              </strong>
              {note && <small>{note}</small>}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function words(one: DistrictFigure): string {
  const value = share(one);
  return value === undefined
    ? withheldMark("page").shown ?? ""
    : percent(value);
}

function Key(
  { language, from, to }: {
    language: Language;
    from: (level: number) => string;
    to: (level: number) => string;
  },
) {
  return (
    <ul class="key">
      {Array.from({ length: LEVELS }, (_, at) => at + 1).map((level) => (
        <li>
          <span class={`swatch level-${level}`} />
          {from(level)}–{to(level)}
        </li>
      ))}
      <li>
        <span class="swatch level-withheld" />
        <span lang="ja">{withheldMark("page").shown}</span>:{" "}
        {withheldMark("page").explained[language]}
      </li>
    </ul>
  );
}

function description(
  districts: readonly DistrictFigure[],
  language: Language,
): string {
  const known = districts.filter((one) => share(one) !== undefined)
    .sort((a, b) => (share(b) ?? 0) - (share(a) ?? 0));
  const most = known[0];
  const least = known.at(-1);
  if (most === undefined || least === undefined) return "";
  const hidden = districts.length - known.length;
  const of = (one: DistrictFigure) => `${one.name[language]} ${words(one)}`;
  return language === "ja"
    ? `最も高いのは${of(most)}、最も低いのは${of(least)}。秘匿は${hidden}校区。`
    : `Highest: ${of(most)}; lowest: ${
      of(least)
    }; ${hidden} districts withheld.`;
}

function Table(
  { language, month }: { language: Language; month: DistrictFigures },
) {
  const mark = <Withheld language={language} />;
  return (
    <DataTable
      language={language}
      caption={`${TEXT.title[language]}, ${monthText(month.month, language)}`}
      headings={[
        { title: TEXT.district },
        { title: TEXT.asOf },
        { title: TEXT.registrants, figures: true },
        { title: TEXT.inhabitants, figures: true },
        { title: TEXT.share, figures: true },
      ]}
      rows={[
        ...month.districts.map((one) => {
          const value = share(one);
          return [
            one.together
              ? `${one.name[language]} (${TEXT.together[language]}: ${
                one.together[language]
              })`
              : one.name[language],
            one.asOf ?? "–",
            one.registrants === undefined ? mark : number(one.registrants),
            one.inhabitants === undefined ? "–" : number(one.inhabitants),
            value === undefined ? mark : percent(value),
          ];
        }),
        [
          TEXT.unknown[language],
          month.month,
          month.unknown === undefined ? mark : number(month.unknown),
          "–",
          "–",
        ],
      ]}
    />
  );
}
