declare const operational: unique symbol;

/**
 * Exact current figures of a running service, such as the people in a shelter.
 * Never a statistic about persons over time and never public: they lie at the
 * broker in entities of operational types, which it hands only to the roles
 * that run the service, each reading recorded.
 */
export type Operational<Figures extends object = object> =
  & Readonly<Figures>
  & { readonly [operational]: true };

/** Marks figures as operational; a service that does not run has none. */
export function asOperational<Figures extends object>(
  runs: boolean,
  figures: Figures,
): Operational<Figures> | undefined {
  return runs ? figures as Operational<Figures> : undefined;
}
