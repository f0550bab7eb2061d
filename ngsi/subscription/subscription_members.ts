import { Problem } from "@hiraku/kernel";
import { z } from "zod";
import { checkDateTime, isIri } from "../entity/value.ts";

const TRIGGERS = [
  "entityCreated",
  "entityUpdated",
  "entityDeleted",
  "attributeCreated",
  "attributeUpdated",
  "attributeDeleted",
] as const;
export type Trigger = typeof TRIGGERS[number];

/** Endpoint of a subscription that is read as a stream only and pushed nowhere. */
export const STREAM_ENDPOINT = "urn:hiraku:sse";

const Word = z.string().min(1);
const Words = z.array(Word).min(1);
const Id = z.string().refine(isIri, { error: "not an IRI" });
const Positive = z.number().positive();
const DateTime = z.string().transform((text, { addIssue }) => {
  try {
    return checkDateTime(text, "");
  } catch {
    addIssue("not a DateTime");
    return z.NEVER;
  }
});
const LanguageTag = z.string().regex(
  /^(\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)$/,
);

// CIM 009 5.2.22
const KeyValues = z.array(z.object({ key: Word, value: z.string() }));

const SCHEMES = ["http:", "https:", "mqtt:", "mqtts:"];
const EndpointUri = z.string().refine(
  (uri) =>
    uri === STREAM_ENDPOINT ||
    (URL.canParse(uri) && SCHEMES.includes(new URL(uri).protocol)),
  { error: `not http, https, mqtt, mqtts or ${STREAM_ENDPOINT}` },
);

const LONGEST_TIMEOUT_MS = 60_000;

// CIM 009 5.2.15
const Endpoint = z.object({
  uri: EndpointUri,
  accept: z.enum([
    "application/json",
    "application/ld+json",
    "application/geo+json",
  ]),
  timeout: Positive.max(LONGEST_TIMEOUT_MS),
  cooldown: Positive,
  receiverInfo: KeyValues,
  notifierInfo: KeyValues,
}).partial().required({ uri: true });

// CIM 009 5.2.14
const Notification = z.object({
  attributes: Words,
  pick: Words,
  omit: Words,
  format: z.enum(["normalized", "concise", "simplified", "keyValues"]),
  showChanges: z.boolean(),
  sysAttrs: z.boolean(),
  join: z.enum(["flat", "inline", "@none"]),
  joinLevel: z.int().positive().max(10),
  endpoint: Endpoint,
}).partial().required({ endpoint: true });

// CIM 009 5.2.33
const Selector = z.object({
  type: Word,
  id: z.union([Id, z.array(Id).min(1)]).optional(),
  idPattern: Word.optional(),
});

// CIM 009 5.2.13
const GeoQ = z.object({
  georel: Word,
  geometry: Word,
  coordinates: z.union([z.string(), z.array(z.unknown())]),
  geoproperty: Word.optional(),
});

const Members = z.object({
  type: z.literal("Subscription"),
  subscriptionName: z.string(),
  description: z.string(),
  entities: z.array(Selector).min(1),
  watchedAttributes: Words,
  notificationTrigger: z.array(z.enum(TRIGGERS)).min(1),
  timeInterval: Positive,
  throttling: Positive,
  q: Word,
  geoQ: GeoQ,
  scopeQ: Word,
  csf: Word,
  expandValues: Word,
  jsonKeys: Word,
  datasetId: z.array(z.union([z.literal("@none"), Id])).min(1),
  lang: LanguageTag,
  isActive: z.boolean(),
  expiresAt: DateTime,
  localOnly: z.boolean(),
  splitEntities: z.boolean(),
  ngsildConformance: z.string().regex(/^\d+\.\d+$/),
  jsonldContext: z.url(),
  notification: Notification,
}).partial();

/** Members of a subscription as sent, each of the right form. */
export type SentMembers = z.infer<typeof Members>;
export type MemberName = keyof SentMembers;
export const MEMBER_NAMES: readonly string[] = Object.keys(Members.shape);

/**
 * What was sent of CIM 009 5.2.12; members that the broker writes itself, and
 * unknown ones, are left out. Throws `BadRequestData` naming the member.
 */
export function readMembers(sent: unknown): SentMembers {
  const result = Members.safeParse(sent);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") || "the subscription";
  const what = issue?.code === "custom" ? issue.message : issue?.code;
  throw new Problem("BadRequestData", `Does not fit: ${where}: ${what}`);
}
