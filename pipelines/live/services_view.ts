import { type Municipality, startOfCityDay } from "@hiraku/kernel";
import {
  eventAttendance,
  events as eventRegister,
  kpi,
  procedures,
} from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import type { SentEntity } from "../entities/broker_client.ts";
import type { LiveView } from "./live_view.ts";

/** Mini-apps and procedures of the city as the registers have them. */
export const servicesView: LiveView = {
  id: "services",
  entityTypes: ["PublicService", "MiniApp"],
  events: [],
  datasets: [],
  entities: async ({ municipality, entries }) => [
    ...(await entries(procedures)).map((
      { id, name, office, online, hasCost },
    ) => ({
      id: idOf("PublicService", municipality, id),
      type: "PublicService",
      identifier: id,
      name,
      hasCompetentAuthority: office,
      availableOnline: online,
      hasCost,
      localGovernmentCode: municipality.code,
    })),
    ...municipality.miniApps.map(({ id, name, category, since }) => ({
      id: `urn:ngsi-ld:MiniApp:${id}`,
      type: "MiniApp",
      name: { languageMap: name },
      category: { languageMap: category },
      status: since === undefined ? "planned" : "live",
      ...(since !== undefined && { dateIssued: since }),
    })),
  ],
};

/** Events of the register, with attendance once it has been released. */
export const eventsView: LiveView = {
  id: "events",
  entityTypes: ["Event"],
  events: [],
  datasets: [eventAttendance.id],
  entities: async ({ municipality, entries, released, now }) => {
    const tables = await released(municipality, eventAttendance);
    const attendance = new Map<string, number>();
    for (const row of tables?.["attendance"] ?? []) {
      const key = String(row["eventRef"]);
      if (row["people"] === null) continue;
      attendance.set(key, (attendance.get(key) ?? 0) + Number(row["people"]));
    }
    return (await entries(eventRegister)).map((one) => {
      const count = attendance.get(one.id);
      return {
        id: idOf("Event", municipality, one.id),
        type: "Event",
        title: one.title,
        category: one.category,
        startDate: one.startsOn,
        endDate: one.endsOn,
        eventStatus: statusAt(now, one.startsOn, one.endsOn),
        ...(one.place !== undefined && { venue: one.place }),
        ...(one.capacity !== undefined && {
          maximumAttendeeCapacity: one.capacity,
        }),
        ...(count !== undefined && { attendeeCount: count }),
      };
    });
  },
};

function statusAt(now: Date, startsOn: string, endsOn: string): string {
  if (now < startOfCityDay(startsOn)) return "scheduled";
  const end = startOfCityDay(endsOn).getTime() + 86_400_000;
  return now.getTime() < end ? "running" : "finished";
}

/** Key figures of the newest released month with their targets. */
export const kpiView: LiveView = {
  id: "kpi",
  entityTypes: ["KeyPerformanceIndicator"],
  events: [],
  datasets: [kpi.id],
  entities: async ({ municipality, released }: CityData) => {
    const rows = (await released(municipality, kpi))?.["kpi"] ?? [];
    const newest = rows.map((row) => String(row["month"])).sort().at(-1);
    return rows.filter((row) => row["month"] === newest).map((row) => {
      const target = row["target"];
      const value = Number(row["value"]);
      return {
        id: idOf(
          "KeyPerformanceIndicator",
          municipality,
          String(row["indicator"]),
        ),
        type: "KeyPerformanceIndicator",
        name: String(row["indicator"]),
        kpiValue: value,
        calculationPeriod: { value: { month: newest } },
        calculationFrequency: "monthly",
        organization: municipality.name.ja,
        ...(target !== null && target !== undefined && {
          businessTarget: Number(target),
          currentStanding: value >= Number(target) ? "good" : "bad",
        }),
      };
    });
  },
};

/** Such as `urn:ngsi-ld:Event:412015-festa`. */
export function idOf(
  type: string,
  { code }: Municipality,
  local: string,
): SentEntity["id"] {
  return `urn:ngsi-ld:${type}:${code}-${encodeURIComponent(local)}`;
}
