import { Problem, type ProblemKind } from "@hiraku/kernel";

const STATUS: Record<ProblemKind, number> = {
  InvalidRequest: 400,
  BadRequestData: 400,
  AlreadyExists: 409,
  OperationNotSupported: 422,
  ResourceNotFound: 404,
  LdContextNotAvailable: 504,
  NonexistentTenant: 404,
  TooManyResults: 403,
  Unauthorized: 401,
  Forbidden: 403,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  Conflict: 409,
  Gone: 410,
  PayloadTooLarge: 413,
  UnsupportedMediaType: 415,
  TooManyRequests: 429,
  Unavailable: 503,
};

/** What an answer says of an error, such as one entry of a batch result. */
export function problemDetails(error: unknown): ProblemDetails {
  const known = error instanceof Problem;
  const title = known ? error.kind : "InternalError";
  return {
    type: `https://uri.etsi.org/ngsi-ld/errors/${title}`,
    title,
    status: known ? STATUS[error.kind] : 500,
    detail: known ? error.message : "The server failed",
  };
}

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** The only place where a thrown error becomes an HTTP answer (RFC 9457). */
export function problemResponse(error: unknown): Response {
  const details = problemDetails(error);
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (error instanceof Problem && error.retryAfter !== undefined) {
    headers.set("Retry-After", String(error.retryAfter));
  }
  if (details.status === 401) {
    headers.set("WWW-Authenticate", 'Bearer realm="hiraku"');
  }
  return new Response(JSON.stringify(details), {
    status: details.status,
    headers,
  });
}
