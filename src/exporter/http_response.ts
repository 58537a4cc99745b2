/** Answers of the exporter as bytes. */

/** An answer. */
export interface HttpResponse {
  /** Status code. */
  readonly status: number;
  /** Media type of the body. */
  readonly type: string;
  /** The body. */
  readonly body: string;
}

/** Plain text of one line. */
export function textResponse(status: number, line: string): HttpResponse {
  return { status, type: "text/plain; charset=utf-8", body: `${line}\n` };
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
  505: "HTTP Version Not Supported",
};

/**
 * Encodes `response`; every connection serves one request, which costs little and leaves nothing to keep track of.
 *
 * A page may use style sheets of its own and nothing else, whatever a peer may have put into it.
 */
export function encodeResponse(
  response: HttpResponse,
  { now, withBody }: { readonly now: number; readonly withBody: boolean },
): Uint8Array {
  const { status, type, body } = response;
  const content = new TextEncoder().encode(body);
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? "Unknown"}`,
    `Date: ${new Date(now).toUTCString()}`,
    `Content-Type: ${type}`,
    `Content-Length: ${content.length}`,
    "Connection: close",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
    ...(status === 405 ? ["Allow: GET, HEAD"] : []),
    ...(status === 503 ? ["Retry-After: 1"] : []),
  ];
  const headBytes = new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n`);
  if (!withBody) return headBytes;
  const whole = new Uint8Array(headBytes.length + content.length);
  whole.set(headBytes);
  whole.set(content, headBytes.length);
  return whole;
}
