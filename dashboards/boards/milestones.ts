import type { Text } from "@hiraku/kernel";
import type { CityTables } from "../metrics/measure.ts";
import type { Milestone } from "./evaluated.ts";

/** What a milestone is called that the city gave no title. */
const KINDS: Readonly<Record<string, Text>> = {
  launch: { ja: "公開", en: "Launch" },
  pr: { ja: "広報", en: "Announcement" },
  event: { ja: "行事", en: "Event" },
  drill: { ja: "訓練", en: "Drill" },
  disaster: { ja: "災害", en: "Disaster" },
  policy: { ja: "施策", en: "Policy" },
  survey: { ja: "調査", en: "Survey" },
  lottery: { ja: "抽選", en: "Draw" },
};

/** What happened when, as the city tells it: policies, incidents, campaigns. */
export async function milestonesOf(
  { shelf, municipality: { code, names = {} } }: CityTables,
): Promise<Milestone[]> {
  const source = await shelf.open(code, "logic_model", "milestones");
  const known = new Map(
    (source?.rows ?? []).map((row) => {
      const id = String(row["milestoneId"]);
      const title = String(row["title"]);
      const kind = title === id ? KINDS[String(row["kind"])] : undefined;
      return [id, {
        date: String(row["date"]),
        title: names[id] ?? kind ?? { ja: title, en: title },
      }];
    }),
  );
  return [...known.values()].sort((a, b) => a.date < b.date ? -1 : 1);
}
