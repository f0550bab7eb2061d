import { createHash, createHmac } from "node:crypto";

/** One entry of a draw: its own code and that of who holds it, both made for this draw alone. */
export interface LotteryEntry {
  readonly entry: string;
  readonly holder: string;
}

/** What a draw follows from. */
export interface DrawTerms {
  readonly lotteryId: string;
  /** Revealed after closing; its SHA-256 was published before. */
  readonly seed: string;
  /** Public randomness that was fixed only after closing. */
  readonly randomness: string;
  /** People who win at most. */
  readonly winners: number;
}

/** `sha256:` of a seed, as it is published before the draw opens. */
export function commitmentOf(seed: string): string {
  return `sha256:${createHash("sha256").update(seed).digest("hex")}`;
}

/** Hash of all entries, published at closing so that none can be added or left out later. */
export function entriesHash(entries: readonly LotteryEntry[]): string {
  const lines = entries.map(({ entry, holder }) => `${entry} ${holder}`).sort();
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

/**
 * The winning entries in their order. Every entry is ranked by an HMAC-SHA256
 * of its code under seed, randomness and draw; the best entry of a holder
 * counts, and as many holders win as there are prizes. Whoever has the entries
 * recomputes it with any HMAC.
 */
export function drawWinners(
  entries: readonly LotteryEntry[],
  { lotteryId, seed, randomness, winners }: DrawTerms,
): LotteryEntry[] {
  const key = `${lotteryId}:${seed}:${randomness}`;
  const ranked = entries.map((one) => ({
    one,
    rank: createHmac("sha256", key).update(one.entry).digest("hex"),
  })).sort((a, b) => a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0);
  const won: LotteryEntry[] = [];
  const holders = new Set<string>();
  for (const { one } of ranked) {
    if (won.length >= winners) break;
    if (holders.has(one.holder)) continue;
    holders.add(one.holder);
    won.push(one);
  }
  return won;
}
