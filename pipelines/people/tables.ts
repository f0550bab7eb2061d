/** Tables and views that `people()` makes. */
export interface PeopleTables {
  attribute_fact: AttributeFactTable;
  /** What was known of a person from one instant to the next. */
  attribute_history: AttributeHistoryView;
  attribute_current: AttributeHistoryView;
  consent_fact: ConsentFactTable;
  consent_current: ConsentCurrentView;
  consent_receipts: { subject: string; receipts: string[] };
  idlink_fact: IdlinkFactTable;
  idlink_current: {
    subject: string;
    recipient: string;
    contract: string | null;
    since: Date;
  };
  /** Whose events are to be counted anew, all of them or from one time on. */
  pending_change: { subject: string; since: Date | null };
  pseudonym_epoch: { epoch: number };
  erasure_log: { request: string; place: string; rows: number };
}

interface Attributes {
  subject: string;
  valid_from: Date;
  tier: string | null;
  district: string | null;
  resident_status: string | null;
  age_band: string | null;
  sex: string | null;
  has_phone: boolean | null;
  has_email: boolean | null;
  notification: boolean | null;
  topics: string[] | null;
  child_age_bands: string[] | null;
  registered_on: string | null;
  registration_method: string | null;
  channel_id: string | null;
  nfc_capable: boolean | null;
  source: string | null;
  consent_version: string | null;
}

export interface AttributeFactTable extends Attributes {
  load: number;
  recorded_at: Date;
  /** Whether the person is registered from then on. */
  present: boolean;
  protected_flag: boolean | null;
}

export interface AttributeHistoryView extends Attributes {
  valid_to: Date | null;
  protected_flag: boolean;
}

export interface ConsentFactTable {
  load: number;
  subject: string;
  occurred_at: Date;
  kind: "requested" | "granted" | "denied" | "withdrawn";
  receipt: string | null;
  purpose: string;
  recipient: string;
  policy_version: string | null;
  legal_basis: string | null;
  items: string[] | null;
  expires_on: string | null;
}

/** What a person says now of one purpose and recipient. */
export interface ConsentCurrentView {
  subject: string;
  purpose: string;
  recipient: string;
  granted: boolean;
  kind: string;
  receipt: string | null;
  policy_version: string | null;
  legal_basis: string | null;
  items: string[] | null;
  expires_on: string | null;
  since: Date;
}

export interface IdlinkFactTable {
  load: number;
  subject: string;
  occurred_at: Date;
  kind: "created" | "revoked";
  recipient: string;
  contract: string | null;
}
