import type { PeopleTables } from "./people/tables.ts";

/** Tables and views of one `warehouse.duckdb`. Timestamps are UTC. */
export interface WarehouseTables extends PeopleTables {
  event: EventTable;
  quarantine: QuarantineTable;
  load: LoadTable;
  idempotency: { hash: string; load: number };
  account_event: AccountEventTable;
  account_span: AccountSpanView;
  account: AccountView;
  shelter_event: ShelterEventTable;
  store_report: StoreReportTable;
  arrival: ArrivalTable;
  asset_partition: AssetPartitionTable;
  tally: TallyTable;
  spread: SpreadTable;
  queue_day: QueueDayTable;
  reading: ReadingTable;
  removed_before: { month: string };
  usage_month: UsageMonthTable;
  population: PopulationTable;
  shelter_register: ShelterRegisterTable;
  import_rejection: ImportRejectionTable;
}

export interface EventTable {
  event_id: string;
  type: string;
  version: number;
  occurred_at: Date;
  received_at: Date;
  key_id: string;
  mini_app: string | null;
  app_version: string | null;
  os: string | null;
  provider: string | null;
  subject: string | null;
  tier: string | null;
  consent: string[] | null;
  district: string | null;
  age_band: string | null;
  sex: string | null;
  resident: boolean | null;
  mode: string;
  disaster_event_id: string | null;
  data: unknown;
  idempotency: string | null;
  load: number;
}

/** Events that passed the guard and failed the contract, and lines that could not be read. */
export interface QuarantineTable {
  load: number;
  event_id: string | null;
  type: string | null;
  occurred_at: Date | null;
  received_at: Date | null;
  key_id: string | null;
  subject: string | null;
  data: unknown;
  code: string;
  field: string;
}

/** One row a landed segment or imported file; commits with the data it counts. */
export interface LoadTable {
  load: number;
  /** Name of the segment or of the imported file. */
  segment: string;
  kind: "segment" | "import";
  sha256: string | null;
  bytes: number;
  rows_in: number;
  landed: number;
  duplicate: number;
  quarantined: number;
  suppressed: number;
  run: string;
  landed_at: Date;
  /** Set when the segment was damaged and only its readable lines landed. */
  problem: string | null;
}

export interface AccountEventTable {
  load: number;
  subject: string;
  occurred_at: Date;
  kind: "registered" | "upgraded" | "closed";
  tier: string | null;
  district: string | null;
  age_band: string | null;
  sex: string | null;
}

/** A stretch of time in which a subject was registered with one tier. */
export interface AccountSpanView {
  subject: string;
  since: Date;
  until: Date | null;
  kind: "registered" | "upgraded";
  spell: number;
  tier: "jpki" | "email";
  district: string | null;
  age_band: string | null;
  sex: string | null;
}

/** A subject's account as of now. */
export interface AccountView {
  subject: string;
  registered_at: Date;
  tier: string;
  upgraded_at: Date | null;
  closed_at: Date | null;
  district: string | null;
  age_band: string | null;
  sex: string | null;
}

export interface ShelterEventTable {
  load: number;
  event_id: string;
  shelter: string;
  subject: string | null;
  occurred_at: Date;
  /** `less`: of an earlier form, so many had checked in by app too. */
  kind: "opened" | "closed" | "status" | "in" | "out" | "less";
  people: number;
  mode: string;
  opening_status: string | null;
  male: number;
  female: number;
  infants: number;
}

export interface StoreReportTable {
  load: number;
  event_id: string;
  os: string;
  day: string;
  installs: number;
  uninstalls: number;
  received_at: Date;
}

export interface UsageMonthTable {
  month: string;
  mini_app: string;
  district: string;
  age_band: string;
  sex: string;
  users: number;
  clicks: number;
}

/** Inhabitants by area, age band and sex at one date, from an imported file. */
export interface PopulationTable {
  load: number;
  municipality: string;
  as_of: string;
  area_code: string | null;
  area: string;
  /** One of the 18 bands, or `total`. */
  age_band: string;
  sex: "male" | "female" | "total";
  people: number;
  /** Only beside the total of an area. */
  households: number | null;
}

export interface ShelterRegisterTable {
  load: number;
  shelter: string;
  municipality: string;
  name: string;
  address: string;
  longitude: number;
  latitude: number;
  welfare: boolean;
}

export interface ImportRejectionTable {
  load: number;
  row: number;
  column: string;
  code: string;
}

/** Events of one type on one city day, and the number of the last change to them. */
export interface ArrivalTable {
  day: string;
  type: string;
  events: number;
  revision: number;
}

/** How one partition of an asset stands. */
export interface AssetPartitionTable {
  asset: string;
  partition: string;
  version: number;
  /** The change up to which it was computed; null when it never was. */
  revision: number | null;
  /** The change at which it was last tried. */
  tried: number;
  rows: number;
  seconds: number;
  /** Attempts that failed since it was computed. */
  failures: number;
  computed_at: Date;
  detail: string | null;
}

/** People and events of one month by the keys of an asset and the kind of person. */
export interface TallyTable {
  asset: string;
  month: string;
  k1: string;
  k2: string;
  k3: string;
  district: string;
  age_band: string;
  sex: string;
  tier: string;
  os: string;
  origin: "resident" | "visitor" | "unknown";
  people: number;
  events: number;
  amount: number;
  /** The two largest amounts of single people; null in rows from before they were kept. */
  largest: number[] | null;
  /** Hashes of two households; empty where the asset knows none. */
  households: bigint[] | null;
}

/** How a measured quantity is spread over the people of one month and key. */
export interface SpreadTable {
  asset: string;
  month: string;
  k1: string;
  k2: string;
  k3: string;
  people: number;
  count: number;
  lower_quartile: number;
  median: number;
  upper_quartile: number;
  mean: number;
  /** The two largest sums of single people. */
  largest: number[] | null;
}

/** Queues of a counter in one hour of a day; `waiting` is summed over observations. */
export interface QueueDayTable {
  day: string;
  counter: string;
  hour: string;
  waiting: number;
  longest: number;
  observations: number;
}

/** One measurement of a thing. */
export interface ReadingTable {
  station: string;
  quantity: string;
  value: number;
  observed_at: Date;
}
