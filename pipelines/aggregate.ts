import type { Municipality } from "@hiraku/kernel";
import type {
  Dataset,
  ExactTables,
  PersonUsed,
  PreviousTables,
  Register,
  Released,
} from "@hiraku/opendata";
import type { z } from "zod";
import type { Asset } from "./assets/asset.ts";
import type { Purpose } from "./purpose.ts";
import type { Warehouse } from "./warehouse.ts";

/** What an aggregate is computed from. */
export interface CityData {
  readonly warehouse: Warehouse;
  readonly municipality: Municipality;
  readonly now: Date;
  /** Ends long work between two of its steps. */
  readonly signal?: AbortSignal;
  /** The city's other datasets; a release is held against what is out of them. */
  readonly beside?: readonly Dataset[];
  /** All municipalities of a joint use, this one included. */
  readonly members: readonly Municipality[];
  /** The tables of a dataset as they were last released. */
  released(
    municipality: Municipality,
    dataset: Dataset,
  ): Promise<PreviousTables | undefined>;
  /** The entries of a register of the city. */
  entries<Row extends z.ZodObject>(
    register: Register<Row>,
  ): Promise<z.infer<Row>[]>;
}

/** From the events of one municipality to one dataset. */
export interface Aggregate<D extends Dataset> {
  readonly dataset: D;
  /** Which of the configured schedules it follows. */
  readonly schedule: "publish" | "preliminary";
  readonly purpose: Purpose;
  /** What it reads; brought up to date before. */
  readonly assets?: readonly Asset[];
  /** Exact rows; they leave this room through `release()` only. */
  aggregate(city: CityData): Promise<ExactTables<D>>;
}

/** What was published before, and where released tables go. */
export interface Sinks {
  previous(
    municipality: Municipality,
    dataset: Dataset,
  ): Promise<PreviousTables | undefined>;
  /** Answers the version, or `undefined` when nothing had changed. */
  publish(released: Released): Promise<string | undefined>;
  /** Where noisy cubes are frozen; without it none is made. */
  readonly cubes?: {
    /** Which of these months are still to be measured, in that order. */
    toMeasure(
      municipality: Municipality,
      months: readonly string[],
    ): Promise<readonly string[]>;
    freeze(
      municipality: Municipality,
      month: string,
      used: readonly PersonUsed[],
    ): Promise<void>;
  };
}
