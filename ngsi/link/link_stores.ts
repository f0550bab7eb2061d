import { type LinkStore, openLinkStore } from "./link_tables.ts";

/** The link stores of an installation, each opened when it is first needed. */
export interface LinkStores {
  of(code: string): Promise<LinkStore>;
  close(): Promise<void>;
}

export function linkStores(pathOf: (code: string) => string): LinkStores {
  const open = new Map<string, Promise<LinkStore>>();
  return {
    of(code) {
      let store = open.get(code);
      if (store === undefined) {
        store = openLinkStore(pathOf(code));
        store.catch(() => open.delete(code));
        open.set(code, store);
      }
      return store;
    },
    async close() {
      for (const store of open.values()) await (await store).destroy();
    },
  };
}
