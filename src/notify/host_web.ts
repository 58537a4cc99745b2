/**
 * Posts messages over HTTP. Part of the adapter to the runtime.
 *
 * `https` goes by the runtime's own client, which verifies the server and goes through the proxy that HTTPS_PROXY
 * names. `http`, which is for this computer only, goes by `node:http`: the other would ask a proxy for that as well.
 * No redirect is followed: what is secret is for the server that was named.
 */

import { errorCode, errorWords } from "../system/mod.ts";
import type { SendOutcome } from "./courier.ts";
import { oneLineOf } from "./words.ts";

/** How to post. */
export interface WebDeps {
  /** Certificates (PEM) that are trusted besides the public ones. */
  readonly caCerts: readonly string[];
  /** The bearer token, where the server wants one. */
  readonly token: string | undefined;
  /** Names the program. */
  readonly userAgent: string;
}

/** How long a server may take: 10 s. */
const POST_MS = 10_000;

/** Statuses of a message that would be refused again. */
const REFUSED: readonly number[] = [400, 413, 415, 422];

/** Longest pause that a server may ask for: 10 min. */
const LONGEST_PAUSE_MS = 600_000;

/** Posts JSON; says what came of it, without the address. */
export async function post(
  { url, body }: { readonly url: string; readonly body: string },
  { signal, ...deps }: WebDeps & { readonly signal: AbortSignal },
): Promise<SendOutcome> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(POST_MS)]);
  const headers = {
    "content-type": "application/json",
    "user-agent": deps.userAgent,
    ...(deps.token === undefined ? {} : { authorization: `Bearer ${deps.token}` }),
  };
  const request = { url, body, headers, signal: limit };
  try {
    const answer = url.startsWith("http:")
      ? await postPlain(request)
      : await postSecure(request, deps.caCerts);
    return outcomeOf(answer);
  } catch (error) {
    if (signal.aborted) return { failure: "the end came first" };
    if (limit.aborted) return { failure: `no answer within ${POST_MS / 1000} s` };
    return { failure: failureText(error) };
  }
}

interface Request {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
}

async function postSecure(
  { url, ...request }: Request,
  caCerts: readonly string[],
): Promise<Answer> {
  using client = Deno.createHttpClient({ caCerts: [...caCerts], poolMaxIdlePerHost: 0 });
  const init = { ...request, method: "POST", redirect: "manual", client } as const;
  const response = await fetch(url, init);
  // The status has come, which is all that counts: a body that never ends would have the message sent twice.
  await response.body?.cancel().catch(() => {});
  return { status: response.status, retryAfter: response.headers.get("retry-after") };
}

async function postPlain({ url, body, headers, signal }: Request): Promise<Answer> {
  const { request } = await import("node:http");
  const bytes = new TextEncoder().encode(body);
  const whole = { ...headers, "content-length": bytes.length };
  return await new Promise((resolve, reject) => {
    const asked = request(url, { method: "POST", headers: whole, signal, agent: false });
    asked.on("error", reject);
    asked.on("response", (response) => {
      const retryAfter = response.headers["retry-after"] ?? null;
      resolve({ status: response.statusCode ?? 0, retryAfter });
      response.destroy();
    });
    asked.end(bytes);
  });
}

function outcomeOf({ status, retryAfter }: Answer): SendOutcome {
  if (status >= 200 && status < 300) return "sent";
  const seconds = /^\d{1,6}$/.test(retryAfter ?? "") ? Number(retryAfter) : 0;
  const pauseMs = Math.min(seconds * 1000, LONGEST_PAUSE_MS);
  const isRedirect = status >= 300 && status < 400;
  const what = isRedirect ? "a redirect, which is not followed" : `status ${status}`;
  return { failure: `it answers with ${what}`, isRefused: REFUSED.includes(status), pauseMs };
}

/** The innermost reason, without the address that the runtime puts into it. */
function failureText(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) return "this program may not connect to it";
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message : "";
  const [, before] = /(: client error \([A-Z][A-Za-z]{0,30}\): )/.exec(message) ?? [];
  const reason = before && message.slice(message.indexOf(before) + before.length);
  const known = reason ??
    (errorCode(cause) === undefined ? "the connection failed" : errorWords(cause));
  const [words = ""] = known.split(" (os error ");
  return oneLineOf(words.replace(/https?:\S*/g, "..."), 200);
}
