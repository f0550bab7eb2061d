import { code, mode, oneOf } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family } from "../family.ts";

const context = () =>
  oneOf({ ja: "場面", en: "Context" }, {
    shelter: { ja: "避難所", en: "Shelter" },
    event: { ja: "行事", en: "Event" },
    facility: { ja: "施設", en: "Facility" },
    counter: { ja: "窓口", en: "Counter" },
    lecture: { ja: "講座", en: "Lecture" },
  });

/** Digital citizen cards and other credentials: issued, shown, scanned. */
export const credentials = dataset({
  id: "credentials",
  title: { ja: "デジタル市民証の利用", en: "Digital credentials" },
  description: {
    ja: "デジタル市民証などの発行・提示・読取りと、施設カードの提示です。",
    en:
      "Digital citizen cards and other credentials issued, shown and scanned, and facility cards shown.",
  },
  cadence: "monthly",
  purpose: {
    ja: "市民証の普及と使われ方を示すため",
    en: "To show how far digital credentials have spread and where they serve",
  },
  keywords: [{ ja: "市民証", en: "citizen card" }],
  tables: {
    ...family("issued", {
      title: { ja: "発行と失効", en: "Issued and revoked" },
      description: {
        ja: "種類ごとに発行・失効した人数",
        en: "People a credential was issued to or revoked from",
      },
      keys: {
        kind: oneOf({ ja: "種類", en: "Kind" }, {
          id: { ja: "市民証", en: "Citizen card" },
          gx: { ja: "GX市民証", en: "GX card" },
          library: { ja: "図書館カード", en: "Library card" },
          other: { ja: "その他", en: "Other" },
        }),
        change: oneOf({ ja: "区分", en: "Change" }, {
          issued: { ja: "発行", en: "Issued" },
          revoked: { ja: "失効", en: "Revoked" },
        }),
      },
      by: ["district", "ageBand"],
    }),
    ...family("presented", {
      title: { ja: "提示", en: "Presented" },
      description: {
        ja: "場面・区分（平時・訓練・災害）ごとに提示した人数",
        en: "People who showed their card, by context and mode",
      },
      keys: { context: context(), mode: mode() },
      by: ["age"],
    }),
    ...family("scanned", {
      title: { ja: "職員による読取り", en: "Scanned by staff" },
      description: {
        ja: "場面・職員の役割・結果ごとの件数",
        en: "Scans by context, role of the staff and outcome",
      },
      keys: {
        context: context(),
        staffRole: code({ ja: "職員の役割", en: "Role" }),
        outcome: code({ ja: "結果", en: "Outcome" }),
      },
    }),
    ...family("added", {
      title: { ja: "追加された資格など", en: "Added by holders" },
      description: {
        ja: "資格・職歴・学歴などを追加した人数（内容は扱いません）",
        en:
          "People who added a qualification, job or degree; what it is is not taken",
      },
      keys: { kind: code({ ja: "種類", en: "Kind" }) },
    }),
    ...family("cards", {
      title: { ja: "施設カードの提示", en: "Facility cards" },
      description: {
        ja: "図書館カードなどを提示した人数",
        en: "People who showed a library or facility card",
      },
      keys: { kind: code({ ja: "種類", en: "Kind" }) },
      by: ["ageSex"],
    }),
  },
});
