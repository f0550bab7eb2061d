import { z } from "zod";

/** Everything a person reads exists twice. */
export const Text = z.object({ ja: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;

/** The languages of the product; Japanese is the default. */
export type Language = keyof Text;
export const LANGUAGES = ["ja", "en"] as const satisfies readonly Language[];
