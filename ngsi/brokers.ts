import { type Clock, type Layout, Problem } from "@hiraku/kernel";
import { dirname } from "node:path";
import { type Broker, openBroker } from "./broker.ts";
import { MadeTenants } from "./made_tenants.ts";

/** The brokers of an installation, one store each. */
export interface Brokers {
  /**
   * The broker of a tenant such as `saga_412015`, or of a municipality code;
   * without either the one named `default`. Throws `NonexistentTenant`.
   */
  get(tenantOrCode?: string): Broker;
  /** The same, without throwing. */
  find(tenantOrCode?: string): Broker | undefined;
  readonly all: readonly Broker[];
  /** Tenants without a municipality that everybody may write. */
  readonly open: ReadonlySet<string>;
  /**
   * Makes a tenant if there is none of that name, CIM 009 5.5.10; missing where
   * requests make no tenants. Resolves once a crash does not unmake it. Throws
   * `BadRequestData` for what is no name of a tenant.
   */
  readonly make?: (tenant: string) => Promise<void>;
  close(): Promise<void>;
}

/** Name of the tenant that answers when a request names none. */
export const DEFAULT_TENANT = "default";

/**
 * Opens the store of every municipality, the default one, and those without a
 * municipality: `openTenants` and, with `tenantsByRequest`, what requests make.
 */
export async function openBrokers(
  {
    layout,
    municipalities,
    openTenants = [],
    tenantsByRequest = false,
    clock,
    ...settings
  }:
    & {
      layout: Pick<Layout, "broker">;
      municipalities: readonly {
        readonly code: string;
        readonly tenant: string;
      }[];
      openTenants?: readonly string[];
      tenantsByRequest?: boolean;
      clock: Clock;
    }
    & Pick<
      Parameters<typeof openBroker>[0],
      | "contexts"
      | "failed"
      | "history"
      | "mostLookedAt"
      | "postgres"
      | "sweepEveryMs"
      | "writesInThread"
    >,
): Promise<Brokers> {
  const byName = new Map<string, Broker>();
  const add = async (code: string, tenant: string, ownTerms: boolean) => {
    const broker = await openBroker({
      ...settings,
      path: layout.broker(code),
      code,
      clock,
      contexts: { origin: "", ...settings.contexts, ownTerms },
    });
    byName.set(code, broker);
    byName.set(tenant, broker);
  };
  for (const { code, tenant } of municipalities) await add(code, tenant, true);
  const root = dirname(dirname(layout.broker(DEFAULT_TENANT)));
  const made = tenantsByRequest
    ? await MadeTenants.open(`${root}/tenants.txt`)
    : undefined;
  const open = new Set(openTenants);
  const others = new Set([DEFAULT_TENANT, ...open, ...made?.names ?? []]);
  for (const tenant of others) {
    // A municipality may have taken the name since.
    if (byName.has(tenant)) continue;
    await add(tenant, tenant, false);
    if (made?.names.has(tenant)) open.add(tenant);
  }

  const making = new Map<string, Promise<void>>();
  const makeOne = async (tenants: MadeTenants, tenant: string) => {
    await tenants.add(tenant);
    await add(tenant, tenant, false);
    open.add(tenant);
  };
  const make = made && (async (tenant: string) => {
    while (!byName.has(tenant)) {
      const one = making.get(tenant) ??
        makeOne(made, tenant).finally(() => making.delete(tenant));
      making.set(tenant, one);
      await one;
    }
  });
  const all = () => [...new Set(byName.values())];
  return {
    get all() {
      return all();
    },
    open,
    ...make && { make },
    find: (tenantOrCode = DEFAULT_TENANT) => byName.get(tenantOrCode),
    get(tenantOrCode = DEFAULT_TENANT) {
      const broker = byName.get(tenantOrCode);
      if (broker !== undefined) return broker;
      throw new Problem("NonexistentTenant", "There is no such tenant");
    },
    async close() {
      await Promise.allSettled(making.values());
      for (const broker of all()) await broker.close();
    },
  };
}
