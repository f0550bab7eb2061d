import { sql } from "@hiraku/kernel/store";
import { counters } from "@hiraku/opendata";
import type { SentEntity } from "../entities/broker_client.ts";
import { issues } from "../issue_reports.ts";
import { member, numberIn } from "../keys.ts";
import type { LiveView } from "./live_view.ts";
import { idOf } from "./services_view.ts";

/** Queues of the counters as last observed. */
export const queuesView: LiveView = {
  id: "queues",
  entityTypes: ["QueueMonitor"],
  events: ["queue.observed"],
  datasets: [],
  entities: async ({ warehouse, municipality, entries }) => {
    const names = new Map(
      (await entries(counters)).map((one) => [one.id, one]),
    );
    const { rows } = await sql<{
      counter: string;
      at: Date;
      waiting: number;
      called: number;
      serving: number;
    }>`
      select ${member("counterId")} as counter, max(occurred_at) as at,
        arg_max(${numberIn("waiting")}, occurred_at) as waiting,
        arg_max(${numberIn("called")}, occurred_at) as called,
        arg_max(${numberIn("serving")}, occurred_at) as serving
      from event where type = 'queue.observed' and mode = 'normal'
      group by all order by all`.execute(warehouse);
    return rows.map(({ counter, at, waiting, called, serving }) => {
      const observedAt = at.toISOString();
      const known = names.get(counter);
      return {
        id: idOf("QueueMonitor", municipality, counter),
        type: "QueueMonitor",
        serviceName: known?.name ?? counter,
        ...(known !== undefined && { officeName: known.office }),
        ticketsToServe: { value: waiting, observedAt },
        lastTicketCalled: { value: called, observedAt },
        ticketsBeingServed: { value: serving, observedAt },
      };
    });
  },
};

function point(longitude: number | null, latitude: number | null) {
  return longitude === null || latitude === null ? {} : {
    location: { type: "Point", coordinates: [longitude, latitude] },
  };
}

/** Reports of things, once moderated; nothing of who reported them. */
export const issuesView: LiveView = {
  id: "issues",
  entityTypes: ["IssueReporting"],
  events: ["issue."],
  datasets: [],
  entities: async ({ warehouse, municipality }) => {
    const { rows } = await sql<{
      issue: string;
      service: string | null;
      since: Date;
      status: string;
      longitude: number | null;
      latitude: number | null;
    }>`
      select issue, service, since, status, longitude, latitude
      from ${issues()} where moderated order by issue`.execute(warehouse);
    return rows.map((one) => ({
      id: idOf("IssueReporting", municipality, one.issue),
      type: "IssueReporting",
      service_code: one.service ?? "other",
      status: one.status,
      requested_datetime: {
        value: { "@type": "DateTime", "@value": one.since.toISOString() },
      },
      ...point(one.longitude, one.latitude),
    }));
  },
};

/** Posts on the map, once moderated, and photos of damage that staff registered. */
export const mapView: LiveView = {
  id: "map",
  entityTypes: ["PointOfInterest", "IncidentPhoto"],
  events: ["mappost.", "damage.photo.registered"],
  datasets: [],
  entities: async ({ warehouse, municipality }) => {
    const position = (at: number) =>
      sql`try_cast(json_extract_string(data, ${`$.location[${at}]`}) as double)`;
    const { rows } = await sql<{
      kind: string;
      id: string;
      category: string | null;
      decision: string | null;
      longitude: number | null;
      latitude: number | null;
      at: Date;
    }>`
      select type as kind, coalesce(${member("mapPostId")}, ${
      member("photoId")
    })
          as id,
        arg_max(${member("category")}, occurred_at) as category,
        arg_max(${member("decision")}, occurred_at) as decision,
        arg_max(${position(0)}, occurred_at) as longitude,
        arg_max(${position(1)}, occurred_at) as latitude,
        max(occurred_at) as at
      from event
      where type in ('mappost.moderated', 'damage.photo.registered')
      group by all order by all`.execute(warehouse);
    return rows.flatMap((one): SentEntity[] => {
      const isPost = one.kind === "mappost.moderated";
      if (isPost && one.decision !== "shown") return [];
      const type = isPost ? "PointOfInterest" : "IncidentPhoto";
      return [{
        id: idOf(type, municipality, one.id),
        type,
        category: one.category ?? "other",
        dateModified: {
          value: { "@type": "DateTime", "@value": one.at.toISOString() },
        },
        ...point(one.longitude, one.latitude),
      }];
    });
  },
};

/** What shelters still need, by item: goods, never people. */
export const needsView: LiveView = {
  id: "needs",
  entityTypes: ["ShelterNeed"],
  events: ["shelter.need."],
  datasets: [],
  entities: async ({ warehouse, municipality }) => {
    const { rows } = await sql<{
      shelter: string;
      item: string;
      missing: number;
      urgency: string;
      since: Date;
      mode: string;
    }>`
      select ${member("shelterId")} as shelter, ${member("item")} as item, mode,
        sum(case type when 'shelter.need.reported' then 1 else -1 end
          * ${numberIn("qty")}) as missing,
        coalesce(arg_max(${member("urgency")}, occurred_at)
          filter (type = 'shelter.need.reported'), 'normal') as urgency,
        min(occurred_at) filter (type = 'shelter.need.reported') as since
      from event
      where type in ('shelter.need.reported', 'shelter.need.fulfilled')
      group by all having missing > 0 order by all`.execute(warehouse);
    return rows.map(({ shelter, item, missing, urgency, since, mode }) => ({
      id: idOf("ShelterNeed", municipality, `${shelter}-${item}-${mode}`),
      type: "ShelterNeed",
      shelter: {
        object: `urn:ngsi-ld:EvacuationShelter:${encodeURIComponent(shelter)}`,
      },
      item,
      quantityNeeded: missing,
      urgency,
      operatingMode: mode,
      neededSince: {
        value: { "@type": "DateTime", "@value": since.toISOString() },
      },
    }));
  },
};
