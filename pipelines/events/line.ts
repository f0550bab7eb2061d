import type { AgeBand, Mode, Sex, Tier } from "@hiraku/kernel";

/**
 * One line of a landing segment: an event that passed the guard, re-keyed and
 * flattened, in the shape DuckDB reads it. Absent means null.
 */
export interface EventLine {
  eventId: string;
  type: string;
  version: number;
  /** UTC with milliseconds and `Z`, such as `2026-11-09T00:12:31.000Z`; so is `receivedAt`. */
  occurredAt: string;
  receivedAt: string;
  /** The API key it came with; never the secret. */
  keyId: string;
  miniApp?: string;
  appVersion?: string;
  os?: "ios" | "android" | "web";
  provider?: string;
  /** Pseudonym made at the edge: epoch and 32 hexadecimal digits, such as `1-5f3c…`. */
  subject?: string;
  tier?: Tier;
  /** Consent receipts the event came with. */
  consent?: string[];
  district?: string;
  ageBand?: AgeBand;
  sex?: Sex;
  resident?: boolean;
  mode: Mode;
  disasterEventId?: string;
  data: Record<string, unknown>;
  /** Keyed hash of the sender's `idempotencyKey`. */
  idempotency?: string;
  /** Set when the event broke its contract: it goes to quarantine, not to the events. */
  fault?: Fault;
}

/**
 * Why an event is in quarantine. `data` of such a line holds what did fit; the
 * value that did not is not kept, only the name of its field.
 */
export interface Fault {
  /** Such as `invalid_value`, `unknown_type`, `tenant_mismatch`. */
  code: string;
  /** Path of the field, such as `attributes.sex`. */
  field: string;
}

/**
 * Names in a landing folder. A segment that is being written ends in `.part`;
 * sealed ones end in `.ndjson` and are never touched again by their writer.
 */
export const SEALED = ".ndjson";
export const PART = ".part";
