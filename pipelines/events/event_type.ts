import type { Text } from "@hiraku/kernel";
import type { z } from "zod";
import type { Purpose } from "./purpose.ts";

/**
 * What happens to a key the contract does not know: `discard_value` drops it
 * and counts its name, `freeze` sends the whole event to quarantine.
 */
export type ContractMode = "discard_value" | "freeze";

/** One version of a type of event: the only statement of its shape. */
export interface EventType<Data extends z.ZodObject = z.ZodObject> {
  /** Such as `shelter.checked_in`. */
  readonly type: string;
  /** Versions of one type live side by side; an event says which one it is. */
  readonly version: number;
  readonly title: Text;
  /** Why it is taken in. */
  readonly purpose: Purpose;
  readonly contract: ContractMode;
  /** Whether a person stands behind it; institutional events carry no subject. */
  readonly subject: "required" | "optional" | "none";
  /** Where it belongs; what belongs to the broker is refused by name. */
  readonly destination: "events" | "broker";
  readonly data: Data;
  /** Data that fits, with everything optional in it. */
  readonly sample: z.input<Data>;
  /** Fields of `data` that hold the `pid` of another person; the edge re-keys them. */
  readonly persons: readonly string[];
  /**
   * Fields of `data` that may hold twelve digits that are no My Number, each
   * with its recorded reason.
   */
  readonly digitsAllowed: Readonly<Record<string, string>>;
  /** Fields of `data` that may hold the exact position of a thing, each with its recorded reason. */
  readonly positionsAllowed: Readonly<Record<string, string>>;
}

type Given = "type" | "title" | "purpose" | "data" | "sample";

export function eventType<Data extends z.ZodObject>(
  definition:
    & Pick<EventType<Data>, Given>
    & Partial<Omit<EventType<Data>, Given>>,
): EventType<Data> {
  return {
    version: 1,
    contract: "discard_value",
    subject: "required",
    destination: "events",
    persons: [],
    digitsAllowed: {},
    positionsAllowed: {},
    ...definition,
  };
}
