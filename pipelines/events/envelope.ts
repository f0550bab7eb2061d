import { z } from "zod";
import {
  AgeBand,
  Mode,
  MunicipalityCode,
  Sex,
  Tier,
  Ulid,
} from "@hiraku/kernel";
import { Code } from "./field.ts";

/** What every event carries around its `data`; times have an offset. */
export const Envelope = z.object({
  eventId: Ulid,
  type: z.string(),
  version: z.int().positive().default(1),
  occurredAt: z.iso.datetime({ offset: true }),
  tenant: MunicipalityCode.optional(),
  source: z.object({
    miniApp: z.string().regex(/^\d{6}-ma-\d{2}$/).optional(),
    appVersion: z.string().regex(/^\d{1,4}(\.\d{1,6}){0,3}$/).optional(),
    os: z.enum(["ios", "android", "web"]).optional(),
    provider: Code.optional(),
  }).default({}),
  subject: z.object({
    /** Stable id of a person at the app's identity side; re-keyed before it is written. */
    pid: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
    tier: Tier,
    consent: z.array(Code).max(50).default([]),
  }).nullish(),
  attributes: z.object({
    districtCode: z.string().regex(/^\d{6}-sd-\d{2}$/).optional(),
    ageBand: AgeBand.optional(),
    sex: Sex.optional(),
    resident: z.boolean().optional(),
  }).nullish(),
  mode: Mode.default("normal"),
  disasterEventId: Code.nullish(),
  data: z.record(z.string(), z.unknown()).default({}),
  idempotencyKey: z.string().min(1).max(200).nullish(),
  /** Set by the platform; what a sender puts here is dropped. */
  receivedAt: z.unknown().optional(),
});
export type Envelope = z.infer<typeof Envelope>;
