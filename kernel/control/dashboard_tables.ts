export interface DashboardTables {
  /** Cuts that somebody of the city wants released, and what became of them. */
  cut_request: {
    id: string;
    municipality: string;
    dataset: string;
    /** The family of tables that would be broken down further. */
    family: string;
    /** JSON list of the breakdowns wanted. */
    by: string;
    reason: string;
    asked_by: string;
    asked_at: string;
    /** JSON of what would be withheld; null until *work* has looked. */
    preview: string | null;
    /** Why there is no preview. */
    preview_failed: string | null;
    answer: "accepted" | "refused" | null;
    answer_reason: string | null;
    answered_by: string | null;
    answered_at: string | null;
  };
  /** Reports that go out by the calendar, and thresholds that are watched. */
  report_schedule: {
    id: string;
    municipality: string;
    name: string;
    /** JSON of what is sent and when; its shape is the dashboards' own. */
    plan: string;
    /** JSON lists. */
    mail: string;
    webhook: string | null;
    language: string;
    paused: number;
    created_by: string;
    created_at: string;
    removed_at: string | null;
  };
  /** One row a delivery, written before anything is sent. */
  report_delivery: {
    schedule: string;
    /** The instant or the period it was due for. */
    due: string;
    /** `sending` stands for ever when the process died meanwhile. */
    state: "sending" | "sent" | "failed";
    at: string;
    detail: string | null;
  };
}
