import type { Text } from "@hiraku/kernel";

/** One thing that a request to the open data may say. */
export interface OpendataParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly about: Text;
  /** A value that works, with `{code}`, `{dataset}`, `{file}` and `{resource}` of a dataset there is. */
  readonly example?: string;
  readonly type?: "integer" | "boolean";
  readonly values?: readonly string[];
}

/** One operation of the open data's interfaces: what its description and its try-out are made from. */
export interface OpendataOperation {
  readonly id: string;
  readonly group: "DCAT" | "CKAN" | "files" | "metrics" | "SQL";
  readonly method: "get" | "post";
  /** With its variables in braces. */
  readonly path: string;
  readonly about: Text;
  readonly parameters?: readonly OpendataParameter[];
  readonly types: readonly string[];
}

const code: OpendataParameter = {
  name: "code",
  in: "path",
  about: { ja: "自治体コード（6桁）", en: "Municipality code, six digits" },
  example: "{code}",
};
const dataset: OpendataParameter = {
  name: "dataset",
  in: "path",
  about: { ja: "データセットのID", en: "Id of the dataset" },
  example: "{dataset}",
};
const file: OpendataParameter = {
  name: "file",
  in: "path",
  about: {
    ja: "ファイル名。データセットのページにあります。",
    en: "File name, as the dataset's page gives it",
  },
  example: "{file}",
};
const whole = (
  name: string,
  about: Text,
  example?: string,
): OpendataParameter => ({
  name,
  in: "query",
  about,
  type: "integer",
  ...(example !== undefined && { example }),
});
const text = (
  name: string,
  about: Text,
  example?: string,
): OpendataParameter => ({
  name,
  in: "query",
  about,
  ...(example !== undefined && { example }),
});
const flag = (name: string, about: Text): OpendataParameter => ({
  name,
  in: "query",
  about,
  type: "boolean",
});
const limit = whole("limit", { ja: "件数", en: "How many" }, "5");
const offset = whole("offset", {
  ja: "読み飛ばす件数",
  en: "How many to skip",
});
const id = (about: Text, example: string) => text("id", about, example);
const allFields = flag("all_fields", {
  ja: "名前だけでなくすべての項目",
  en: "All fields, not the names alone",
});
const dictionary = (
  name: string,
  about: Text,
  parameters: readonly OpendataParameter[] = [],
): OpendataOperation => ({
  id: name,
  group: "CKAN",
  method: "get",
  path: `/api/3/action/${name}`,
  about,
  parameters,
  types: ["application/json"],
});

const RDF = ["application/ld+json", "text/turtle", "application/rdf+xml"];

/** What machines read of the open data. Routes, document and try-out are held equal by a test. */
export const OPENDATA_OPERATIONS: readonly OpendataOperation[] = [
  ...(["jsonld", "ttl", "xml"] as const).map((
    extension,
    at,
  ): OpendataOperation => ({
    id: `catalogue_${extension}`,
    group: "DCAT",
    method: "get",
    path: `/opendata/catalog.${extension}`,
    about: {
      ja: `カタログ全体（DCAT-AP 3.0.1、${extension}）。続きはhydra:next`,
      en:
        `The whole catalogue (DCAT-AP 3.0.1, ${extension}); hydra:next leads on`,
    },
    parameters: [
      whole("page", { ja: "何ページ目か", en: "Which page" }),
      text("after", {
        ja: "この識別子の次のデータセットから",
        en: "From the dataset after this identifier",
      }),
      text("modified_since", {
        ja: "この日時以後に更新されたもの",
        en: "Changed at this time or later",
      }),
    ],
    types: [RDF[at] ?? ""],
  })),
  {
    id: "record",
    group: "DCAT",
    method: "get",
    path: "/opendata/{code}/{dataset}.jsonld",
    about: {
      ja: "1つのデータセットのメタデータ。.ttl・.xml・.atomもあります。",
      en: "Metadata of one dataset; .ttl, .xml and .atom too",
    },
    parameters: [code, dataset],
    types: ["application/ld+json"],
  },
  {
    id: "news",
    group: "DCAT",
    method: "get",
    path: "/opendata/feed.atom",
    about: { ja: "新着（Atom）", en: "What is new (Atom)" },
    types: ["application/atom+xml"],
  },
  {
    id: "latest_file",
    group: "files",
    method: "get",
    path: "/opendata/{code}/{dataset}/latest/{file}",
    about: {
      ja: "最新の版のファイルに案内します。",
      en: "Leads to the file of the newest version",
    },
    parameters: [code, dataset, file],
    types: ["text/csv", "application/json", "application/geo+json"],
  },
  {
    id: "file",
    group: "files",
    method: "get",
    path: "/opendata/{code}/{dataset}/{version}/{file}",
    about: {
      ja: "版のファイル。内容は変わりません。Range・ETag・gzip・zstdに対応",
      en: "A file of a version, which never changes; Range, ETag, gzip, zstd",
    },
    parameters: [
      code,
      dataset,
      {
        name: "version",
        in: "path",
        about: { ja: "版（日付と連番）", en: "Version: date and number" },
        example: "{version}",
      },
      file,
    ],
    types: ["text/csv", "application/json", "application/geo+json"],
  },
  dictionary("package_search", {
    ja: "データセットを探す",
    en: "Search datasets",
  }, [
    text("q", { ja: "ことば", en: "Words" }, "利用者"),
    text("fq", {
      ja: "絞り込み（項目:値）",
      en: "Filter, as field:value",
    }),
    text("fq_list", {
      ja: "絞り込みの並び（JSON）",
      en: "Filters, as a JSON list",
    }),
    whole("rows", { ja: "件数", en: "How many" }, "5"),
    whole("start", { ja: "読み飛ばす件数", en: "How many to skip" }),
    text("sort", { ja: "並べ方", en: "Order" }),
    flag("facet", { ja: "件数の内訳", en: "Counts by facet" }),
    text("facet.field", {
      ja: '内訳の項目（JSON、["tags"]など）',
      en: 'Facets, as JSON such as ["tags"]',
    }),
  ]),
  dictionary("package_list", {
    ja: "データセットのIDの一覧",
    en: "Ids of all datasets",
  }, [limit, offset]),
  dictionary("package_show", {
    ja: "データセットの詳細",
    en: "One dataset",
  }, [
    id({ ja: "データセットのID", en: "Id of the dataset" }, "{code}_{dataset}"),
  ]),
  dictionary("current_package_list_with_resources", {
    ja: "新しい順のデータセットとファイル",
    en: "Datasets with their files, newest first",
  }, [limit, offset]),
  dictionary("resource_show", { ja: "ファイルの詳細", en: "One file" }, [
    id({ ja: "ファイルのID", en: "Id of the file" }, "{resource}"),
  ]),
  dictionary("datastore_search", {
    ja: "行を探す",
    en: "Search rows",
  }, [
    text(
      "resource_id",
      { ja: "ファイルのID", en: "Id of the file" },
      "{resource}",
    ),
    limit,
    offset,
    text("q", { ja: "ことば", en: "Words" }),
    text("filters", {
      ja: "項目と値（JSON）",
      en: "Fields and values, as JSON",
    }),
    text("fields", { ja: "返す項目", en: "Fields to answer" }),
    text("sort", { ja: "並べ方（項目 desc）", en: "Order, as field desc" }),
    flag("include_total", { ja: "総件数", en: "The number of all" }),
    {
      name: "records_format",
      in: "query",
      about: { ja: "行の形", en: "Shape of a row" },
      values: ["objects"],
    },
  ]),
  dictionary("organization_list", {
    ja: "自治体の一覧",
    en: "Municipalities",
  }, [allFields, limit, offset]),
  dictionary("organization_show", { ja: "自治体", en: "One municipality" }, [
    id({ ja: "自治体コード", en: "Municipality code" }, "{code}"),
    flag("include_datasets", {
      ja: "データセットも返す",
      en: "With its datasets",
    }),
  ]),
  dictionary("group_list", { ja: "分野の一覧", en: "Themes" }, [allFields]),
  dictionary("tag_list", { ja: "タグの一覧", en: "Tags" }, [
    text("query", { ja: "含むことば", en: "A part of the tag" }),
    allFields,
  ]),
  dictionary("license_list", { ja: "ライセンスの一覧", en: "Licences" }),
  dictionary("status_show", { ja: "このサイト", en: "This site" }),
  {
    id: "dump",
    group: "CKAN",
    method: "get",
    path: "/datastore/dump/{id}",
    about: {
      ja: "絞り込んだ行をCSV・TSV・JSONで保存",
      en: "Chosen rows as CSV, TSV or JSON",
    },
    parameters: [
      {
        name: "id",
        in: "path",
        about: { ja: "ファイルのID", en: "Id of the file" },
        example: "{resource}",
      },
      {
        name: "format",
        in: "query",
        about: { ja: "形式", en: "Format" },
        values: ["csv", "tsv", "json"],
      },
      flag("bom", { ja: "BOMを付ける", en: "With a byte order mark" }),
      limit,
      offset,
      text("filters", {
        ja: "項目と値（JSON）",
        en: "Fields and values, as JSON",
      }),
    ],
    types: ["text/csv", "text/tab-separated-values", "application/json"],
  },
  {
    id: "metrics",
    group: "metrics",
    method: "get",
    path: "/api/v1/metrics/{code}",
    about: {
      ja: "すべての指標の定義と、公表している区分",
      en: "Every metric: its definition, and what it is published by",
    },
    parameters: [code],
    types: ["application/json"],
  },
  {
    id: "metric",
    group: "metrics",
    method: "get",
    path: "/api/v1/metrics/{code}/{metric}",
    about: {
      ja:
        "1つの指標を区分と時間で。ほかの区分の名前で絞り込めます。秘匿した値を含む合計は範囲です。",
      en:
        "One metric by dimensions and time. Names of other dimensions narrow it. Sums with withheld figures are ranges.",
    },
    parameters: [
      code,
      {
        name: "metric",
        in: "path",
        about: { ja: "指標のID", en: "Id of the metric" },
        example: "miniapp_clicks",
      },
      text("by", {
        ja: "区分（2つまで、くり返す）",
        en: "A dimension; at most two, one a parameter",
      }, "miniAppId"),
      text("from", { ja: "始まりの月", en: "First month" }),
      text("month", { ja: "終わりの月", en: "Last month" }),
    ],
    types: ["application/json"],
  },
  {
    id: "query",
    group: "SQL",
    method: "post",
    path: "/api/v1/query",
    about: {
      ja:
        "公表した表にSQLで問い合わせます。本文: {municipality, sql, limit}。Acceptで形式を選びます。",
      en:
        "SQL over released tables. Body: {municipality, sql, limit}; Accept chooses the form.",
    },
    types: [
      "application/json",
      "text/csv",
      "application/vnd.apache.parquet",
      "application/vnd.apache.arrow.stream",
    ],
  },
];
