import { z } from "zod";

/** An opaque code of the city or the app, such as `event-kaigo-fest`; never free text. */
export const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/);

/** Milliseconds a thing took, at most one day. */
export const Milliseconds = z.int().min(0).max(86_400_000);

/** The national 共通ID of a designated shelter, such as `E4120100001111`. */
export const ShelterId = z.string().regex(/^E\d{10}1[12].$/);
