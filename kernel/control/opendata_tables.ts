export interface OpendataTables {
  download: {
    municipality: string;
    dataset: string;
    /** The city's month. */
    month: string;
    count: number;
  };
  /** What the public asked for or found wrong; nothing tells who. */
  feedback: {
    id: string;
    municipality: string;
    /** Absent when it asks for data that do not exist. */
    dataset: string | null;
    text: string;
    at: string;
  };
}
