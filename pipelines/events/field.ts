import { z } from "zod";

/** Says in both languages what a field means; the pages of the catalogue are made of it. */
export function said<S extends z.ZodType>(
  schema: S,
  ja: string,
  en: string,
): S {
  return schema.meta({ description: en, ja });
}

/** An opaque code of the city or the app, such as `event-kaigo-fest`; never free text. */
export const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/);

/** Milliseconds a thing took, at most one day. */
export const Milliseconds = z.int().min(0).max(86_400_000);

/** The national 共通ID of a designated shelter, such as `E4120100001111`. */
export const ShelterId = z.string().regex(/^E\d{10}1[12].$/);

/** JIS X 0410 half mesh of about 500 m, such as `493002541`: the finest place of a person. */
export const Mesh500 = z.string().regex(/^[3-6]\d{3}[0-7]{2}\d{2}[1-4]$/);

/** A school district, such as `412015-sd-16`. */
export const DistrictCode = z.string().regex(/^\d{6}-sd-\d{2}$/);

/** A mini-app of the register, such as `412015-ma-08`. */
export const MiniAppId = z.string().regex(/^\d{6}-ma-\d{2}$/);

/** Yen of one entry. Nine digits and more would look like a phone number. */
export const Yen = z.int().min(0).max(99_999_999);

/** How many; what is counted stands in the field's name. */
export const Count = z.int().min(0).max(10_000_000);

/** Keyed hash made at the sender's side; never the text itself. */
export const Hash = z.string().regex(/^[0-9a-f]{16,64}$/);

/** Stable id of a person at the app's identity side; re-keyed before it is written. */
export const Pid = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** Longitude and latitude of a thing in degrees (GeoJSON order). */
export const Location = z.tuple([
  z.number().min(122).max(154),
  z.number().min(20).max(46),
]);

export const CityMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const Instant = z.iso.datetime({ offset: true });
