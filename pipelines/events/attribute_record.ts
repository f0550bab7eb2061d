import { z } from "zod";
import { AgeBand, Sex, Tier } from "@hiraku/kernel";
import { Code, DistrictCode, said } from "./field.ts";

/** The only attributes of a citizen the platform keeps; whatever else comes is refused by name. */
export const AttributeRecord = z.strictObject({
  tier: said(Tier, "本人確認", "How the person proved who they are"),
  districtCode: said(DistrictCode, "校区", "School district").nullable(),
  residentStatus: said(
    z.enum(["resident", "commuter", "visitor", "moved_out"]),
    "市内・市外",
    "Whether the person lives here",
  ),
  ageBand: said(AgeBand, "年齢階級", "Age band").nullable(),
  sex: said(Sex, "性別(ISO 5218)", "Sex (ISO 5218)").nullable(),
  hasPhone: said(z.boolean(), "電話の登録有無", "Whether a phone is known"),
  hasEmail: said(z.boolean(), "メールの登録有無", "Whether a mail is known"),
  notification: said(z.boolean(), "通知を受け取るか", "Wants notices"),
  topics: said(z.array(Code).max(50), "関心分野", "Topics of interest"),
  childAgeBands: said(
    z.array(AgeBand).max(10),
    "子の年齢階級",
    "Age bands of children",
  ),
  registeredOn: said(z.iso.date(), "登録日", "Day of registration"),
  registrationMethod: said(
    z.enum(["jpki-card", "jpki-phone", "email"]),
    "登録方法",
    "How the person registered",
  ),
  channelId: said(Code, "登録のきっかけ", "Channel that led here").nullable(),
  nfcCapable: said(z.boolean(), "NFC対応", "Whether the phone has NFC"),
  protectedFlag: said(
    z.boolean(),
    "支援措置の対象",
    "Protected: in no preview, no look-up",
  ),
  source: said(
    z.enum(["idp", "app", "counter"]),
    "出所",
    "Where it comes from",
  ),
  consentVersion: said(Code, "同意文書の版", "Version of the consent text"),
});
export type AttributeRecord = z.infer<typeof AttributeRecord>;

/** Some of the attributes. */
export const AttributeChange = AttributeRecord.partial();
export type AttributeChange = z.infer<typeof AttributeChange>;
