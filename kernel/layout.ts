/** Where things lie under the data folder; one folder a municipality. */
export function layout(dataDir: string): Layout {
  const city = (code: string) => `${dataDir}/${code}`;
  return {
    root: dataDir,
    control: `${dataDir}/control.sqlite`,
    harvest: `${dataDir}/harvest`,
    city,
    landing: (code) => `${city(code)}/landing`,
    inbox: (code) => `${city(code)}/inbox`,
    dropped: (code) => `${city(code)}/drop`,
    drafts: (code) => `${city(code)}/drafts`,
    warehouse: (code) => `${city(code)}/warehouse.duckdb`,
    snapshots: (code) => `${city(code)}/snapshots`,
    broker: (code) => `${city(code)}/broker.sqlite`,
    links: (code) => `${city(code)}/links.sqlite`,
    linkKey: (code, link) => `${city(code)}/links/${link}.key`,
    pseudonymKey: (code) => `${city(code)}/pseudonym.key`,
    released: (code, dataset) => `${city(code)}/released/${dataset}`,
    releasedRoot: (code) => `${city(code)}/released`,
  };
}

export interface Layout {
  readonly root: string;
  readonly control: string;
  /** What other portals' catalogues offer, a file a source. */
  readonly harvest: string;
  city(code: string): string;
  /** NDJSON segments written by the collector. */
  landing(code: string): string;
  /** Files handed over for import. */
  inbox(code: string): string;
  /** Files that senders leave with a signed manifest. */
  dropped(code: string): string;
  /** Sheets an officer has uploaded and not yet published. */
  drafts(code: string): string;
  warehouse(code: string): string;
  /** Copies of the warehouse, a folder each. */
  snapshots(code: string): string;
  broker(code: string): string;
  /** What links to outside brokers have still to do. */
  links(code: string): string;
  /** The credential for an outside broker, mode 0600; only *work* reads it. */
  linkKey(code: string, link: string): string;
  /** HMAC keys, mode 0600: the collector makes pseudonyms, *work* brings them to a new epoch. */
  pseudonymKey(code: string): string;
  released(code: string, dataset: string): string;
  releasedRoot(code: string): string;
}
