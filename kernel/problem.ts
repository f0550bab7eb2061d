import type { Text } from "./language.ts";

/**
 * What a caller may be told went wrong. The first eight are the error types of
 * CIM 009 5.5.2; the others are the platform's own, in the words of HTTP.
 */
export type ProblemKind =
  | "InvalidRequest"
  | "BadRequestData"
  | "AlreadyExists"
  | "OperationNotSupported"
  | "ResourceNotFound"
  | "LdContextNotAvailable"
  | "NonexistentTenant"
  | "TooManyResults"
  | "Unauthorized"
  | "Forbidden"
  | "MethodNotAllowed"
  | "NotAcceptable"
  | "Conflict"
  | "Gone"
  | "PayloadTooLarge"
  | "UnsupportedMediaType"
  | "TooManyRequests"
  | "Unavailable";

/** An expected failure. Any other error that is thrown is a bug. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly kind: ProblemKind;
  /** Seconds after which the caller may try again, for `Unavailable` and `TooManyRequests`. */
  readonly retryAfter: number | undefined;
  /** What a person should know of it, such as why something was withdrawn. */
  readonly reason: Text | undefined;

  constructor(
    kind: ProblemKind,
    message: string,
    options?: ErrorOptions & { retryAfter?: number; reason?: Text },
  ) {
    super(message, options);
    this.kind = kind;
    this.retryAfter = options?.retryAfter;
    this.reason = options?.reason;
  }
}
