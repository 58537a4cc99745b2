/** Key exchange on elliptic curves (RFC 8422, RFC 8446 4.2.8.2, RFC 7748): our share, and what comes of the peer's. */

import { Buffer } from "node:buffer";
import { createECDH, createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import { CURVES, multiplyPoint } from "../tls/mod.ts";
import { EngineError, require } from "./failure.ts";
import { BINARY_CURVES, shareOnBinaryCurve } from "./binary_curves.ts";
import {
  bytesOf,
  type KeyShare,
  type Random,
  requireUncompressed,
  scalarBelow,
} from "./group_numbers.ts";
import { join } from "./wire.ts";

/** Curves that the runtime has, by group. */
const NATIVE: Readonly<Record<number, readonly [name: string, oid: string]>> = {
  0x0016: ["secp256k1", "1.3.132.0.10"],
  0x0017: ["prime256v1", "1.2.840.10045.3.1.7"],
  0x0018: ["secp384r1", "1.3.132.0.34"],
};

/** Curves that it does not have, by group. */
const COMPUTED: Readonly<Record<number, string>> = {
  0x0019: "1.3.132.0.35",
  0x001a: "1.3.36.3.3.2.8.1.1.7",
  0x001b: "1.3.36.3.3.2.8.1.1.11",
  0x001c: "1.3.36.3.3.2.8.1.1.13",
};

/** Montgomery curves, by group: name, length, and what comes before a private and a public value in DER. */
const MONTGOMERY: Readonly<Record<number, readonly [length: number, own: string, peer: string]>> = {
  0x001d: [32, "302e020100300506032b656e04220420", "302a300506032b656e032100"],
  0x001e: [56, "3046020100300506032b656f043a0438", "3042300506032b656f033900"],
};

/** Makes a share in `group`. Throws a `RangeError` for a group that we do not have. */
export function makeShare(group: number, random: Random): KeyShare {
  const native = NATIVE[group];
  if (native !== undefined) return nativeShare(native, random);
  const computed = COMPUTED[group];
  if (computed !== undefined) return computedShare(computed, random);
  const montgomery = MONTGOMERY[group];
  if (montgomery !== undefined) return montgomeryShare(montgomery, random);
  const binary = BINARY_CURVES[group];
  if (binary !== undefined) return shareOnBinaryCurve(binary, random);
  throw new RangeError(`no group ${group}`);
}

function curveOf(oid: string) {
  const curve = CURVES[oid];
  if (curve === undefined) throw new RangeError(`no curve ${oid}`);
  return curve;
}

function nativeShare([name, oid]: readonly [string, string], random: Random): KeyShare {
  const { n, p } = curveOf(oid);
  const length = p.length / 2;
  const own = createECDH(name);
  own.setPrivateKey(Buffer.from(bytesOf(scalarBelow(BigInt(`0x${n}`), random), length)));
  return {
    publicValue: Uint8Array.from(own.getPublicKey()),
    agree(peer) {
      requireUncompressed(peer, length);
      try {
        return Uint8Array.from(own.computeSecret(peer));
      } catch {
        throw new EngineError("point");
      }
    },
  };
}

function computedShare(oid: string, random: Random): KeyShare {
  const curve = curveOf(oid);
  const length = Math.ceil(curve.p.length / 2);
  const times = scalarBelow(BigInt(`0x${curve.n}`), random);
  const publicValue = multiplyPoint(curve, { times });
  if (publicValue === undefined) throw new RangeError(`no point of ${oid}`);
  return {
    publicValue,
    agree(peer) {
      requireUncompressed(peer, length);
      const shared = multiplyPoint(curve, { times, point: peer });
      if (shared === undefined) throw new EngineError("point");
      return shared.subarray(1, 1 + length);
    },
  };
}

function montgomeryShare(
  [length, own, other]: readonly [number, string, string],
  random: Random,
): KeyShare {
  const key = Buffer.from(join(Uint8Array.fromHex(own), random(length)));
  const privateKey = createPrivateKey({ key, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return {
    publicValue: Uint8Array.from(spki.subarray(-length)),
    agree(peer) {
      require(peer.length === length, "point");
      const key = Buffer.from(join(Uint8Array.fromHex(other), peer));
      try {
        const publicKey = createPublicKey({ key, format: "der", type: "spki" });
        const secret = Uint8Array.from(diffieHellman({ privateKey, publicKey }));
        require(secret.some((byte) => byte !== 0), "point");
        return secret;
      } catch {
        // Values of small order give nothing but zeros (RFC 7748 6); the runtime refuses some of them itself.
        throw new EngineError("point");
      }
    },
  };
}
