import type { z } from "zod";

/**
 * What happens to a key the contract does not know: `discard_value` drops it
 * and counts its name, `freeze` sends the whole event to quarantine.
 */
export type ContractMode = "discard_value" | "freeze";

/** One type of event: the only statement of its shape. */
export interface EventType<Data extends z.ZodObject = z.ZodObject> {
  /** Such as `shelter.checked_in`. */
  readonly type: string;
  readonly version: number;
  readonly title: { readonly ja: string; readonly en: string };
  readonly contract: ContractMode;
  /** Whether a person stands behind it; institutional events carry no subject. */
  readonly subject: "required" | "none";
  readonly data: Data;
  /**
   * Fields of `data` that may hold twelve digits that are no My Number, each
   * with its recorded reason.
   */
  readonly digitsAllowed: Readonly<Record<string, string>>;
}

export function eventType<Data extends z.ZodObject>(
  definition:
    & Pick<EventType<Data>, "type" | "title" | "data">
    & Partial<
      Pick<
        EventType<Data>,
        "version" | "contract" | "subject" | "digitsAllowed"
      >
    >,
): EventType<Data> {
  return {
    version: 1,
    contract: "discard_value",
    subject: "required",
    digitsAllowed: {},
    ...definition,
  };
}
