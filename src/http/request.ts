/** What is asked for by a request whose head `node:http` has read, or why it is not answered. */

import type { IncomingMessage } from "node:http";

/** A request that can be answered. */
export interface HttpRequest {
  /** What is asked for. */
  readonly method: "GET" | "HEAD" | "POST";
  /** Path, decoded by nobody: `/metrics`. */
  readonly path: string;
  /** What follows the question mark. */
  readonly query: URLSearchParams;
  /** Header fields by name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Host of the request target or of the Host field, without port, in lower case; `undefined`: HTTP/1.0 without. */
  readonly host: string | undefined;
  /** The same with its port, if it has one. */
  readonly authority: string | undefined;
}

/** A request that cannot be answered. */
export interface HttpProblem {
  /** Status code of the answer. */
  readonly status: 400 | 403 | 405 | 408 | 421 | 431 | 505;
  /** One sentence. */
  readonly problem: string;
}

/** The part of `IncomingMessage` that is read. */
export type HttpHead = Pick<
  IncomingMessage,
  "method" | "url" | "httpVersion" | "headers" | "rawHeaders"
>;

/** Fields that must not come twice: which one counts would be anybody's guess. */
const SINGLE = ["host", "content-length", "x-prometheus-scrape-timeout-seconds", "origin"];

/** Reads the head of a request; of the paths only `posts` take a POST. */
export function readRequest(
  head: HttpHead,
  posts: readonly string[],
): HttpRequest | HttpProblem {
  const { method, url = "", httpVersion } = head;
  if (httpVersion !== "1.0" && httpVersion !== "1.1") {
    return { status: 505, problem: "only HTTP/1.0 and HTTP/1.1 are understood" };
  }
  if (SINGLE.some((name) => countOf(head, name) > 1)) return bad("a header field is there twice");
  const headers = Object.fromEntries(
    Object.entries(head.headers).map(([name, value]) => [name, String(value)]),
  );
  if ((headers["content-length"] ?? "0") !== "0" || "transfer-encoding" in headers) {
    return bad("requests to this server have no body");
  }
  const target = readTarget(url);
  const isPost = method === "POST" && target !== undefined && posts.includes(target.path);
  if (method !== "GET" && method !== "HEAD" && !isPost) {
    return { status: 405, problem: "only GET and HEAD are answered" };
  }
  if (target === undefined) return bad("the request target must be a path");
  if (httpVersion === "1.1" && headers.host === undefined) return bad("the Host header is missing");
  // RFC 9112 3.2.2: the host of an absolute target counts, whatever the field says.
  const authority = (target.authority ?? headers.host)?.toLowerCase();
  const host = authority === undefined ? undefined : HOST.exec(authority)?.[1];
  if (authority !== undefined && host === undefined) return bad("the Host header is malformed");
  const { path, query } = target;
  return { method, path, query, headers, host, authority };
}

interface RequestTarget {
  /** Of the absolute form. */
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Reads the origin form and the absolute form (RFC 9112 3.2.1, 3.2.2). */
function readTarget(url: string): RequestTarget | undefined {
  if (url.includes("#") || !/^[!-~]+$/.test(url)) return undefined;
  if (url.startsWith("/")) return { authority: undefined, ...splitQuery(url) };
  if (url.slice(0, SCHEME.length).toLowerCase() !== SCHEME) return undefined;
  const rest = url.slice(SCHEME.length);
  const end = rest.search(/[/?]/);
  return end < 0
    ? { authority: rest, ...splitQuery("") }
    : { authority: rest.slice(0, end), ...splitQuery(rest.slice(end)) };
}

const SCHEME = "http://";

function splitQuery(text: string): Pick<RequestTarget, "path" | "query"> {
  const mark = text.indexOf("?");
  const path = mark < 0 ? text : text.slice(0, mark);
  return {
    path: path === "" ? "/" : path,
    query: new URLSearchParams(mark < 0 ? "" : text.slice(mark + 1)),
  };
}

/** A name, an address, or an IPv6 address in brackets, in lower case; then a port (RFC 9110 7.2). */
const HOST = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{0,5})?$/;

function countOf({ rawHeaders }: HttpHead, name: string): number {
  return rawHeaders.filter((word, at) => at % 2 === 0 && word.toLowerCase() === name).length;
}

function bad(problem: string): HttpProblem {
  return { status: 400, problem };
}
