import { z } from "zod";
import { MunicipalityCode } from "./id.ts";
import { Municipality } from "./municipality.ts";
import { outlinesIn } from "./outline.ts";

/** How long the history of entities is kept and how it is handed out. */
export const HistorySettings = z.strictObject({
  /** Days that the history of entities is kept. */
  keepDays: z.int().positive().default(731),
  /** The same for single entity types, by IRI. */
  keepDaysOfType: z.record(z.string(), z.int().positive()).default({}),
  /** Instances of one attribute in an answer, above which it is partial (206). */
  pageSize: z.int().positive().default(1_000),
  /** DuckDB memory limit of one municipality's history. */
  memory: z.string().regex(/^\d+(MB|GB)$/).default("320MB"),
});

const Settings = z.strictObject({
  /** Folder of every store, landing file and release. */
  dataDir: z.string().min(1).default("data"),
  hostname: z.string().min(1).default("127.0.0.1"),
  port: z.int().min(1).max(65_535).default(8000),
  /** Public address under which the platform is reached, without a trailing slash. */
  origin: z.url().optional(),
  /** Origins such as `https://www.city.example.lg.jp` whose pages may show figures in frames; `*` for all. */
  embedIn: z.array(z.union([
    z.literal("*"),
    z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/),
  ])).default([]),
  municipalities: z.array(Municipality).default([]),
  /** Cron expressions (Asia/Tokyo) of the scheduled work. */
  schedules: z.strictObject({
    /** Milliseconds between two looks into the landing folders. */
    landEveryMs: z.int().min(20).default(150),
    aggregate: z.string().default("*/15 * * * *"),
    publish: z.string().default("10 3 1 * *"),
    /** Of months that are over for a week. */
    freeze: z.string().default("10 3 8 * *"),
    preliminary: z.string().default("5 * * * *"),
    /** Milliseconds between two comparisons of what a link follows with the outside. */
    compareLinksEveryMs: z.int().min(100).default(600_000),
    tidy: z.string().default("30 3 * * *"),
    /** Of other portals' catalogues, where hosts for that are configured. */
    harvest: z.string().default("45 4 * * *"),
    /** Snapshots of the warehouse; none by schedule when it is left out. */
    snapshot: z.string().optional(),
  }).prefault({}),
  /** How scheduled work is run; by the name of a job, `*` for all others. */
  running: z.strictObject({
    policies: z.record(
      z.string(),
      z.strictObject({
        /** What happens to instants that passed while nobody was at work. */
        missed: z.enum(["none", "last", "all"]).default("last"),
        /** Further attempts after a failure. */
        retries: z.int().min(0).max(10).default(2),
        /** Pause before the first of them; each next one is twice as long. */
        backOffSeconds: z.number().positive().default(30),
        /** After which it ends between two partitions. */
        timeoutMinutes: z.number().positive().default(120),
        /** Hours after a success by which the next is owed. */
        freshHours: z.number().positive().optional(),
      }),
    ).default({}),
    alerts: z.strictObject({
      /** Address that gets a JSON object an alert. */
      webhook: z.url().optional(),
      mail: z.strictObject({
        host: z.string().min(1),
        port: z.int().min(1).max(65_535).default(25),
        secure: z.boolean().default(false),
        from: z.email(),
        to: z.array(z.email()).min(1),
      }).optional(),
    }).prefault({}),
    reports: z.strictObject({
      /** Hosts that reports and threshold alerts may be posted to; no other is. */
      webhookHosts: z.array(z.string().min(1)).default([]),
    }).prefault({}),
    /** Address that gets an OpenLineage event a state of a run. */
    openLineage: z.url().optional(),
  }).prefault({}),
  /** Feeds of things that *work* reads. */
  feeds: z.array(
    z.strictObject({
      municipality: MunicipalityCode,
      kind: z.enum([
        "jma-warnings",
        "jma-warning-xml",
        "weather",
        "water-levels",
        "gtfs",
        "gbfs",
        "road-restrictions",
        "cameras",
      ]),
      /** Where it is; cameras stand in their register. */
      url: z.url().optional(),
      everySeconds: z.number().min(1).max(86_400).default(600),
    }).refine(({ kind, url }) => (kind === "cameras") === (url === undefined), {
      path: ["url"],
      error: "Every feed but cameras has an address",
    }),
  ).default([]),
  /** Who may leave files in a municipality's drop folder. */
  senders: z.array(z.strictObject({
    municipality: MunicipalityCode,
    id: z.string().regex(/^[A-Za-z0-9._-]{1,60}$/),
    /** Raw Ed25519 public key in base64. */
    publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  })).default([]),
  /** From where other portals' catalogues may be harvested. */
  harvest: z.strictObject({
    /** Hosts that may be asked; no other is. */
    hosts: z.array(z.string().min(1)).default([]),
    /** Whether they may lie at private, loopback and link-local addresses. */
    allowPrivateAddresses: z.boolean().default(false),
  }).prefault({}),
  /** DuckDB memory limit of one warehouse. */
  warehouseMemory: z.string().regex(/^\d+(MB|GB)$/).default("320MB"),
  /** Hours a landed segment is kept. */
  keepLandedHours: z.number().nonnegative().default(72),
  /** Snapshots of a warehouse that are kept; the oldest beyond them go. */
  keepSnapshots: z.int().positive().default(3),
  /** Bytes of free disk below which the collector refuses events. */
  minimumFreeBytes: z.int().nonnegative().default(256 * 1024 * 1024),
  /** Bytes of segments not yet landed, per municipality, above which it refuses. */
  maximumLandingBytes: z.int().positive().default(4 * 1024 ** 3),
  ngsi: z.strictObject({
    /**
     * Tenants without a municipality that anyone who reaches the port may read
     * and write, such as `default`: for trials and closed networks.
     */
    openTenants: z.array(z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/)).default(
      [],
    ),
    /**
     * Whether what is created for a tenant that does not exist makes the
     * tenant, as open as those: for trials and closed networks.
     */
    tenantsByRequest: z.boolean().default(false),
    /** Folder whose `index.json` maps addresses of JSON-LD contexts to files beside it. */
    contextFolder: z.string().min(1).optional(),
    /** Hosts, besides public ones, that contexts come from and notifications go to. */
    allowedHosts: z.array(z.string().min(1)).default([]),
    /** Whether private, loopback and link-local addresses may be reached. */
    allowPrivateAddresses: z.boolean().default(false),
    /** Entities that one query may look at before it is refused. */
    mostLookedAt: z.int().positive().default(200_000),
    /** Milliseconds between two looks for what has expired. */
    sweepEveryMs: z.int().min(50).max(60_000).default(1_000),
    /** Database address that keeps entities and subscriptions instead of SQLite files. */
    postgres: z.string().startsWith("postgres").optional(),
    history: HistorySettings.prefault({}),
  }).prefault({}),
  /** Test aid: `place:count` kills this process when the place is reached for that time. */
  killAt: z.string().optional(),
}).refine(
  ({ ngsi, municipalities }) =>
    !municipalities.some(({ tenant }) => ngsi.openTenants.includes(tenant)),
  { path: ["ngsi", "openTenants"], error: "A municipality's tenant" },
);

/** Everything the two processes need to know, read once. */
export type Config = z.infer<typeof Settings> & { origin: string };

/** The configuration does not fit; the message names the field and is for the operator. */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
}

/** The process's environment; nothing else reads it. */
export function environment(name: string): string | undefined {
  return Deno.env.get(name);
}

/**
 * Reads the configuration file named by `HIRAKU_CONFIG` (default
 * `hiraku.json`, which may be absent) and lets the environment win over it.
 * Throws `Misconfigured`, which names the field, when something does not fit.
 */
export function readConfig(
  env: (name: string) => string | undefined = environment,
  read: (path: string) => string | undefined = readText,
): Config {
  const path = env("HIRAKU_CONFIG") ?? "hiraku.json";
  const text = read(path);
  if (text === undefined && env("HIRAKU_CONFIG") !== undefined) {
    throw new Misconfigured(`Configuration file '${path}' does not exist`);
  }
  const file: unknown = text === undefined ? {} : json(path, text);
  const parsed = Settings.safeParse({
    ...(file as Record<string, unknown>),
    ...given("dataDir", env("HIRAKU_DATA")),
    ...given("hostname", env("HIRAKU_HOST")),
    ...given("port", number(env("HIRAKU_PORT"))),
    ...given("origin", env("HIRAKU_ORIGIN")),
    ...postgres(file, env("HIRAKU_POSTGRES")),
    ...given("killAt", env("HIRAKU_KILL_AT")),
  });
  if (!parsed.success) {
    throw new Misconfigured(
      `Configuration '${path}' does not fit: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { hostname, port } = parsed.data;
  const origin = parsed.data.origin ?? `http://${hostname}:${port}`;
  return {
    ...parsed.data,
    municipalities: parsed.data.municipalities.map((one) =>
      outlined(one, read)
    ),
    origin: origin.replace(/\/$/, ""),
  };
}

/** A municipality with the outlines of its file. */
function outlined(
  municipality: Municipality,
  read: (path: string) => string | undefined,
): Municipality {
  const { outlines, districts } = municipality;
  if (outlines?.file === undefined) return municipality;
  const found = outlinesOf(outlines.file, outlines.property, read);
  return {
    ...municipality,
    districts: districts.map((one) => {
      const outline = found.get(one.code) ?? found.get(one.name.ja);
      return outline === undefined ? one : { ...one, outline };
    }),
  };
}

function outlinesOf(
  path: string,
  property: string,
  read: (path: string) => string | undefined,
): ReturnType<typeof outlinesIn> {
  const text = read(path);
  if (text === undefined) {
    throw new Misconfigured(`Outlines '${path}' do not exist`);
  }
  try {
    return outlinesIn(json(path, text), property);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new Misconfigured(
      `Outlines '${path}' do not fit: ${z.prettifyError(error)}`,
    );
  }
}

/** The address holds a password, which belongs in no file. */
function postgres(
  file: unknown,
  url: string | undefined,
): Record<string, unknown> {
  if (url === undefined) return {};
  const { ngsi } = file as { ngsi?: Record<string, unknown> };
  return { ngsi: { ...ngsi, postgres: url } };
}

/** The parser's own message would quote the file, and with it what is secret. */
function json(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Misconfigured(`Configuration '${path}' is not JSON`);
  }
}

function given(key: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [key]: value };
}

function number(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
