export {
  openWarehouse,
  type Warehouse,
  type WarehouseOptions,
} from "./warehouse.ts";
export { land, type Landing, type LandOptions } from "./land.ts";
export {
  eventsFor,
  type LegalBasis,
  type Purpose,
  PURPOSES,
} from "./purpose.ts";
export { sift, type SiftCode, type Sifted } from "./sift.ts";
export { type Occupancy, type ShelterState } from "./shelter_states.ts";
export type { Aggregate, CityData, Sinks } from "./aggregate.ts";
export { PIPELINES } from "./all.ts";
export { type Pipeline, pipeline } from "./pipeline.ts";
export { publishMiniappUsage } from "./miniapp_usage.ts";
export { publishRegistrants } from "./registrants.ts";
export { publishRanking } from "./miniapp_ranking.ts";
export { startWork, type Work } from "./work.ts";
export type { CityWork, CityWorkOptions, Job } from "./city_work.ts";
export { type Ongoing, repeat } from "./schedule.ts";
export type { Handler } from "./commands.ts";
export { type Letter, openSender, type Sender } from "./running/sender.ts";
export { publishPopulation } from "./population.ts";
export type { ImportReport } from "./sources/import_file.ts";
export type { ImportResult } from "./import_command.ts";
export type { Finding, FindingCode } from "./sources/finding.ts";
export {
  type EntityWriter,
  entityWriter,
  type EntityWriterOptions,
} from "./entities/entity_writer.ts";
export type { UsageRow } from "./entities/usage_entities.ts";
export { type LinksOptions, startLinks } from "./links/links.ts";
export { erase, type Erased } from "./people/erase.ts";
export { type Residue, residueOf } from "./people/residue.ts";
export { restate, type Restated } from "./assets/restate.ts";
export { commitmentOf, drawWinners, entriesHash } from "./lottery/draw.ts";
