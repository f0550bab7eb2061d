import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { CityFrame } from "../city_frame.tsx";
import type { Milestone } from "../boards/evaluated.ts";
import { periodName } from "../boards/periods.ts";
import type { Histories } from "../boards/page/provenance_panel.tsx";
import { NotYet } from "../sections/not_yet.tsx";
import { KpiSection } from "./kpi_section.tsx";
import type { Kpi } from "./read_kpi.ts";

const TEXT = {
  title: { ja: "KPIと目標", en: "KPIs and targets" },
  lead: {
    ja: "目標に届くか。届く見込みはどれだけで、月にどれだけ必要か。",
    en:
      "Will targets be met? How likely is it, and what has to come every month?",
  },
  asOf: { ja: "最新の実績", en: "Newest figures" },
  none: {
    ja: "このまちはインストール数の目標を定めていません。",
    en: "This city has set no target for installs.",
  },
} as const satisfies Record<string, Text>;

/** Targets of every fiscal year, how they stand and what is expected. */
export function KpiPage(
  { language, municipality, kpis, milestones, histories, scripts }: {
    language: Language;
    municipality: Municipality;
    kpis: readonly Kpi[];
    milestones: readonly Milestone[];
    histories: Histories;
    /** Addresses of scripts, where the page can use one. */
    scripts: readonly string[];
  },
): JSX.Element {
  const { code } = municipality;
  const path = `/dashboards/${code}/kpi`;
  const newest = kpis.flatMap(({ points }) => points.at(-1)?.period ?? [])
    .sort().at(-1);
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={path}
      scripts={scripts}
    >
      {newest !== undefined && (
        <p class="meta">
          {TEXT.asOf[language]}: {periodName(newest)[language]}
        </p>
      )}
      {municipality.installTargets.length === 0 && (
        <p class="notice">{TEXT.none[language]}</p>
      )}
      {kpis.length === 0 && <NotYet language={language} />}
      {kpis.map((kpi, at) => (
        <KpiSection
          language={language}
          kpi={kpi}
          milestones={milestones}
          id={`kpi-${at + 1}`}
          histories={histories}
        />
      ))}
    </CityFrame>
  );
}
