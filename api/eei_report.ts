import type { Municipality } from "@hiraku/kernel";
import {
  defaultNames,
  type EntityReads,
  renderEntity,
  SHELTER_OCCUPANCY,
} from "@hiraku/ngsi";
import { csvText } from "@hiraku/opendata";
import { z } from "zod";

const Figure = z.object({ value: z.number() });
const Report = z.object({
  id: z.string(),
  operatingMode: z.object({ value: z.string() }),
  evacueeTotal: z.object({ value: z.number(), observedAt: z.string() }),
  evacueeHouseholds: Figure,
  evacueeMale: Figure.optional(),
  evacueeFemale: Figure.optional(),
  evacueeUnspecified: Figure.optional(),
  evacueeInfants: Figure.optional(),
  openedAt: z.object({ value: z.object({ "@value": z.string() }) }).optional(),
});

/** Items of GIF EEI 避難所 in their official order, as far as the platform holds them. */
const ITEMS = [
  "be:全国共通避難所・避難場所ID",
  "pd:地方公共団体コード",
  "pd:都道府県名",
  "pd:市区町村名",
  "pd:緯度",
  "pd:経度",
  "be:施設名",
  "be:想定収容人数",
  "be:開設状況",
  "be:開設理由",
  "be:開設日時",
  "be:避難者数（総数）",
  "be:避難世帯数",
  "be:空き状況",
  "be:避難所状況確認日時",
  "be:避難者数（男）",
  "be:避難者数（女）",
  "be:避難者数（性別不明等）",
  "be:乳幼児数",
] as const;

const REASONS: Readonly<Record<string, string>> = {
  normal: "",
  drill: "訓練",
  disaster: "災害",
};

/**
 * The open shelters in the government's EEI shape, one row a shelter. Exact
 * figures: whoever calls has the right to them and has been recorded.
 */
export async function eeiReport(
  reads: EntityReads,
  city: Municipality,
): Promise<string> {
  const { entities } = await reads.query({
    selectors: [{ types: [[SHELTER_OCCUPANCY]] }],
    limit: 1_000,
    offset: 0,
    count: false,
  });
  const names = defaultNames("");
  const rows = entities.map((entity) =>
    row(
      Report.parse(
        renderEntity(
          entity,
          { representation: "normalized", sysAttrs: false },
          names,
        ),
      ),
      city,
    )
  );
  rows.sort((a, b) => (a[0] ?? "") < (b[0] ?? "") ? -1 : 1);
  return csvText({
    header: [...ITEMS],
    *lines() {
      yield* rows;
    },
  });
}

function row(one: z.infer<typeof Report>, city: Municipality): string[] {
  const id = decodeURIComponent(one.id.split(":").at(-1) ?? "");
  const shelter = city.shelters.find((known) => known.id === id);
  const people = one.evacueeTotal.value;
  const room = shelter === undefined
    ? ""
    : people >= shelter.capacity
    ? "満員"
    : "空きあり";
  return [
    id,
    city.code,
    city.prefecture.ja,
    city.name.ja,
    String(shelter?.position[1] ?? ""),
    String(shelter?.position[0] ?? ""),
    shelter?.name.ja ?? "",
    String(shelter?.capacity ?? ""),
    "開設",
    REASONS[one.operatingMode.value] ?? "",
    one.openedAt?.value["@value"] ?? "",
    String(people),
    String(one.evacueeHouseholds.value),
    room,
    one.evacueeTotal.observedAt,
    String(one.evacueeMale?.value ?? ""),
    String(one.evacueeFemale?.value ?? ""),
    String(one.evacueeUnspecified?.value ?? ""),
    String(one.evacueeInfants?.value ?? ""),
  ];
}
