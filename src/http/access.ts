/**
 * Who may ask: names of this server, and pages of other sites.
 *
 * A page from elsewhere can have its visitor's browser ask whatever the visitor reaches. By a name of its own that
 * points to us (DNS rebinding) it could read the answers, and so only requests by our own names are answered; it cannot
 * choose an address for a name, so that addresses are harmless. A probe has an effect even when nobody reads the
 * answer, and is not made for other sites at all.
 */

import type { Endpoint } from "../transport/types.ts";
import { addressBytes } from "./address.ts";
import type { HttpProblem, HttpRequest } from "./request.ts";

/** By which hosts requests may call a server. */
export interface OwnHosts {
  /** Names and addresses in lower case, without brackets; `*` is any. */
  readonly names: readonly string[];
  /** Whether every address may be one of ours. */
  readonly anyAddress: boolean;
}

/** What a server that listens at `local` is called, besides the names that it was given. */
export function ownHosts(
  local: Endpoint,
  known: {
    /** The names that options give. */
    readonly given: readonly string[];
    /** The address as it was asked for. */
    readonly address: string | undefined;
    /** The name of the machine. */
    readonly machine: string | undefined;
  },
): OwnHosts {
  const { given, address, machine } = known;
  const bytes = addressBytes(local.host) ?? [];
  const anyAddress = bytes.length > 0 && bytes.every((byte) => byte === 0);
  const isLoopback = bytes.length === 4
    ? bytes[0] === 127
    : bytes.join(".") === addressBytes("::1")?.join(".");
  const names = [
    ...given,
    local.host,
    ...(address === undefined ? [] : [address]),
    ...(anyAddress || isLoopback ? ["localhost"] : []),
    ...(isLoopback || machine === undefined ? [] : [machine]),
  ];
  return { names: names.map(plain), anyAddress };
}

/** Why `request` is not answered, whatever it asks for; `undefined` when it may be. */
export function hostProblem(
  { host }: HttpRequest,
  own: OwnHosts,
  { name: server, option }: {
    /** What the server calls itself, such as `this exporter`. */
    readonly name: string;
    /** The option that gives it names. */
    readonly option: string;
  },
): HttpProblem | undefined {
  if (host === undefined || own.names.includes("*")) return undefined;
  const name = plain(host);
  const bytes = addressBytes(name);
  if (bytes !== undefined && own.anyAddress) return undefined;
  const isOwn = own.names.some((one) =>
    one === name || (bytes !== undefined && addressBytes(one)?.join(".") === bytes.join("."))
  );
  if (isOwn) return undefined;
  return {
    status: 421,
    problem: `${server} is not known by the host name of the request: see ${option}`,
  };
}

/** Why nothing is done for `request`: a page of another site makes it. */
export function siteProblem({ headers, authority }: HttpRequest): HttpProblem | undefined {
  const { origin } = headers;
  const site = headers["sec-fetch-site"] ?? "none";
  const isOwn = (site === "none" || site === "same-origin") &&
    (origin === undefined || originHost(origin) === authority);
  if (isOwn) return undefined;
  return { status: 403, problem: "another site asks for this: open the address by itself" };
}

/** Host and port of an origin (RFC 6454 7.1); `undefined` for `null` and what is malformed. */
function originHost(origin: string): string | undefined {
  return /^https?:\/\/([!-.0-~]{1,300})$/.exec(origin.toLowerCase())?.[1];
}

/** Lower case, without brackets and without the point that may end a name. */
function plain(host: string): string {
  const bare = host.startsWith("[") ? host.slice(1, -1) : host;
  return (bare.endsWith(".") ? bare.slice(0, -1) : bare).toLowerCase();
}
