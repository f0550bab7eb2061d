import {
  type Clock,
  type Config,
  type Layout,
  Problem,
  type Ulid,
} from "@hiraku/kernel";
import {
  addCounts,
  type Control,
  type CounterKind,
} from "@hiraku/kernel/control";
import {
  admit,
  type Admittance,
  openPseudonymiser,
  openSegments,
  type Pseudonymiser,
  type Refusal,
  type SegmentWriter,
} from "@hiraku/pipelines/events";
import type { Caller } from "./caller.ts";
import { UNREADABLE } from "./event_body.ts";
import { openRoom, type Room } from "./landing_room.ts";

/** What a sender is told; refused events are named by their index in the request. */
export interface Receipt {
  readonly accepted: number;
  readonly quarantined: number;
  readonly refused: readonly ({ readonly index: number } & Refusal)[];
  readonly duplicateInRequest: number;
}

export interface Collector {
  /** Resolves once every accepted event is on the disk. */
  accept(caller: Caller, events: readonly unknown[]): Promise<Receipt>;
  close(): Promise<void>;
}

interface Gate {
  readonly segments: SegmentWriter;
  readonly pseudonymiser: Pseudonymiser;
  readonly room: Room;
}

/** Bytes that may wait for the disk in one municipality. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024;
const COUNT_EVERY_MS = 1_000;

/** Opens the landing folders of every municipality; the only writer they have. */
export async function openCollector(
  { config, layout, clock, control }: {
    config: Config;
    layout: Layout;
    clock: Clock;
    control: Control;
  },
): Promise<Collector> {
  const gates = new Map<string, Gate>();
  for (const { code } of config.municipalities) {
    const dir = layout.landing(code);
    await Deno.mkdir(dir, { recursive: true });
    gates.set(code, {
      segments: await openSegments({ dir, clock }),
      pseudonymiser: openPseudonymiser(layout.pseudonymKey(code)),
      room: openRoom(dir, clock, config),
    });
  }
  const counts = counter(control);
  return {
    async accept(caller, events) {
      const code = senderOf(caller);
      const gate = gates.get(code);
      if (gate === undefined) {
        throw new Problem("Forbidden", "This key's municipality is not served");
      }
      await gate.room.check();
      if (gate.segments.pendingBytes > MAX_PENDING_BYTES) {
        throw new Problem("Unavailable", "The queue is full", {
          retryAfter: 2,
        });
      }
      const { lines, receipt } = sort(events, {
        municipality: code,
        keyId: caller.id,
        eventTypes: caller.eventTypes,
        pseudonymiser: gate.pseudonymiser,
        receivedAt: clock.now(),
        discarded: (type, key) =>
          counts.add(code, "discarded", `${type} ${key}`),
      }, (kind, name) => counts.add(code, kind, name));
      if (lines !== "") await gate.segments.append(lines);
      return receipt;
    },
    async close() {
      for (const { segments } of gates.values()) await segments.close();
      await counts.close();
    },
  };
}

function senderOf(caller: Caller): string {
  if (caller.kind === "public") {
    throw new Problem("Unauthorized", "Send an API key");
  }
  if (
    caller.kind !== "key" || caller.municipality === undefined ||
    caller.eventTypes.length === 0
  ) {
    throw new Problem(
      "Forbidden",
      "Events are sent with an API key for events",
    );
  }
  return caller.municipality;
}

function sort(
  events: readonly unknown[],
  at: Admittance,
  count: (kind: CounterKind, name: string) => void,
): { lines: string; receipt: Receipt } {
  const seen = new Set<Ulid>();
  const refused: Receipt["refused"][number][] = [];
  let lines = "";
  let accepted = 0;
  let quarantined = 0;
  let duplicateInRequest = 0;
  events.forEach((event, index) => {
    const admission = event === UNREADABLE ? UNREADABLE_LINE : admit(event, at);
    if (admission.kind === "refused") {
      const { code, field } = admission.refusal;
      refused.push({ index, code, field });
      count("refused", `${code} ${field}`);
      return;
    }
    const { line } = admission;
    if (seen.has(line.eventId)) {
      duplicateInRequest += 1;
      return;
    }
    seen.add(line.eventId);
    if (admission.kind === "accepted") accepted += 1;
    else {
      quarantined += 1;
      count("quarantined", `${line.fault?.code} ${line.fault?.field}`);
    }
    lines += JSON.stringify(line) + "\n";
  });
  return {
    lines,
    receipt: { accepted, quarantined, refused, duplicateInRequest },
  };
}

const UNREADABLE_LINE = {
  kind: "refused",
  refusal: { code: "invalid_json", field: "" },
} as const;

/** Counts in memory and writes them once a second: they inform, nobody is owed them. */
function counter(control: Control): {
  add(code: string, kind: CounterKind, name: string): void;
  close(): Promise<void>;
} {
  let held = new Map<string, Map<string, number>>();
  const write = async () => {
    const taken = held;
    held = new Map();
    for (const [code, names] of taken) {
      const counts = [...names].map(([key, count]) => {
        const [kind = "", name = ""] = key.split("\u0000");
        return { kind: kind as CounterKind, name, count };
      });
      await addCounts(control, code, counts);
    }
  };
  const timer = setInterval(() => void write(), COUNT_EVERY_MS);
  return {
    add(code, kind, name) {
      const names = held.get(code) ?? new Map<string, number>();
      const key = `${kind}\u0000${name}`;
      names.set(key, (names.get(key) ?? 0) + 1);
      held.set(code, names);
    },
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}
