import { Problem, type Role } from "@hiraku/kernel";

declare const operational: unique symbol;

/** A service that is running now and is steered by exact figures. */
export interface RunningService {
  readonly kind: "shelter" | "counter";
  readonly id: string;
  readonly municipality: string;
  readonly openedAt: string;
  /** Set once it has closed; from then on nothing exact may be shown. */
  readonly closedAt: string | undefined;
}

/**
 * Exact current figures of a running service. Never a statistic about persons
 * over time and never public: only `readOperational()` hands the figures out.
 */
export interface Operational<Figures extends object = object> {
  readonly [operational]: true;
  readonly service: RunningService;
  readonly readers: readonly Role[];
}

const READERS: Record<RunningService["kind"], readonly Role[]> = {
  shelter: ["hq", "section"],
  counter: ["section"],
};

const held = new WeakMap<Operational, object>();

/** Marks figures as operational. Throws `Problem` "Gone" when the service has closed. */
export function asOperational<Figures extends object>(
  service: RunningService,
  figures: Figures,
): Operational<Figures> {
  refuseClosed(service);
  const passport = {
    service,
    readers: READERS[service.kind],
  } as unknown as Operational<Figures>;
  held.set(passport, figures);
  return passport;
}

/**
 * The figures, for a caller who holds one of the reading roles and whose
 * reading was recorded first. Throws `Problem` "Forbidden" for everyone else
 * and "Gone" after closing; nothing is handed out when recording fails.
 */
export async function readOperational<Figures extends object>(
  passport: Operational<Figures>,
  roles: ReadonlySet<Role>,
  record: (service: RunningService) => Promise<void>,
): Promise<Figures> {
  refuseClosed(passport.service);
  if (!passport.readers.some((role) => roles.has(role))) {
    throw new Problem(
      "Forbidden",
      `This needs one of the roles ${passport.readers.join(", ")}`,
    );
  }
  await record(passport.service);
  return held.get(passport) as Figures;
}

function refuseClosed({ closedAt }: RunningService): void {
  if (closedAt === undefined) return;
  throw new Problem("Gone", "The service has closed");
}
