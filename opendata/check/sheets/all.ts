import { publicFacility } from "./public_facility.ts";
import { culturalProperty } from "./cultural_property.ts";
import { evacuationSpace } from "./evacuation_space.ts";
import { population } from "./population.ts";
import { preschool } from "./preschool.ts";
import { openDataList } from "./open_data_list.ts";
import { publicWirelessLan } from "./public_wireless_lan.ts";
import { aed } from "./aed.ts";
import { careProviders } from "./care_providers.ts";
import { hospital } from "./hospital.ts";
import { tourism } from "./tourism.ts";
import { event } from "./event.ts";
import { publicToilet } from "./public_toilet.ts";
import { fireHydrant } from "./fire_hydrant.ts";
import { foodBusiness } from "./food_business.ts";
import { schoolLunch } from "./school_lunch.ts";
import { schoolDistrict } from "./school_district.ts";
import { supportSystem } from "./support_system.ts";
import { educationalInstitution } from "./educational_institution.ts";
import { bicycleParking } from "./bicycle_parking.ts";
import { pollingPlace } from "./polling_place.ts";
import { garbageSeparation } from "./garbage_separation.ts";
import type { Sheet } from "../sheet.ts";

/** Every sheet of the municipal standard data set whose columns are known. */
export const SHEETS: readonly Sheet[] = [
  publicFacility,
  culturalProperty,
  evacuationSpace,
  population,
  preschool,
  openDataList,
  publicWirelessLan,
  aed,
  careProviders,
  hospital,
  tourism,
  event,
  publicToilet,
  fireHydrant,
  foodBusiness,
  schoolLunch,
  schoolDistrict,
  supportSystem,
  educationalInstitution,
  bicycleParking,
  pollingPlace,
  garbageSeparation,
];
