export {
  openWarehouse,
  type Warehouse,
  type WarehouseOptions,
} from "./warehouse.ts";
export { land, type Landing, type LandOptions } from "./land.ts";
export { type LegalBasis, type Purpose, PURPOSES } from "./purpose.ts";
export { sift, type SiftCode, type Sifted } from "./sift.ts";
