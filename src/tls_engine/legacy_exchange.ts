/** The key exchange up to TLS 1.2 (RFC 5246 7.4.3, 7.4.7; RFC 8422 5.4, 5.7): what the server sends for it, and our answer. */

import { Buffer } from "node:buffer";
import { constants, publicEncrypt } from "node:crypto";
import { keyObject, type PublicKey } from "../tls/mod.ts";
import { VERSION } from "./codes.ts";
import { agreeDh } from "./dh.ts";
import { EngineError, require } from "./failure.ts";
import { makeShare } from "./groups.ts";
import { highest, type ServerHello } from "./hello.ts";
import type { Randoms } from "./legacy_keys.ts";
import { verifyProof } from "./signatures.ts";
import type { ClientSettings } from "./types.ts";
import { join, number, vector, WireReader } from "./wire.ts";

/** What an exchange comes to. */
export interface Exchange {
  /** Body of our ClientKeyExchange. */
  readonly message: Uint8Array;
  /** The premaster secret. */
  readonly premaster: Uint8Array;
  /** Group as on the wire. */
  readonly group?: number;
  /** Bits of the DH prime. */
  readonly dhBits?: number;
  /** Scheme of the server's signature as on the wire. */
  readonly scheme?: number | undefined;
}

/** What an exchange is made with. */
export interface ExchangeDeps {
  /** How to be a client. */
  readonly settings: ClientSettings;
  /** What was negotiated. */
  readonly hello: ServerHello;
  /** The key of the server's certificate. */
  readonly key: PublicKey;
  /** Random bytes of both sides, which the server signs. */
  readonly randoms: Randoms;
}

/** Kinds of keys that fit each way of signing. */
const SIGNING_KEYS = {
  rsa: ["rsa", "rsa-pss"],
  dss: ["dsa"],
  ecdsa: ["ec", "ed25519", "ed448"],
} as const;

/** Whether the key of the server's certificate fits the suite; else throws an `EngineError`. */
export function requireFittingKey(key: PublicKey, { suite }: ServerHello): void {
  const kinds: readonly (string | undefined)[] = suite.exchange === "rsa"
    ? ["rsa"]
    : SIGNING_KEYS[suite.authentication];
  require(kinds.includes(key.kind) && key.isUsable, "certificate-key");
}

/** Makes the exchange from the body of the ServerKeyExchange; `undefined`: none came. Throws `EngineError`. */
export function makeExchange(body: Uint8Array | undefined, deps: ExchangeDeps): Exchange {
  const { exchange } = deps.hello.suite;
  if (exchange === "rsa") {
    require(body === undefined, "message");
    return rsaExchange(deps);
  }
  if (body === undefined) throw new EngineError("message");
  return exchange === "dhe" ? dhExchange(body, deps) : ecExchange(body, deps);
}

/** PKCS #1 v1.5 by hand (RFC 8017 7.2.1), so that its randomness is ours; nothing of it needs to stay hidden here. */
function rsaExchange({ settings, key }: ExchangeDeps): Exchange {
  const { random } = settings;
  const version = Math.min(highest(settings), VERSION.tls12);
  const premaster = join(number(version, 2), random(46));
  const length = Math.ceil(key.bits / 8);
  const room = length - premaster.length - 3;
  require(room >= 8, "certificate-key");
  const padding = random(room).map((byte) => byte === 0 ? 1 : byte);
  const block = join(Uint8Array.of(0, 2), padding, Uint8Array.of(0), premaster);
  return { message: vector(2, rawEncrypt(block, key)), premaster };
}

/** RSA without padding. Throws the `EngineError` of a key that the runtime's cryptography refuses. */
function rawEncrypt(block: Uint8Array, key: PublicKey): Uint8Array {
  const padding = constants.RSA_NO_PADDING;
  try {
    return Uint8Array.from(publicEncrypt({ key: keyObject(key), padding }, Buffer.from(block)));
  } catch {
    throw new EngineError("certificate-key");
  }
}

function dhExchange(body: Uint8Array, deps: ExchangeDeps): Exchange {
  const reader = new WireReader(body);
  const parameters = {
    prime: reader.vector(2),
    generator: reader.vector(2),
    peer: reader.vector(2),
  };
  const scheme = verifyParameters(body, { reader, deps });
  const { publicValue, secret, bits } = agreeDh(parameters, deps.settings.random);
  return { message: vector(2, publicValue), premaster: secret, dhBits: bits, scheme };
}

const NAMED_CURVE = 3;

function ecExchange(body: Uint8Array, deps: ExchangeDeps): Exchange {
  const { random, offer } = deps.settings;
  const reader = new WireReader(body);
  require(reader.number(1) === NAMED_CURVE, "group");
  const group = reader.number(2);
  const point = reader.vector(1);
  require(offer.groups.includes(group), "group");
  const scheme = verifyParameters(body, { reader, deps });
  const share = makeShare(group, random);
  const premaster = share.agree(point);
  return { message: vector(1, share.publicValue), premaster, group, scheme };
}

/** The signature goes over both sides' random bytes and the parameters as they come before it. */
function verifyParameters(
  body: Uint8Array,
  { reader, deps }: { readonly reader: WireReader; readonly deps: ExchangeDeps },
): number | undefined {
  const { settings, hello: { version }, key, randoms } = deps;
  const message = join(randoms.client, randoms.server, body.subarray(0, reader.offset));
  const code = version < VERSION.tls12 ? undefined : reader.number(2);
  require(code === undefined || settings.offer.schemes.includes(code), "signature-scheme");
  const signature = reader.vector(2);
  reader.end();
  verifyProof({ key, code, version, message, signature });
  return code;
}
