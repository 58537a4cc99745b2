/** The certificates of the README's failure over TLS: of a hospital's authority, and of a server, expired 12 days ago. */

import { encodeDer, TAG } from "../../src/tls/mod.ts";
import {
  attribute,
  buildCertificate,
  extension,
  makeKey,
  name,
  sequence,
  time,
} from "./cert_builder.ts";

const DAY = 86_400;
const COMMON_NAME = "2.5.4.3";
const BASIC_CONSTRAINTS = "2.5.29.19";

/** Writes `ca.pem`, `server.key` and `server.pem` into a folder. */
export async function writeExpiredPki(folder: string): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const [authority, server] = [makeKey("p256"), makeKey("p256")];
  const [issuer, subject] = ["Hospital CA", "pacs"].map((text) =>
    name([[attribute(COMMON_NAME, text)]])
  ) as [Uint8Array, Uint8Array];
  const isAuthority = sequence(encodeDer(TAG.boolean, Uint8Array.of(0xff)));
  const common = {
    version: 2,
    issuer,
    notBefore: time(now - 400 * DAY),
    signing: { key: authority, hash: "sha256" },
  } as const;
  const ca = buildCertificate({
    ...common,
    serial: Uint8Array.of(1),
    subject: issuer,
    notAfter: time(now + 400 * DAY),
    spki: authority.spki,
    extensions: [extension(BASIC_CONSTRAINTS, isAuthority, true)],
  });
  const own = buildCertificate({
    ...common,
    serial: Uint8Array.of(2),
    subject,
    notAfter: time(now - 12.5 * DAY),
    spki: server.spki,
    extensions: [],
  });
  const key = server.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  await Deno.writeTextFile(`${folder}/ca.pem`, pem(ca));
  await Deno.writeTextFile(`${folder}/server.pem`, pem(own));
  await Deno.writeTextFile(`${folder}/server.key`, key);
}

function pem(der: Uint8Array): string {
  const lines = der.toBase64().replaceAll(/.{1,64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}
