import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * What every page tells a browser: nothing from elsewhere, scripts and fonts of
 * ours alone, and in whose frames it may stand (nobody's by default).
 */
export function pageHeaders(
  origin: string,
  ancestors: readonly string[] = [],
): MiddlewareHandler {
  const framed = ancestors.length > 0;
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: framed ? [...ancestors] : ["'none'"],
    },
    // An older header that knows no list of origins.
    ...framed && { xFrameOptions: false, crossOriginResourcePolicy: false },
    referrerPolicy: "same-origin",
    strictTransportSecurity: origin.startsWith("https:"),
  });
}
