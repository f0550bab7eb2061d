import { type Clock, type Layout, Problem } from "@hiraku/kernel";
import { type Broker, openBroker } from "./broker.ts";

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
  close(): Promise<void>;
}

/** Name of the tenant that answers when a request names none. */
export const DEFAULT_TENANT = "default";

/** Opens the store of every municipality, the default one, and those without a municipality. */
export async function openBrokers(
  { layout, municipalities, openTenants = [], clock, ...settings }:
    & {
      layout: Pick<Layout, "broker">;
      municipalities: readonly {
        readonly code: string;
        readonly tenant: string;
      }[];
      openTenants?: readonly string[];
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
    >,
): Promise<Brokers> {
  const byName = new Map<string, Broker>();
  const others = new Set([DEFAULT_TENANT, ...openTenants]);
  const cities = [
    ...municipalities,
    ...[...others].map((tenant) => ({ code: tenant, tenant })),
  ];
  for (const { code, tenant } of cities) {
    const path = layout.broker(code);
    const contexts = {
      origin: "",
      ...settings.contexts,
      ownTerms: !others.has(code),
    };
    const broker = await openBroker({
      ...settings,
      path,
      code,
      clock,
      contexts,
    });
    byName.set(code, broker);
    byName.set(tenant, broker);
  }

  const all = [...new Set(byName.values())];
  return {
    all,
    find: (tenantOrCode = DEFAULT_TENANT) => byName.get(tenantOrCode),
    get(tenantOrCode = DEFAULT_TENANT) {
      const broker = byName.get(tenantOrCode);
      if (broker !== undefined) return broker;
      throw new Problem("NonexistentTenant", "There is no such tenant");
    },
    async close() {
      for (const broker of all) await broker.close();
    },
  };
}
