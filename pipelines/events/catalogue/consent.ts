import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, Count, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.consent;

const Receipt = said(Code, "同意の受領番号", "Receipt");
const PurposeId = said(Code, "目的", "Purpose, from the published list");
const Items = said(
  z.array(Code).max(30),
  "提供する項目",
  "Items that are provided",
);
const Recipient = said(Code, "提供先", "Who receives them");
const PolicyVersion = said(Code, "同意文書の版", "Version of the text");
const Contract = said(Code, "契約の番号", "Contract");

const asked = {
  purposeId: PurposeId,
  items: Items.default([]),
  recipient: Recipient.default("city"),
  policyVersion: PolicyVersion,
};

export const consent = [
  eventType({
    type: "consent.requested",
    title: { ja: "同意の依頼", en: "Consent requested" },
    purpose,
    contract: "freeze",
    data: z.object(asked),
    sample: {
      purposeId: "usage-statistics",
      items: ["usage"],
      recipient: "city",
      policyVersion: "2025-10",
    },
  }),
  eventType({
    type: "consent.granted",
    title: { ja: "同意", en: "Consent granted" },
    purpose,
    contract: "freeze",
    data: z.object({
      receiptId: Receipt,
      ...asked,
      legalBasis: said(
        z.enum(["consent", "law", "duty"]),
        "法的根拠",
        "Legal basis",
      ).default("consent"),
      expiresOn: said(z.iso.date(), "有効期限", "Last day it holds").optional(),
    }),
    sample: {
      receiptId: "rcpt-1",
      purposeId: "usage-statistics",
      items: ["usage", "district"],
      recipient: "city",
      policyVersion: "2025-10",
      legalBasis: "consent",
      expiresOn: "2030-03-31",
    },
  }),
  eventType({
    type: "consent.denied",
    title: { ja: "同意しない", en: "Consent denied" },
    purpose,
    contract: "freeze",
    data: z.object(asked),
    sample: {
      purposeId: "usage-statistics",
      items: [],
      recipient: "city",
      policyVersion: "2025-10",
    },
  }),
  eventType({
    type: "consent.withdrawn",
    title: { ja: "同意の撤回", en: "Consent withdrawn" },
    purpose,
    contract: "freeze",
    data: z.object({
      receiptId: Receipt,
      purposeId: PurposeId,
      recipient: Recipient.default("city"),
    }),
    sample: {
      receiptId: "rcpt-1",
      purposeId: "usage-statistics",
      recipient: "city",
    },
  }),
  eventType({
    type: "idlink.created",
    title: { ja: "ID連携の開始", en: "Identity linked to a recipient" },
    purpose,
    contract: "freeze",
    data: z.object({ recipient: Recipient, contractId: Contract.optional() }),
    sample: { recipient: "partner-bus", contractId: "c-2026-3" },
  }),
  eventType({
    type: "idlink.revoked",
    title: { ja: "ID連携の解除", en: "Identity link revoked" },
    purpose,
    contract: "freeze",
    data: z.object({ recipient: Recipient }),
    sample: { recipient: "partner-bus" },
  }),
  eventType({
    type: "dataflow.shared",
    title: { ja: "データの提供", en: "Data shared under a contract" },
    purpose,
    contract: "freeze",
    subject: "none",
    data: z.object({
      from: said(Code, "提供元", "Mini-app or system it comes from"),
      to: Recipient,
      contractId: Contract,
      items: Items.default([]),
      rows: said(Count, "件数", "Rows that were shared"),
    }),
    sample: {
      from: "252018-ma-03",
      to: "partner-bus",
      contractId: "c-2026-3",
      items: ["district"],
      rows: 120,
    },
  }),
];
