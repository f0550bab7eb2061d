import type { Text } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";

/** Why a figure may be computed: 同意, 法令 or 所掌事務 (個人情報保護法 61条). */
export type LegalBasis = "consent" | "law" | "duty";

/** What an aggregate is made for; it reads only events this purpose covers. */
export interface Purpose {
  readonly id: string;
  readonly title: Text;
  readonly basis: LegalBasis;
}

/** The purposes of the aggregates, each with its declared legal basis. */
export const PURPOSES = {
  usage: {
    id: "usage-statistics",
    title: { ja: "利用状況の統計", en: "Usage statistics" },
    basis: "consent",
  },
  // Counting its own accounts is part of running the service.
  registrants: {
    id: "registrant-counts",
    title: { ja: "登録者数の把握", en: "Counts of registrants" },
    basis: "duty",
  },
  // 災害対策基本法 86条の6: everyone who is received is counted.
  shelters: {
    id: "shelter-reception",
    title: { ja: "避難所の受付", en: "Shelter reception" },
    basis: "law",
  },
  // Published resident-register figures, not records of people.
  denominators: {
    id: "population-denominators",
    title: { ja: "人口(分母)", en: "Population as denominator" },
    basis: "duty",
  },
} as const satisfies Record<string, Purpose>;

/** The events an aggregate of this purpose may read. */
export function eventsFor({ basis }: Purpose): RawBuilder<unknown> {
  return basis === "consent" ? sql`consented_event` : sql`event`;
}
