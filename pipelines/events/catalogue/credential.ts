import { z } from "zod";
import { eventType } from "../event_type.ts";
import { said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.services;
const Kind = said(
  z.enum(["id", "gx", "library", "other"]),
  "種類",
  "Kind of credential",
);
const Context = said(
  z.enum(["shelter", "event", "facility", "counter", "lecture"]),
  "場面",
  "Where it was shown",
);

export const credential = [
  eventType({
    type: "credential.issued",
    title: { ja: "デジタル市民証の発行", en: "Credential issued" },
    purpose,
    data: z.object({
      kind: Kind,
      attested: said(
        z.boolean(),
        "第三者の証明(再エネ利用など)",
        "Attested by a third party, such as a green-power retailer",
      ).optional(),
    }),
    sample: { kind: "gx", attested: true },
  }),
  eventType({
    type: "credential.revoked",
    title: { ja: "デジタル市民証の失効", en: "Credential revoked" },
    purpose,
    data: z.object({
      kind: Kind,
      reason: said(
        z.enum(["expired", "lost", "moved", "user", "card_revoked"]),
        "理由",
        "Why",
      ),
    }),
    sample: { kind: "id", reason: "moved" },
  }),
  eventType({
    type: "credential.added",
    title: { ja: "資格等の追加", en: "Private credential added" },
    // Only that one was added; neither its name nor its content is taken.
    purpose,
    contract: "freeze",
    data: z.object({
      type: said(
        z.enum(["qualification", "work", "education", "membership"]),
        "種類",
        "Kind",
      ),
    }),
    sample: { type: "qualification" },
  }),
  eventType({
    type: "credential.presented",
    title: { ja: "市民証の提示", en: "Credential presented" },
    purpose,
    data: z.object({ context: Context }),
    sample: { context: "event" },
  }),
  eventType({
    type: "credential.scanned",
    title: { ja: "職員による読取", en: "Credential scanned by staff" },
    purpose,
    contract: "freeze",
    // What the terminal shows stays on the terminal.
    subject: "optional",
    data: z.object({
      context: Context,
      staffRole: said(
        z.enum(["shelter", "reception", "counter", "lecture"]),
        "職員の役割",
        "Role of who scanned",
      ),
      outcome: said(
        z.enum(["confirmed", "expired", "unreadable"]),
        "結果",
        "What came of it",
      ).default("confirmed"),
    }),
    sample: { context: "shelter", staffRole: "shelter", outcome: "confirmed" },
  }),
];
