import type { Municipality } from "@hiraku/kernel";
import type { SentEntity } from "../entities/broker_client.ts";

/** A measurement of a thing that is kept for its history. */
export interface Reading {
  /** Such as `gauge-1`. */
  readonly station: string;
  /** Such as `level`. */
  readonly quantity: string;
  readonly value: number;
  /** UTC. */
  readonly at: string;
}

/** What one look at a feed gave. */
export interface FeedContent {
  readonly entities: readonly SentEntity[];
  readonly readings?: readonly Reading[];
}

/** What a reader must know to make entities. */
export interface FeedPlace {
  readonly municipality: Municipality;
  readonly now: Date;
  readonly gauges: readonly {
    readonly id: string;
    readonly name: string;
    readonly longitude: number;
    readonly latitude: number;
    readonly alertLevel: number;
    readonly dangerLevel: number;
  }[];
}

/** The content does not have the shape that its kind of feed has; names the place, never a value. */
export class UnreadableFeed extends Error {
  override readonly name = "UnreadableFeed";
}

/** One kind of feed: how what it sends becomes entities. */
export interface FeedReader {
  readonly kind: string;
  /** Types of the entities it makes; feeds of one kind make them together. */
  readonly entityTypes: readonly string[];
  /** Throws `UnreadableFeed`. */
  read(bytes: Uint8Array, place: FeedPlace): FeedContent;
}

/** Readings may be this much ahead of our clock. */
const AHEAD_MS = 10 * 60_000;

/** Whether an instant of a feed is one to believe; wrong clocks are not. */
export function isBelievable(instant: string, now: Date): boolean {
  const at = Date.parse(instant);
  return !Number.isNaN(at) && at <= now.getTime() + AHEAD_MS &&
    at > now.getTime() - 366 * 86_400_000;
}

/** The text of a feed; UTF-8 only. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFeed("It is not UTF-8");
  }
}

export function jsonOf(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableFeed("It is not JSON");
  }
}

/** An instant as the broker takes it. */
export function dateTime(at: string): Record<string, unknown> {
  return {
    value: { "@type": "DateTime", "@value": new Date(at).toISOString() },
  };
}

/** A position in an entity. */
export function pointAt(
  longitude: number,
  latitude: number,
): { location: { type: "Point"; coordinates: [number, number] } } {
  return { location: { type: "Point", coordinates: [longitude, latitude] } };
}
