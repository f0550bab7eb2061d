import type { Municipality, Shelter, Text } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { asOperational, type Operational } from "@hiraku/opendata";
import type { Warehouse } from "./warehouse.ts";

/** One shelter at this moment; what is exact about it is `Operational`. */
export interface ShelterState {
  readonly shelterId: string;
  readonly name: Text;
  /** Absent, as `capacity`, for a shelter that no register knows. */
  readonly position: readonly [number, number] | undefined;
  readonly capacity: number | undefined;
  readonly mode: "normal" | "drill" | "disaster";
  readonly status: "open" | "full" | "closed";
  /** None once the shelter has closed. */
  readonly occupancy: Operational<Occupancy> | undefined;
}

/** Who is in a shelter, for the roles that run it. */
export interface Occupancy {
  /** Check-ins, each with its companions. */
  readonly parties: number;
  readonly people: number;
  readonly male: number;
  readonly female: number;
  /** Of whom no sex is known; with the two before they are the people. */
  readonly unspecified: number;
  /** Up to four years old. */
  readonly infants: number;
  readonly openedAt: string | undefined;
  /** When the last event of this shelter happened, UTC. */
  readonly observedAt: string;
}

interface Row {
  shelter: string;
  mode: ShelterState["mode"];
  status: ShelterState["status"];
  parties: number;
  people: number;
  male: number;
  female: number;
  infants: number;
  opened: Date | null;
  observed: Date;
  /** From an imported file of designated shelters. */
  name: string | null;
  longitude: number | null;
  latitude: number | null;
}

/**
 * Every shelter that was ever in service, by id. One person is in one shelter
 * at most, the one of the last check-in; leaving where one is not changes
 * nothing; closing empties. Check-ins of another mode than the opening's do
 * not count, ordinary ones do.
 */
export async function shelterStates(
  warehouse: Warehouse,
  municipality: Municipality,
): Promise<ShelterState[]> {
  const { rows } = await sql<Row>`
    with life as (
      select shelter,
        arg_max(kind, occurred_at) filter (kind in ('opened', 'closed')) as last,
        coalesce(
          arg_max(mode, occurred_at) filter (kind = 'opened'),
          arg_max(mode, occurred_at)) as mode,
        max(occurred_at) filter (kind = 'closed') as closed_at,
        max(occurred_at) filter (kind = 'opened') as opened_at,
        max(occurred_at) as observed
      from shelter_event group by shelter
    ), service as (
      select life.*, coalesce(last, 'opened') = 'opened' as open,
        (select arg_max(s.opening_status, s.occurred_at) from shelter_event s
          where s.shelter = life.shelter and s.kind = 'status'
            and s.occurred_at >= coalesce(opened_at, s.occurred_at)) as stated
      from life
    ), visit as (
      select e.* from shelter_event e join service using (shelter)
      where e.kind in ('in', 'out', 'less') and open
        and e.occurred_at > coalesce(closed_at, '-infinity'::timestamp)
        and (e.mode = service.mode or e.mode = 'normal')
    ), last_in as (
      select subject, arg_max(shelter, occurred_at) as shelter,
        arg_max(people, occurred_at) as people, arg_max(male, occurred_at) as male,
        arg_max(female, occurred_at) as female,
        arg_max(infants, occurred_at) as infants, max(occurred_at) as entered
      from visit where kind = 'in' and subject is not null group by subject
    ), known as (
      select shelter, people, male, female, infants, 1 as parties from last_in
      where not exists (
        select 1 from visit o where o.kind = 'out'
          and o.subject = last_in.subject and o.shelter = last_in.shelter
          and o.occurred_at >= last_in.entered)
    ), unknown as (
      select shelter,
        sum(case kind when 'in' then people else -people end) as people,
        sum(case kind when 'in' then male else -male end) as male,
        sum(case kind when 'in' then female else -female end) as female,
        sum(case kind when 'in' then infants else -infants end) as infants,
        sum(case kind when 'in' then 1 when 'out' then -1 else 0 end) as parties
      from visit where subject is null group by shelter
    ), present as (
      select shelter, people, male, female, infants, parties from known
      union all
      select shelter, greatest(people, 0), greatest(male, 0),
        greatest(female, 0), greatest(infants, 0), greatest(parties, 0)
      from unknown
    )
    select service.shelter, service.mode, service.observed,
      case when not open then 'closed' when stated = 'full' then 'full'
        else 'open' end as status,
      coalesce(sum(parties), 0)::bigint as parties,
      coalesce(sum(people), 0)::bigint as people,
      coalesce(sum(male), 0)::bigint as male,
      coalesce(sum(female), 0)::bigint as female,
      coalesce(sum(infants), 0)::bigint as infants,
      service.opened_at as opened,
      register.name, register.longitude, register.latitude
    from service left join present using (shelter)
    left join shelter_register register using (shelter)
    group by all order by service.shelter`.execute(warehouse);
  const register = new Map(municipality.shelters.map((one) => [one.id, one]));
  return rows.map((row) => state(row, register.get(row.shelter)));
}

function state(row: Row, known: Shelter | undefined): ShelterState {
  return {
    shelterId: row.shelter,
    name: known?.name ?? named(row),
    position: known?.position ?? positionOf(row),
    capacity: known?.capacity,
    mode: row.mode,
    status: row.status,
    occupancy: asOperational(row.status !== "closed", {
      parties: row.parties,
      people: row.people,
      male: row.male,
      female: row.female,
      unspecified: Math.max(0, row.people - row.male - row.female),
      infants: row.infants,
      openedAt: row.opened?.toISOString(),
      observedAt: row.observed.toISOString(),
    }),
  };
}

function named({ name, shelter }: Row): Text {
  return { ja: name ?? shelter, en: name ?? shelter };
}

function positionOf({ longitude, latitude }: Row): ShelterState["position"] {
  if (longitude === null || latitude === null) return undefined;
  return [longitude, latitude];
}
