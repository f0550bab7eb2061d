import { Problem, type ProblemKind } from "@hiraku/kernel";

const STATUS: Record<ProblemKind, number> = {
  InvalidRequest: 400,
  BadRequestData: 400,
  AlreadyExists: 409,
  OperationNotSupported: 422,
  ResourceNotFound: 404,
  LdContextNotAvailable: 503,
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

/** The only place where a thrown error becomes an HTTP answer (RFC 9457). */
export function problemResponse(error: unknown): Response {
  const known = error instanceof Problem;
  const title = known ? error.kind : "InternalError";
  const status = known ? STATUS[error.kind] : 500;
  const detail = known ? error.message : "The server failed";
  const type = `https://uri.etsi.org/ngsi-ld/errors/${title}`;
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (known && error.retryAfter !== undefined) {
    headers.set("Retry-After", String(error.retryAfter));
  }
  if (status === 401) headers.set("WWW-Authenticate", 'Bearer realm="hiraku"');
  return new Response(
    JSON.stringify({ type, title, status, detail }),
    { status, headers },
  );
}
