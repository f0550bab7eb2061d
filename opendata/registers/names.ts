import type { Municipality, Text } from "@hiraku/kernel";
import { type Control, registerEntries } from "@hiraku/kernel/control";
import { z } from "zod";
import { cameras, gauges } from "./places.ts";
import { events, functions, lotteries, surveys } from "./programmes.ts";
import { entriesOf, key, type Register, register, words } from "./register.ts";
import {
  channels,
  counters,
  procedures,
  providers,
  staffTimes,
} from "./services.ts";

/** What the city calls its own codes that have no register: goods, halls, areas, schools. */
export const names = register({
  id: "names",
  title: { ja: "コードの名称", en: "Names of codes" },
  description: {
    ja:
      "画面に出るコード（物資、施設、収集地区、学校など）の呼び名。台帳のあるもの（窓口、手続、行事など）は台帳の名称が使われます。",
    en:
      "What codes are called on pages: goods, halls, areas, schools. Counters, procedures, events and others have the names of their registers.",
  },
  keptByAnalysts: true,
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    nameJa: words({ ja: "名称", en: "Name (Japanese)" }),
    nameEn: words({ ja: "名称（英語）", en: "Name (English)" }),
  }),
});

/** Registers whose entries have a name, and the column of it. */
const NAMED: readonly (readonly [Register, column: string])[] = [
  [cameras, "name"],
  [channels, "name"],
  [counters, "name"],
  [gauges, "name"],
  [procedures, "name"],
  [providers, "name"],
  [staffTimes, "name"],
  [events, "title"],
  [functions, "title"],
  [lotteries, "title"],
  [surveys, "title"],
];

/** The municipality with what its registers call its codes. */
export async function withNames(
  control: Control,
  municipality: Municipality,
): Promise<Municipality> {
  const { code } = municipality;
  const found = new Map<string, Text>(Object.entries(municipality.names ?? {}));
  for (const [{ id: register }, column] of NAMED) {
    const place = { municipality: code, register };
    for (const { key, value } of await registerEntries(control, place)) {
      const name = String(value[column]);
      found.set(key, { ja: name, en: name });
    }
  }
  for (const { id, nameJa, nameEn } of await entriesOf(control, code, names)) {
    found.set(id, { ja: nameJa, en: nameEn });
  }
  return found.size === 0
    ? municipality
    : { ...municipality, names: Object.fromEntries(found) };
}
