import { trimOf } from "../trim.ts";
/**
 * Reads the head of an HTTP/1.x request (RFC 9112), and no more of HTTP than a scraper, a browser or a probe sends.
 *
 * The runtime's own server sets no limit to the time and hardly any to the size of a head, and a client that says
 * nothing keeps its connection for ever. Here both are bounded; what is not needed is refused: bodies, other methods
 * than GET and HEAD, folded lines, control characters.
 */

/** A request that can be answered. */
export interface HttpRequest {
  /** What is asked for. */
  readonly method: "GET" | "HEAD";
  /** Path, decoded by nobody: `/probe`. */
  readonly path: string;
  /** What follows the question mark. */
  readonly query: URLSearchParams;
  /** Header fields by name in lower case; several of a name are joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A request that cannot be answered. */
export interface HttpProblem {
  /** Status code of the answer. */
  readonly status: 400 | 405 | 408 | 431 | 505;
  /** One sentence. */
  readonly problem: string;
}

/** Most bytes of a head: request line and fields. Scrapers send about 300, browsers up to 4 KiB. */
export const MAX_HEAD_BYTES = 8192;

/** Whether `bytes` begin as a method does: TLS, DICOM and other binary protocols do not, and need not be waited for. */
export function beginsLikeHttp([first = 0]: Uint8Array): boolean {
  return first >= 0x41 && first <= 0x5a;
}

/** Where the head in `bytes` ends, behind its empty line; `undefined` while it is incomplete. */
export function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = 3; at < bytes.length; at++) {
    const isEnd = bytes[at] === 0x0a && bytes[at - 1] === 0x0d && bytes[at - 2] === 0x0a &&
      bytes[at - 3] === 0x0d;
    if (isEnd) return at + 1;
  }
  return undefined;
}

/** Reads a whole head, empty line included. */
export function parseHead(bytes: Uint8Array): HttpRequest | HttpProblem {
  // Field values are bytes; Latin-1 keeps each as one character.
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const [requestLine = "", ...lines] = text.slice(0, -4).split("\r\n");
  const line = parseRequestLine(requestLine);
  if ("problem" in line) return line;
  const headers = parseFields(lines);
  if (headers === undefined) return bad("a header field is malformed");
  if (line.version === "1.1" && !headers.has("host")) return bad("the Host header is missing");
  const length = headers.get("content-length") ?? "0";
  if (length !== "0" || headers.has("transfer-encoding")) {
    return bad("requests to this server have no body");
  }
  if (line.method !== "GET" && line.method !== "HEAD") {
    return { status: 405, problem: "only GET and HEAD are answered" };
  }
  const [path = "", ...query] = line.target.split("?");
  return {
    method: line.method,
    path,
    query: new URLSearchParams(query.join("?")),
    headers,
  };
}

/** What comes is something else. */
export const NO_HTTP: HttpProblem = bad("this is no HTTP request");

interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

function parseRequestLine(line: string): RequestLine | HttpProblem {
  const match = /^([A-Z]{1,20}) ([!-~]+) HTTP\/(\d\.\d)$/.exec(line);
  if (match === null) return NO_HTTP;
  const [, method = "", target = "", version = ""] = match;
  if (version !== "1.0" && version !== "1.1") {
    return { status: 505, problem: "only HTTP/1.0 and HTTP/1.1 are understood" };
  }
  if (!target.startsWith("/") || target.includes("#")) {
    return bad("the request target must be a path");
  }
  return { method, target, version };
}

/** Fields that must not come twice: which one counts would be anybody's guess. */
const SINGLE = ["host", "content-length", "x-prometheus-scrape-timeout-seconds"];

const FIELD =
  // deno-lint-ignore no-control-regex
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\u0000-\u0008\u000a-\u001f\u007f]*)$/;

function parseFields(lines: readonly string[]): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const match = FIELD.exec(line);
    if (match === null) return undefined;
    const [, name = "", padded = ""] = match;
    const value = trimOf(padded, " \t");
    const key = name.toLowerCase();
    const before = fields.get(key);
    if (before !== undefined && SINGLE.includes(key)) return undefined;
    fields.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return fields;
}

function bad(problem: string): HttpProblem {
  return { status: 400, problem };
}
