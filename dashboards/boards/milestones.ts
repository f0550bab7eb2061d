import type { Text } from "@hiraku/kernel";
import type { Shelf } from "../released/shelf.ts";
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

function sameWords(text: string): Text {
  return { ja: text, en: text };
}

/** What happened when, as the city tells it: policies, incidents, campaigns. */
export async function milestonesOf(
  shelf: Shelf,
  code: string,
): Promise<Milestone[]> {
  const source = await shelf.open(code, "logic_model", "milestones");
  const known = new Map(
    (source?.rows ?? []).map((row) => [String(row["milestoneId"]), {
      date: String(row["date"]),
      title: String(row["title"]) === row["milestoneId"]
        ? KINDS[String(row["kind"])] ?? sameWords(String(row["title"]))
        : sameWords(String(row["title"])),
    }]),
  );
  return [...known.values()].sort((a, b) => a.date < b.date ? -1 : 1);
}
