/** Servers that take notices, as tests want them: they keep what they get, and answer as told. */

import { createServer as createPlain, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo } from "node:net";
import { untilTrue } from "./until.ts";

/** A request that came. */
export interface Posted {
  /** Path and query. */
  readonly path: string;
  /** The header of that name. */
  readonly authorization: string | undefined;
  /** The body as JSON. */
  // deno-lint-ignore no-explicit-any -- each format has its own
  readonly value: any;
}

/** A server that runs; `await using` stops it. */
export interface Receiver extends AsyncDisposable {
  /** 1..65535, on 127.0.0.1. */
  readonly port: number;
  /** What came, in its order. */
  readonly got: readonly Posted[];
  /** Resolves once so many requests have come; an error when that takes longer than a minute. */
  readonly count: (least: number) => Promise<void>;
}

/** How to answer the request of that number, counted from 1; `undefined`: not at all. */
export type Answers = (
  count: number,
) => { readonly status: number; readonly headers?: Record<string, string> } | undefined;

/** Starts one; with `tls` over TLS. */
export async function startReceiver(
  { answers = () => ({ status: 200 }), endless = false, tls }: {
    readonly answers?: Answers;
    /** Whether bodies of answers never end. */
    readonly endless?: boolean;
    readonly tls?: { readonly key: string; readonly cert: string };
  } = {},
): Promise<Receiver> {
  const got: Posted[] = [];
  const take = (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.on("data", (piece) => void (body += piece));
    request.on("end", () => {
      const { url: path = "", headers: { authorization } } = request;
      got.push({ path, authorization, value: JSON.parse(body) });
      const answer = answers(got.length);
      if (answer === undefined) return;
      response.writeHead(answer.status, answer.headers).write("answer");
      if (!endless) response.end();
    });
  };
  const server = tls === undefined ? createPlain(take) : createSecure({ ...tls }, take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    got,
    count: (least) => untilTrue(() => got.length >= least),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
