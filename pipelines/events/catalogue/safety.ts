import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Count, Mesh500, said, ShelterId } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.shelters;
const contract = "freeze";

/** Of families the platform counts only that something happened; who, the app alone knows. */
export const safety = [
  eventType({
    type: "shelter.searched",
    title: { ja: "避難所の検索", en: "Shelter searched" },
    purpose,
    contract,
    subject: "optional",
    data: z.object({
      mesh500: said(
        Mesh500,
        "現在地の500mメッシュ",
        "Half mesh the search came from",
      ),
      hazard: said(
        z.enum([
          "flood",
          "landslide",
          "stormSurge",
          "earthquake",
          "tsunami",
          "greatFire",
          "inlandFlood",
          "eruption",
          "any",
        ]),
        "災害の種類",
        "Hazard",
      ).default("any"),
      chosen: said(ShelterId, "選んだ避難所", "Shelter that was chosen")
        .optional(),
    }),
    sample: {
      mesh500: "523567101",
      hazard: "flood",
      chosen: "E2520100001111",
    },
  }),
  eventType({
    type: "family.link.granted",
    title: { ja: "家族の登録", en: "Family link granted" },
    purpose,
    contract,
    data: z.object({}),
    sample: {},
  }),
  eventType({
    type: "family.link.revoked",
    title: { ja: "家族の登録解除", en: "Family link revoked" },
    purpose,
    contract,
    data: z.object({}),
    sample: {},
  }),
  eventType({
    type: "safety.looked_up",
    title: { ja: "家族の安否確認", en: "Family member looked up" },
    purpose,
    contract,
    data: z.object({
      result: said(
        z.enum(["allowed", "blocked"]),
        "結果",
        "Whether the app showed it",
      ),
    }),
    sample: { result: "blocked" },
  }),
  eventType({
    type: "safety.mail.sent",
    title: { ja: "家族への自動メール", en: "Mail to the family sent" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      shelterId: said(ShelterId, "避難所", "Shelter").optional(),
      count: said(Count, "通数", "How many were sent"),
      failed: said(Count, "不達数", "How many failed").default(0),
    }),
    sample: { shelterId: "E2520100001111", count: 3, failed: 1 },
  }),
];
