import type { Generated } from "kysely";

export interface PeopleTables {
  erasure: {
    id: string;
    municipality: string;
    persons: number;
    requested_at: string;
    requested_by: string;
    finished_at: string | null;
    certificate: string | null;
  };
  audience: {
    id: string;
    municipality: string;
    label: string;
    rule: string;
    purpose: string;
    recipient: string;
    /** Why an audience below the smallest size may be addressed. */
    override_reason: string | null;
    created_by: string;
    created_at: string;
    removed_at: string | null;
    /** When its members were last brought up to date. */
    current_at: string | null;
    /** Why its members are not told. */
    failure: string | null;
  };
  /** A member is the pairwise pseudonym for the audience's recipient. */
  audience_member: { audience: string; member: string; since: string };
  audience_change: {
    id: Generated<number>;
    audience: string;
    member: string;
    joined: number;
    at: string;
  };
}
