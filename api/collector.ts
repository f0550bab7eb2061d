import { type Clock, type Config, type Layout, Problem } from "@hiraku/kernel";
import {
  addCounts,
  type Control,
  type CounterKind,
} from "@hiraku/kernel/control";
import {
  type LiveKeyring,
  openPseudonymiser,
  openSegments,
  type SegmentWriter,
} from "@hiraku/pipelines/events";
import type { Caller } from "./identity/caller.ts";
import type { EventBody } from "./event_body.ts";
import { type Receipt, type Sender, sortEvents } from "./event_sorting.ts";
import { openRoom, type Room } from "./landing_room.ts";
import { openSortingPool } from "./sorting_pool.ts";
import {
  type SuppressionWatch,
  watchSuppression,
} from "./suppression_watch.ts";

export interface Collector {
  /** Resolves once every accepted event is on the disk. */
  accept(caller: Caller, body: EventBody): Promise<Receipt>;
  close(): Promise<void>;
}

interface Gate {
  readonly segments: SegmentWriter;
  readonly pseudonymiser: LiveKeyring;
  readonly suppressed: SuppressionWatch;
  readonly room: Room;
}

/** Bytes that may wait for the disk in one municipality. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024;
const COUNT_EVERY_MS = 1_000;
/** Below this, handing a request to a thread costs more than sorting it. */
const POOLED_BYTES = 8 * 1024;
const SORTING_THREADS = Math.min(navigator.hardwareConcurrency - 1, 3);

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
    const pseudonymiser = openPseudonymiser(layout.pseudonymKey(code));
    gates.set(code, {
      segments: await openSegments({ dir, clock }),
      pseudonymiser,
      suppressed: await watchSuppression(control, clock, code, pseudonymiser),
      room: openRoom(dir, clock, config),
    });
  }
  const counter = openCounter(control);
  const pool = openSortingPool(SORTING_THREADS);
  return {
    async accept(caller, body) {
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
      gate.pseudonymiser.refresh();
      const suppressed = await gate.suppressed.current();
      const sender: Sender = {
        municipality: code,
        keyId: caller.id,
        eventTypes: caller.eventTypes,
        receivedAt: clock.now(),
        ...suppressed.size === 0 ? {} : { suppressed: suppressed.shared },
      };
      const pooled = body.bytes.length < POOLED_BYTES
        ? undefined
        : pool.sort(body, sender, layout.pseudonymKey(code));
      const { lines, receipt, counts } = pooled === undefined
        ? sortEvents(body, sender, gate.pseudonymiser)
        : await pooled;
      for (const [kind, name] of counts) counter.add(code, kind, name);
      if (lines.length > 0) await gate.segments.append(lines);
      return receipt;
    },
    async close() {
      pool.close();
      for (const { segments } of gates.values()) await segments.close();
      await counter.close();
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

/** Counts in memory and writes them once a second: they inform, nobody is owed them. */
function openCounter(control: Control): {
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
