/** The offline checks `+vc` and `+rc`, in the words of the reference. */

import type { Certificate } from "./certificate.ts";
import { ERRNO, type FileFormat, type FileReader, readCertificates } from "./load.ts";
import type { CrlCheck } from "./revocation.ts";
import { TrustStore } from "./store.ts";
import { type Verdict, verifyCertificate } from "./verify.ts";

/** What an offline check found, and prints. */
export interface OfflineResult {
  /** Whether the certificate is what it was to be. */
  readonly isAccepted: boolean;
  /** The line for standard output, without its line end. */
  readonly output: string;
  /** The error line of the log, without `E: `; `undefined` when there is none. */
  readonly errorLine: string | undefined;
  /** The decision after it, when there was a certificate to decide on. */
  readonly verdict: Verdict | undefined;
}

/** What both checks need. */
export interface OfflineSettings {
  /** Reads the file. */
  readonly reader: FileReader;
  /** `-pem` or `-der`. */
  readonly format: FileFormat;
  /** The time to decide for, in milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * `+vc FILE`: is the certificate valid by the trust settings? Further certificates of the file serve as
 * intermediates. Purpose and host name are not asked. Without TLS options (`store` undefined) it fails unread.
 */
export function checkCertificateFile(
  path: string,
  settings: OfflineSettings & {
    readonly store: TrustStore | undefined;
    readonly crlCheck: CrlCheck;
  },
): OfflineResult {
  const { store, format } = settings;
  const failed = (errorLine: string | undefined, verdict?: Verdict): OfflineResult => {
    const output = `Verification of certificate '${path}' failed.`;
    return { isAccepted: false, output, errorLine, verdict };
  };
  if (store === undefined) return failed(undefined);
  const bytes = readBytes(path, settings.reader);
  if (bytes === undefined) return failed(`Cannot open certificate file '${path}'`);
  const [leaf, ...untrusted] = readCertificates(bytes, format);
  if (leaf === undefined) {
    return failed(`Not a ${format === "pem" ? "PEM" : "DER"} certificate file: '${path}'`);
  }
  const verdict = verifyCertificate(leaf, { ...settings, store, untrusted, purpose: "any" });
  if (!verdict.ok) {
    return failed(`certificate verification failed: ${verdict.reason.text}`, verdict);
  }
  const output = `Verification of certificate '${path}' passed.`;
  return { isAccepted: true, output, errorLine: undefined, verdict };
}

/**
 * `+rc FILE`: is the first certificate a valid, self-signed one? Nothing but itself is trusted. As in the
 * reference it need not be that of a CA.
 */
export function checkRootFile(path: string, settings: OfflineSettings): OfflineResult {
  const bytes = readBytes(path, settings.reader);
  const [certificate] = bytes === undefined ? [] : readCertificates(bytes, settings.format);
  const verdict = certificate && verifyAgainstItself(certificate, settings);
  const isAccepted = verdict?.ok === true;
  return {
    isAccepted,
    output: `Certificate '${path}' is ${isAccepted ? "" : "not "}a valid, self-signed root CA.`,
    errorLine: certificate === undefined ? `Cannot read certificate file '${path}'` : undefined,
    verdict,
  };
}

function verifyAgainstItself(certificate: Certificate, settings: OfflineSettings): Verdict {
  const store = new TrustStore(settings.reader, settings.format);
  store.addLoaded({ certificates: [certificate], crls: [] });
  const { nowMs } = settings;
  return verifyCertificate(certificate, {
    store,
    nowMs,
    purpose: "any",
    crlCheck: "none",
    untrusted: undefined,
  });
}

/** A directory opens, and holds nothing, as in the reference. */
function readBytes(path: string, reader: FileReader): Uint8Array | undefined {
  const contents = reader.read(path);
  if (contents.ok) return contents.bytes;
  return contents.errno === ERRNO.isDirectory ? new Uint8Array() : undefined;
}
