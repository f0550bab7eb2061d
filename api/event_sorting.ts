import type { Ulid } from "@hiraku/kernel";
import type { CounterKind } from "@hiraku/kernel/control";
import {
  admit,
  type Admittance,
  type Pseudonymiser,
  type Refusal,
  sharedSuppression,
} from "@hiraku/pipelines/events";
import { type EventBody, parseEvents, UNREADABLE } from "./event_body.ts";

/** What a sender is told; refused events are named by their index in the request. */
export interface Receipt {
  readonly accepted: number;
  readonly quarantined: number;
  readonly refused: readonly ({ readonly index: number } & Refusal)[];
  readonly duplicateInRequest: number;
}

/** Who sent a request, and when; plain values, so that a worker can be told. */
export type Sender =
  & Pick<
    Admittance,
    "municipality" | "keyId" | "eventTypes" | "receivedAt"
  >
  & {
    /** Memory of the `Suppression` of erased people. */
    readonly suppressed?: SharedArrayBuffer;
  };

/** What is to be written, told and counted of one request. */
export interface Sorted {
  readonly lines: Uint8Array<ArrayBuffer>;
  readonly receipt: Receipt;
  readonly counts: readonly (readonly [CounterKind, string])[];
}

const encoder = new TextEncoder();

/** Parses a body and admits its events one by one. Throws what `parseEvents` throws. */
export function sortEvents(
  body: EventBody,
  { suppressed, ...sender }: Sender,
  pseudonymiser: Pseudonymiser,
): Sorted {
  const seen = new Set<Ulid>();
  const refused: Receipt["refused"][number][] = [];
  const counts: [CounterKind, string][] = [];
  let lines = "";
  let accepted = 0;
  let quarantined = 0;
  let duplicateInRequest = 0;
  const at: Admittance = {
    ...sender,
    pseudonymiser,
    ...suppressed === undefined
      ? {}
      : { suppressed: sharedSuppression(suppressed) },
    discarded: (type, key) => counts.push(["discarded", `${type} ${key}`]),
  };
  parseEvents(body).forEach((event, index) => {
    const admission = event === UNREADABLE ? UNREADABLE_LINE : admit(event, at);
    if (admission.kind === "refused") {
      const { code, field } = admission.refusal;
      refused.push({ index, code, field });
      counts.push(["refused", `${code} ${field}`]);
      return;
    }
    const before = seen.size;
    if (seen.add(admission.eventId).size === before) {
      duplicateInRequest += 1;
      return;
    }
    if (admission.kind === "accepted") accepted += 1;
    else {
      quarantined += 1;
      counts.push([
        "quarantined",
        `${admission.fault.code} ${admission.fault.field}`,
      ]);
    }
    lines += admission.text;
  });
  return {
    lines: encoder.encode(lines),
    receipt: { accepted, quarantined, refused, duplicateInRequest },
    counts,
  };
}

const UNREADABLE_LINE = {
  kind: "refused",
  refusal: { code: "invalid_json", field: "" },
} as const;
