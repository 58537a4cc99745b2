/** The test server's half of the key exchange. */

import { Buffer } from "node:buffer";
import {
  constants,
  createDiffieHellman,
  getDiffieHellman,
  type KeyObject,
  privateDecrypt,
  sign,
} from "node:crypto";
import { EXTENSION, VERSION } from "./codes.ts";
import { makeShare } from "./groups.ts";
import type { ServerSettings } from "./testing_types.ts";
import { join, number, vector, WireReader } from "./wire.ts";

/** Parameters to sign, and the shared secret of the client's answer. */
export interface ServerHalf {
  /** Empty with RSA key transport. */
  readonly parameters: Uint8Array;
  /** The premaster secret of a ClientKeyExchange. */
  readonly agree: (message: Uint8Array) => Uint8Array;
}

/** The half for one way of agreeing. */
export function serverHalf(
  exchange: "rsa" | "dhe" | "ecdhe",
  { key, group = 0x17 }: Pick<ServerSettings, "key" | "group">,
): ServerHalf {
  if (exchange === "rsa") {
    return { parameters: new Uint8Array(), agree: (body) => openPremaster(key, body) };
  }
  if (exchange === "dhe") return dhHalf();
  const share = makeShare(group, randomBytes);
  const parameters = join(Uint8Array.of(3), number(group, 2), vector(1, share.publicValue));
  return { parameters, agree: (body) => share.agree(new WireReader(body).vector(1)) };
}

function dhHalf(): ServerHalf {
  const prime = getDiffieHellman("modp14").getPrime();
  const state = createDiffieHellman(prime, Buffer.of(2));
  state.generateKeys();
  const values = [prime, Uint8Array.of(2), state.getPublicKey()];
  return {
    parameters: join(...values.map((value) => vector(2, Uint8Array.from(value)))),
    agree(body) {
      const secret = Uint8Array.from(state.computeSecret(new WireReader(body).vector(2)));
      return secret.subarray(secret.findIndex((byte) => byte !== 0));
    },
  };
}

function openPremaster(key: KeyObject, body: Uint8Array): Uint8Array {
  const sealed = Buffer.from(new WireReader(body).vector(2));
  const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, sealed);
  return Uint8Array.from(block.subarray(-48));
}

/** A signature of the server. */
export function serverSignature(
  { key, hash, pss, version }: ServerSettings,
  message: Uint8Array,
): Uint8Array {
  const isLegacy = version < VERSION.tls12;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const how = pss && !isLegacy ? { key, padding, saltLength: 32 } : key;
  const legacyHash = key.asymmetricKeyType === "rsa" ? "md5-sha1" : "sha1";
  return Uint8Array.from(sign(isLegacy ? legacyHash : hash, Buffer.from(message), how));
}

/** Random bytes of the runtime. */
export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** The first share of a ClientHello. */
export function shareIn(hello: Uint8Array): Uint8Array {
  const reader = new WireReader(hello.subarray(4 + 2 + 32));
  reader.vector(1);
  reader.vector(2);
  reader.vector(1);
  const extensions = new WireReader(reader.vector(2));
  while (true) {
    const type = extensions.number(2);
    const contents = extensions.vector(2);
    if (type !== EXTENSION.keyShare) continue;
    const shares = new WireReader(new WireReader(contents).vector(2));
    shares.bytes(2);
    return shares.vector(2);
  }
}
