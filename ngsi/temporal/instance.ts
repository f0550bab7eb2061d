import type { Attribute } from "../entity/attribute.ts";

/** One state of an attribute instance. */
export interface Instance extends Attribute {
  readonly instanceId: string;
  readonly deletedAt?: string;
  /** Milliseconds since 1970 of the temporal property that was asked for. */
  readonly at: number;
}
