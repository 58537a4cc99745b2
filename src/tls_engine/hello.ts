/** The first two messages: our ClientHello, laid out as the reference's, and the ServerHello (RFC 8446 4.1, RFC 5246 7.4.1). */

import { EXTENSION, RENEGOTIATION_SCSV, VERSION } from "./codes.ts";
import { EngineError, require } from "./failure.ts";
import { type SuiteSpec, suiteSpec } from "./suite_spec.ts";
import type { ClientSettings } from "./types.ts";
import { join, number, numbers, same, vector, WireReader } from "./wire.ts";

/** One extension: its number and its contents. */
export type Extensions = ReadonlyMap<number, Uint8Array>;

/** A share of the key exchange of TLS 1.3. */
export interface OfferedShare {
  /** Group as on the wire. */
  readonly group: number;
  /** Our public value. */
  readonly publicValue: Uint8Array;
}

/** What one ClientHello takes besides the settings. */
export interface HelloParts {
  /** 32 bytes. */
  readonly random: Uint8Array;
  /** 32 bytes when TLS 1.3 is offered, else none. */
  readonly sessionId: Uint8Array;
  /** Shares for TLS 1.3. */
  readonly shares: readonly OfferedShare[];
  /** What a HelloRetryRequest wants back. */
  readonly cookie?: Uint8Array | undefined;
  /** Names the groups even where no suite that we know has curves. */
  readonly namesGroups?: boolean;
  /** Compression methods; default: none but the null one. */
  readonly compressions?: readonly number[];
}

/** What a hello is about: all that it takes of the settings. */
export type HelloSettings = Pick<ClientSettings, "offer" | "serverName">;

/** A ClientHello as it was sent. */
export interface ClientHello extends HelloParts {
  /** Without the message header. */
  readonly body: Uint8Array;
  /** The extensions in it. */
  readonly extensions: Extensions;
}

/** Composes the hello. */
export function composeHello(settings: HelloSettings, parts: HelloParts): ClientHello {
  const { suites } = settings.offer;
  const extensions = extensionsOf(settings, parts);
  const list = [...extensions].map(([type, contents]) =>
    join(number(type, 2), vector(2, contents))
  );
  const body = join(
    number(VERSION.tls12 > highest(settings) ? highest(settings) : VERSION.tls12, 2),
    parts.random,
    vector(1, parts.sessionId),
    vector(2, numbers([...suites, RENEGOTIATION_SCSV])),
    vector(1, Uint8Array.from(parts.compressions ?? [0])),
    list.length === 0 ? new Uint8Array() : vector(2, ...list),
  );
  return { ...parts, body, extensions };
}

/** Highest version of the offer. */
export function highest({ offer }: Pick<ClientSettings, "offer">): number {
  return Math.max(...offer.versions);
}

function extensionsOf(settings: HelloSettings, parts: HelloParts): Extensions {
  const { serverName, offer } = settings;
  const { shares, cookie, namesGroups = false } = parts;
  if (highest(settings) < VERSION.tls10) return new Map();
  const offers13 = offer.versions.includes(VERSION.tls13);
  const needsGroups = namesGroups || offers13 ||
    offer.suites.some((code) => suiteSpec(code)?.exchange === "ecdhe");
  const found: [number, Uint8Array][] = [];
  if (serverName !== undefined) {
    const name = vector(2, new TextEncoder().encode(serverName));
    found.push([EXTENSION.serverName, vector(2, Uint8Array.of(0), name)]);
  }
  if (needsGroups) {
    found.push(
      [EXTENSION.pointFormats, vector(1, Uint8Array.of(0, 1, 2))],
      [EXTENSION.groups, vector(2, numbers(offer.groups))],
    );
  }
  found.push(
    [EXTENSION.sessionTicket, new Uint8Array()],
    [EXTENSION.encryptThenMac, new Uint8Array()],
    [EXTENSION.extendedMasterSecret, new Uint8Array()],
  );
  if (highest(settings) >= VERSION.tls12) {
    found.push([EXTENSION.schemes, vector(2, numbers(offer.schemes))]);
  }
  if (!offers13) return new Map(found);
  const list = shares.map(({ group, publicValue }) =>
    join(number(group, 2), vector(2, publicValue))
  );
  found.push(
    [EXTENSION.versions, vector(1, numbers(offer.versions))],
    [EXTENSION.pskModes, vector(1, Uint8Array.of(1))],
    [EXTENSION.keyShare, vector(2, ...list)],
  );
  if (cookie !== undefined) found.push([EXTENSION.cookie, vector(2, cookie)]);
  return new Map(found);
}

/** A ServerHello or a HelloRetryRequest. */
export interface ServerHello {
  /** Negotiated version. */
  readonly version: number;
  /** 32 bytes. */
  readonly random: Uint8Array;
  /** Negotiated suite. */
  readonly suite: SuiteSpec;
  /** What it says of this session. */
  readonly sessionId: Uint8Array;
  /** Its extensions. */
  readonly extensions: Extensions;
  /** Whether it asks for another ClientHello. */
  readonly isRetry: boolean;
}

/** Random bytes of a HelloRetryRequest (RFC 8446 4.1.3). */
export const RETRY: Uint8Array = Uint8Array.fromHex(
  "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c",
);
/** Ends of random bytes by which a server says that it could do better (RFC 8446 4.1.3). */
const DOWNGRADES = [Uint8Array.fromHex("444f574e47524400"), Uint8Array.fromHex("444f574e47524401")];

/** Reads a ServerHello and holds it against what was offered. Throws `EngineError`. */
export function readServerHello(
  bytes: Uint8Array,
  { settings, hello }: { readonly settings: ClientSettings; readonly hello: ClientHello },
): ServerHello {
  const reader = new WireReader(bytes);
  const legacyVersion = reader.number(2);
  const random = reader.bytes(32);
  const sessionId = reader.vector(1);
  const code = reader.number(2);
  const compression = reader.number(1);
  const extensions = readExtensions(reader.atEnd ? new Uint8Array() : reader.vector(2));
  reader.end();
  const version = versionOf(legacyVersion, { extensions, settings });
  require(sessionId.length <= 32, "length");
  const suite = settings.offer.suites.includes(code) ? suiteSpec(code) : undefined;
  if (suite === undefined) throw new EngineError("suite");
  const fits = (suite.minVersion === VERSION.tls13) === (version === VERSION.tls13);
  require(fits && suite.minVersion <= version, "suite");
  require(compression === 0, "compression");
  const isRetry = version === VERSION.tls13 && same(random, RETRY);
  requireAsked(extensions, { version, hello, isRetry });
  const isEcho = same(sessionId, hello.sessionId);
  if (version === VERSION.tls13) require(isEcho && legacyVersion === VERSION.tls12, "session");
  else {
    require(!isEcho || sessionId.length === 0, "session");
    requireNoDowngrade(version, { random, settings });
  }
  return { version, random, suite, sessionId, extensions, isRetry };
}

function versionOf(
  legacyVersion: number,
  { extensions, settings }: {
    readonly extensions: Extensions;
    readonly settings: ClientSettings;
  },
): number {
  const chosen = extensions.get(EXTENSION.versions);
  const version = chosen === undefined ? legacyVersion : exactNumber(chosen);
  require(settings.offer.versions.includes(version), "version");
  require(chosen === undefined || version === VERSION.tls13, "extension-value");
  require(chosen !== undefined || version !== VERSION.tls13, "version");
  return version;
}

function requireNoDowngrade(
  version: number,
  { random, settings }: { readonly random: Uint8Array; readonly settings: ClientSettings },
): void {
  const end = random.subarray(24);
  const couldDoBetter = highest(settings) > version;
  const [below12, below13] = DOWNGRADES.map((mark) => same(mark, end));
  const isMarked = below13 || (below12 && version < VERSION.tls12);
  require(!(couldDoBetter && isMarked), "downgrade");
}

/** Nothing may come that was not asked for (RFC 8446 4.2, RFC 5246 7.4.1.4). */
function requireAsked(
  extensions: Extensions,
  about: { readonly version: number; readonly hello: ClientHello; readonly isRetry: boolean },
): void {
  const { version, hello, isRetry } = about;
  const allowed = version < VERSION.tls13
    ? LEGACY_ANSWERS
    : [EXTENSION.versions, EXTENSION.keyShare, ...isRetry ? [EXTENSION.cookie] : []];
  for (const type of extensions.keys()) {
    // The signalling suite asks for this one, and a cookie comes unasked.
    const isAsked = hello.extensions.has(type) ||
      [EXTENSION.renegotiation, EXTENSION.cookie].some((one) => one === type);
    require(isAsked && allowed.some((one) => one === type), "extension");
  }
}

const LEGACY_ANSWERS: readonly number[] = [
  EXTENSION.serverName,
  EXTENSION.groups,
  EXTENSION.pointFormats,
  EXTENSION.sessionTicket,
  EXTENSION.encryptThenMac,
  EXTENSION.extendedMasterSecret,
  EXTENSION.renegotiation,
];

/** Reads a list of extensions; none may come twice. */
export function readExtensions(bytes: Uint8Array): Extensions {
  const reader = new WireReader(bytes);
  const found = new Map<number, Uint8Array>();
  while (!reader.atEnd) {
    const type = reader.number(2);
    require(!found.has(type), "extension-twice");
    found.set(type, reader.vector(2));
  }
  return found;
}

/** Contents that are one number of two bytes. */
export function exactNumber(bytes: Uint8Array): number {
  const reader = new WireReader(bytes);
  const value = reader.number(2);
  reader.end();
  return value;
}
