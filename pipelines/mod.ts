export {
  openWarehouse,
  type Warehouse,
  type WarehouseOptions,
} from "./warehouse.ts";
export { land, type Landing, type LandOptions } from "./land.ts";
export { type LegalBasis, type Purpose, PURPOSES } from "./purpose.ts";
export { sift, type SiftCode, type Sifted } from "./sift.ts";
export { restateUsage } from "./usage_month.ts";
export {
  lastCompleteMonth,
  unregisteredClicks,
  usageTables,
} from "./usage_tables.ts";
export { lastCompleteDay, registrantsTables } from "./registrants_tables.ts";
export { rankingSeries } from "./ranking_series.ts";
export { type ShelterState, shelterStates } from "./shelter_states.ts";
