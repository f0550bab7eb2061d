import { type Clock, ulid } from "@hiraku/kernel";
import { fromCell } from "@hiraku/opendata";
import {
  admit,
  contractFor,
  type Pseudonymiser,
  SEALED,
} from "@hiraku/pipelines/events";

/** How the rows of a file of events were taken. */
export interface FileAdmission {
  readonly rows: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Rows not taken, by why and which field; never what they held. */
  readonly refused: readonly {
    readonly row: number;
    readonly code: string;
    readonly field: string;
  }[];
}

/**
 * Takes events from rows through the same guard and contract as the collector
 * and leaves them as one sealed segment. Columns of a flat file are paths such
 * as `data.shelterId`.
 */
export async function admitRows(
  rows: readonly Record<string, unknown>[],
  { municipality, sender, pseudonymiser, suppressed, landing, clock }: {
    readonly municipality: string;
    readonly sender: string;
    readonly pseudonymiser: Pseudonymiser;
    readonly suppressed: { has(subject: string): boolean };
    readonly landing: string;
    readonly clock: Clock;
  },
): Promise<FileAdmission> {
  const lines: string[] = [];
  const refused: { row: number; code: string; field: string }[] = [];
  let accepted = 0;
  let quarantined = 0;
  rows.forEach((row, at) => {
    const admission = admit(eventOf(row), {
      municipality,
      keyId: `file:${sender}`,
      eventTypes: ["*"],
      pseudonymiser,
      receivedAt: clock.now(),
      suppressed,
      discarded: () => {},
    });
    if (admission.kind === "refused") {
      refused.push({ row: at + 1, ...admission.refusal });
      return;
    }
    lines.push(admission.text);
    if (admission.kind === "accepted") accepted += 1;
    else quarantined += 1;
  });
  if (lines.length > 0) {
    await Deno.mkdir(landing, { recursive: true });
    const path = `${landing}/${ulid(clock.now().getTime())}-file`;
    await Deno.writeTextFile(path, lines.join(""), { createNew: true });
    using file = await Deno.open(path, { write: true });
    await file.sync();
    await Deno.rename(path, path + SEALED);
  }
  return { rows: rows.length, accepted, quarantined, refused };
}

/** An event out of a row: columns with dots are paths, cells of text become what their field is. */
function eventOf(row: Readonly<Record<string, unknown>>): unknown {
  if (!Object.keys(row).some((name) => name.includes("."))) return row;
  const event: Record<string, unknown> = {};
  const type = contractFor(String(row["type"] ?? ""), 1);
  for (const [path, cell] of Object.entries(row)) {
    if (cell === null || cell === "") continue;
    const [head = "", name] = path.split(".");
    if (name === undefined) {
      event[head] = head === "version" ? Number(cell) : cell;
      continue;
    }
    const schema = head === "data" ? type?.data.shape[name] : undefined;
    const value = schema !== undefined && typeof cell === "string"
      ? fromCell(schema, cell)
      : typed(head, name, cell);
    const inner = (event[head] ?? {}) as Record<string, unknown>;
    inner[name] = value;
    event[head] = inner;
  }
  return event;
}

function typed(head: string, name: string, cell: unknown): unknown {
  if (head === "subject" && name === "consent" && typeof cell === "string") {
    return cell.split(";");
  }
  if (head === "attributes" && name === "resident") {
    return cell === true || /^(1|true)$/i.test(String(cell));
  }
  return cell;
}
