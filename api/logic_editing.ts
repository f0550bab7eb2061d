import type { Language, Municipality } from "@hiraku/kernel";
import type { LogicModel } from "@hiraku/dashboards";

/** What the form of the page shows. */
export interface Edited {
  readonly kind: "boxes" | "links";
  readonly entry: Readonly<Record<string, unknown>>;
  readonly problem?: string;
}

export interface EditorProps {
  readonly language: Language;
  readonly city: Municipality;
  readonly model: LogicModel;
  /** Evaluations, which a link may name. */
  readonly questions: readonly {
    readonly id: string;
    readonly questionJa: string;
    readonly questionEn: string;
  }[];
  readonly edited: Edited | undefined;
}
