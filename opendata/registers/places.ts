import type { Text } from "@hiraku/kernel";
import { z } from "zod";
import { about, oneOf } from "../column.ts";
import { key, list, register, words } from "./register.ts";

const longitude = () =>
  z.number().min(122).max(154).meta(about({
    title: { ja: "経度", en: "Longitude" },
  }));
const latitude = () =>
  z.number().min(20).max(46).meta(about({
    title: { ja: "緯度", en: "Latitude" },
  }));

/** Cameras that watch rivers and roads; no image is stored. */
export const cameras = register({
  id: "cameras",
  title: { ja: "防災カメラ", en: "Cameras" },
  description: {
    ja: "河川や道路の防災カメラ。画像は保存しません。",
    en: "Cameras that watch rivers and roads. No image is stored.",
  },
  row: z.object({
    id: key({ ja: "カメラコード", en: "Camera code" }),
    name: words({ ja: "名称", en: "Name" }),
    longitude: longitude(),
    latitude: latitude(),
    imageUrl: z.url().meta(about({
      title: { ja: "画像の場所", en: "Image address" },
    })),
  }),
});

/** Water gauges with the levels at which something is to be done. */
export const gauges = register({
  id: "gauges",
  title: { ja: "水位計", en: "Water gauges" },
  description: {
    ja: "水位計と基準水位（メートル）",
    en: "Water gauges and their reference levels in metres",
  },
  row: z.object({
    id: key({ ja: "観測所コード", en: "Station code" }),
    name: words({ ja: "名称", en: "Name" }),
    longitude: longitude(),
    latitude: latitude(),
    alertLevel: z.number().meta(about({
      title: { ja: "氾濫注意水位", en: "Alert level" },
    })),
    dangerLevel: z.number().meta(about({
      title: { ja: "氾濫危険水位", en: "Danger level" },
    })),
  }).refine(({ alertLevel, dangerLevel }) => alertLevel < dangerLevel, {
    path: ["dangerLevel"],
    error: "Not above the alert level",
  }),
});

/** What is collected apart. */
export const WASTE_KINDS = {
  burnable: { ja: "燃えるごみ", en: "Burnable" },
  unburnable: { ja: "燃えないごみ", en: "Not burnable" },
  plastic: { ja: "プラスチック", en: "Plastic" },
  paper: { ja: "古紙", en: "Paper" },
  bulky: { ja: "粗大ごみ", en: "Bulky" },
  other: { ja: "その他", en: "Other" },
} as const satisfies Record<string, Text>;

/** Which waste is collected when in which area. */
export const collections = register({
  id: "collections",
  title: { ja: "ごみ収集", en: "Waste collection" },
  description: {
    ja: "収集地区ごとのごみの収集日",
    en: "Days of waste collection by area",
  },
  row: z.object({
    id: key({ ja: "コード", en: "Code" }),
    area: words({ ja: "収集地区", en: "Area" }),
    districtCode: key(
      { ja: "校区コード", en: "District code" },
      /^\d{6}-sd-\d{2}$/,
    ).optional(),
    waste: oneOf({ ja: "種類", en: "Waste" }, WASTE_KINDS),
    /** Such as `mon;thu` or `wed#2` for the second Wednesday. */
    days: list({ ja: "収集日", en: "Days" }),
  }),
});

/** Articles and notices with what they carry. */
export const articles = register({
  id: "articles",
  title: { ja: "お知らせ記事", en: "Articles" },
  description: {
    ja: "お知らせの話題と添付の読み上げ対応",
    en: "Topics of notices and whether their attachments can be read aloud",
  },
  row: z.object({
    id: key({ ja: "記事コード", en: "Article code" }),
    title: words({ ja: "題名", en: "Title" }),
    topic: key({ ja: "話題", en: "Topic" }),
    attachments: z.int().nonnegative().default(0).meta(about({
      title: { ja: "添付の数", en: "Attachments" },
    })),
    attachmentsWithText: z.int().nonnegative().default(0).meta(about({
      title: {
        ja: "代替テキスト・タグ付きPDFの数",
        en: "With text alternative",
      },
    })),
  }),
});
