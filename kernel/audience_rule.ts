import { z } from "zod";
import { AgeBand, Sex, Tier } from "./vocabulary.ts";

const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/);
const District = z.string().regex(/^\d{6}-sd-\d{2}$/);
const RESIDENCE = ["resident", "commuter", "visitor", "moved_out"] as const;

/** An attribute of one value is compared with one or several. */
const one = <S extends z.ZodType>(attr: string, value: S) =>
  z.strictObject({
    attr: z.literal(attr),
    op: z.enum(["=", "!=", "in"]),
    value: z.union([value, z.array(value).min(1).max(100)]),
  });

const flag = (attr: string) =>
  z.strictObject({
    attr: z.literal(attr),
    op: z.literal("="),
    value: z.boolean(),
  });

const several = <S extends z.ZodType>(attr: string, value: S) =>
  z.strictObject({
    attr: z.literal(attr),
    op: z.literal("intersects"),
    value: z.array(value).min(1).max(100),
  });

const Condition = z.union([
  one("tier", Tier),
  one("districtCode", District),
  one("ageBand", AgeBand),
  one("sex", Sex),
  one("residentStatus", z.enum(RESIDENCE)),
  one("registrationMethod", z.enum(["jpki-card", "jpki-phone", "email"])),
  flag("hasPhone"),
  flag("hasEmail"),
  flag("notification"),
  flag("nfcCapable"),
  several("topics", Code),
  several("childAgeBands", AgeBand),
  /** Checked in at a shelter now. */
  z.strictObject({
    live: z.literal("shelter"),
    shelterId: z.string().regex(/^E\d{10}1[12].$/),
  }),
  /** Checked in at an event and not out again. */
  z.strictObject({ live: z.literal("event"), eventRef: Code }),
  /** Opened a mini-app in the last days. */
  z.strictObject({
    used: z.string().regex(/^\d{6}-ma-\d{2}$/),
    days: z.int().min(1).max(400),
  }),
], {
  error:
    "A condition compares an allowed attribute, such as tier, districtCode, ageBand, sex or topics; nobody is selected by name",
});
export type AudienceCondition = z.infer<typeof Condition>;

/** Whom something is for: conditions over allowed attributes and live state, all or any of them. */
export type AudienceRule =
  | { readonly all: readonly (AudienceRule | AudienceCondition)[] }
  | { readonly any: readonly (AudienceRule | AudienceCondition)[] }
  | { readonly not: AudienceRule | AudienceCondition };

export const AudienceRule: z.ZodType<AudienceRule> = nested(4);

function nested(depth: number): z.ZodType<AudienceRule> {
  const part = depth === 0
    ? Condition
    : z.union([nested(depth - 1), Condition]);
  return z.union([
    z.strictObject({ all: z.array(part).min(1).max(30) }),
    z.strictObject({ any: z.array(part).min(1).max(30) }),
    z.strictObject({ not: part }),
  ]) as z.ZodType<AudienceRule>;
}

/** Every condition of a rule, however deep. */
export function conditionsOf(
  rule: AudienceRule | AudienceCondition,
): AudienceCondition[] {
  if ("all" in rule) return rule.all.flatMap(conditionsOf);
  if ("any" in rule) return rule.any.flatMap(conditionsOf);
  if ("not" in rule) return conditionsOf(rule.not);
  return [rule];
}
