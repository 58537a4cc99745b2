/** Settings of servers whose messages tests change. */

import { createPrivateKey } from "node:crypto";
import { buildCertificate, makeKey, simpleName, time } from "./cert_builder.ts";

const KEY = makeKey("p256");
const CERTIFICATE = buildCertificate({
  version: 2,
  serial: Uint8Array.of(1),
  issuer: simpleName("server"),
  subject: simpleName("server"),
  notBefore: time(1e9),
  notAfter: time(3e9),
  spki: KEY.spki,
  extensions: [],
  signing: { key: KEY, hash: "sha256" },
});
const SERVER = {
  certificate: CERTIFICATE,
  key: createPrivateKey(KEY.privateKey.export({ type: "pkcs8", format: "pem" }) as string),
  scheme: 0x0403,
  hash: "sha256",
  asksForCertificate: true,
} as const;
/** One server of TLS 1.3, one of 1.2 and one of 1.0, all of which ask for a certificate. */
export const SERVERS = [
  { ...SERVER, version: 0x0304, suite: 0x1301 },
  { ...SERVER, version: 0x0303, suite: 0xc02b },
  { ...SERVER, version: 0x0301, suite: 0xc009 },
] as const;
