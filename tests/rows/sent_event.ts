import { type Clock, Municipality, ulid } from "@hiraku/kernel";

export const CODE = "412015";

export const city = Municipality.parse({
  code: CODE,
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga City" },
  prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
  population: { asOf: "2025-11-30", value: 225_503 },
  districts: [
    ["01", "勧興", "Kanko", 60_000],
    ["02", "循誘", "Junyu", 65_503],
    ["03", "日新", "Nisshin", 100_000],
  ].map(([n, ja, en, inhabitants], at) => ({
    code: `${CODE}-sd-${n}`,
    name: { ja, en },
    inhabitants,
    position: [130.3 + at / 100, 33.25],
    outline: [[[
      [130.295 + at / 100, 33.245],
      [130.305 + at / 100, 33.245],
      [130.305 + at / 100, 33.255],
      [130.295 + at / 100, 33.255],
      [130.295 + at / 100, 33.245],
    ]]],
  })),
  outlines: { source: { ja: "合成の境界", en: "Synthetic borders" } },
  miniApps: ["01", "02", "03"].map((n) => ({
    id: `${CODE}-ma-${n}`,
    name: { ja: `アプリ${n}`, en: `App ${n}` },
    category: { ja: "生活", en: "Living" },
    since: "2023-06-01",
  })),
  shelters: ["1", "2"].map((n) => ({
    id: `E412010000${n}111`,
    name: { ja: `避難所${n}`, en: `Shelter ${n}` },
    district: `${CODE}-sd-01`,
    position: [130.31, 33.25],
    capacity: 100,
  })),
  installTargets: [],
});

/** An event as an app sends it; what is left out is filled in. */
export interface Sent {
  readonly type: string;
  /** Number of the person; none for an institution's event. */
  readonly who?: number;
  readonly at?: string;
  readonly data?: Record<string, unknown>;
  readonly tier?: "jpki" | "email";
  readonly [member: string]: unknown;
}

let made = 0;

/** People 0 to n−1, their attributes by a stated rule. */
export function people(n: number, from = 0): number[] {
  return Array.from({ length: n }, (_, i) => from + i);
}

/** The envelope around what a test cares for. */
export function whole(clock: Clock): (sent: Sent) => Record<string, unknown> {
  return (
    { who, at = "2026-10-14T10:00:00+09:00", tier = "jpki", ...rest },
  ) => {
    made += 1;
    const random = new Uint8Array(10);
    new DataView(random.buffer).setUint32(6, made);
    const envelope = {
      eventId: ulid(clock.now().getTime(), random),
      occurredAt: at,
      source: { miniApp: `${CODE}-ma-01`, os: "ios", appVersion: "2.4.0" },
      ...rest,
    };
    if (who === undefined) return envelope;
    return {
      subject: {
        pid: `p_${String(who).padStart(8, "0")}`,
        tier,
        consent: ["rcpt_1"],
      },
      attributes: tier === "jpki" ? attributesOf(who) : undefined,
      ...envelope,
    };
  };
}

/** District by number in turn, two age bands, both sexes. */
export function attributesOf(who: number): Record<string, unknown> {
  return {
    districtCode: `${CODE}-sd-0${who % 3 + 1}`,
    ageBand: who % 2 === 0 ? "40-44" : "70-74",
    sex: who % 4 < 2 ? "1" : "2",
    resident: true,
  };
}
