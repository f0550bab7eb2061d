import { addDays, type Layout, ulid } from "@hiraku/kernel";
import { SEALED } from "@hiraku/pipelines/events";
import { type Membership, membershipOf } from "./membership.ts";
import { hashed, seeded } from "./random.ts";
import { writeStory } from "./story.ts";
import { writeTales } from "./tale/tales.ts";
import { writeUsage } from "./usage.ts";
import { dayWeight, type World } from "./world.ts";

/** How many usage events stand for one unit of `dayWeight`, fixed when the demo is first made. */
export function usageScale(
  worlds: readonly World[],
  from: string,
  through: string,
  events: number,
): number {
  let weight = 0;
  for (const world of worlds) {
    let own = 0;
    for (let day = from; day <= through; day = addDays(day, 1)) {
      own += dayWeight(world, day);
    }
    weight += own * world.city.use;
  }
  return weight === 0 ? 0 : events / weight;
}

export interface Progress {
  readonly day: string;
  readonly events: number;
}

/** Lines of a history segment, and how many of them may wait in one city. */
export const SEGMENT_LINES = 40_000;
export const SEGMENTS_AHEAD = 12;

/**
 * Writes what happened from one day through another as landing segments, each
 * named so that landing deletes it. Waits while more than `ahead` segments of
 * a city are not landed yet, so that any number of events fits on the disk.
 */
export async function* writeHistory(
  {
    worlds,
    layout,
    from,
    through,
    scale,
    segmentLines = SEGMENT_LINES,
    ahead = SEGMENTS_AHEAD,
  }: {
    worlds: readonly World[];
    layout: Layout;
    from: string;
    through: string;
    scale: number;
    segmentLines?: number;
    ahead?: number;
  },
): AsyncGenerator<Progress> {
  const cities = worlds.map((world) => ({
    world,
    membership: membershipOf(world),
    buffer: new SegmentBuffer(layout.landing(world.code), segmentLines, ahead),
  }));
  let events = 0;
  for (let day = from; day <= through; day = addDays(day, 1)) {
    for (const { world, membership, buffer } of cities) {
      events += linesOfDay(world, membership, day, scale, buffer.add);
      await buffer.flushWhenFull();
    }
    yield { day, events };
  }
  for (const { buffer } of cities) await buffer.flush();
}

/** All lines of one city on one day, always the same for the same seed and scale. */
export function linesOfDay(
  world: World,
  membership: Membership,
  day: string,
  scale: number,
  write: (line: string) => void,
): number {
  if (day < world.city.launch) return 0;
  const place = Number(day.replaceAll("-", ""));
  const random = seeded(
    hashed(world.seed, place, Number(world.code)) * 2 ** 32,
  );
  const usage = Math.round(
    dayWeight(world, day) * world.city.use * scale,
  );
  return membership.write(day, random, write) +
    writeStory(world, day, random, write) +
    writeTales(world, day, seeded(place + world.seed), write) +
    writeUsage(world, day, usage, random, write);
}

/** Lines on their way to a segment, as bytes at once: as text they would weigh several times as much. */
class SegmentBuffer {
  readonly #dir: string;
  readonly #lines: number;
  readonly #ahead: number;
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(1 << 20);
  #length = 0;
  #held = 0;
  #sequence = 0;

  constructor(dir: string, lines: number, ahead: number) {
    this.#dir = dir;
    this.#lines = lines;
    this.#ahead = ahead;
  }

  readonly add = (line: string): void => {
    // A character takes three bytes at most.
    if (this.#length + line.length * 3 > this.#bytes.length) this.#grow();
    const free = this.#bytes.subarray(this.#length);
    this.#length += this.#encoder.encodeInto(line, free).written;
    this.#held += 1;
  };

  async flushWhenFull(): Promise<void> {
    if (this.#held >= this.#lines) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#held === 0) return;
    while (await this.#waiting() >= this.#ahead) await sleep(100);
    const name = ulid(this.#sequence++) + ".once" + SEALED;
    const temporary = `${this.#dir}/${name}.tmp`;
    const file = await Deno.open(temporary, {
      create: true,
      write: true,
      truncate: true,
    });
    for (let done = 0; done < this.#length;) {
      done += await file.write(this.#bytes.subarray(done, this.#length));
    }
    await file.sync();
    file.close();
    await Deno.rename(temporary, `${this.#dir}/${name}`);
    this.#length = 0;
    this.#held = 0;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  async #waiting(): Promise<number> {
    let count = 0;
    for await (const { name } of Deno.readDir(this.#dir)) {
      if (name.endsWith(`.once${SEALED}`)) count += 1;
    }
    return count;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
