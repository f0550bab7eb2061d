import type { CityFiles } from "./city_files.ts";

/** What is known of a city's places: inhabitants by district code. */
export type Inhabitants = ReadonlyMap<string, number>;

/** An attack on everything that a city ever published; findings name the figure told. */
export interface CityAttack {
  readonly id: string;
  readonly name: string;
  run(on: CityFiles, inhabitants: Inhabitants): Promise<string[]> | string[];
}
