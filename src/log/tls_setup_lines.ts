/** The reference's lines about preparing TLS. */

import { unreachable } from "../errors.ts";
import type {
  LibraryFailure,
  TlsProfileName,
  TlsSetupEvent,
  TlsSetupProblem,
} from "../tls/types.ts";
import { LOGGERS, type LogMessage, messageTo } from "./message.ts";
import { libraryError } from "./tls_lines.ts";
import type { LogLevel } from "./types.ts";

/** The names of profiles, as the tls room has them. */
export type ProfileNames = (profile: TlsProfileName) => string;

/** The messages for something that does not end the run. */
export function tlsSetupMessages(event: TlsSetupEvent): readonly LogMessage[] {
  switch (event.type) {
    case "trust-unusable": {
      const text = event.what === "directory"
        ? `unable to load certificates from directory '${event.path}', ignoring`
        : `unable to load ${event.what} '${event.path}', ignoring`;
      return [...libraryLines(event.error), tls("warn", text)];
    }
    case "own-certificate-weak":
      return [tls("warn", event.text)];
    case "own-chain-damaged":
      return libraryLines(event.error);
    case "own-certificate-unfit":
      return [tls("warn", unfitText(event))];
    case "suite-discouraged":
      return [tls(
        "warn",
        `Ciphersuite '${event.suite}' uses ${event.keyTransport ? "" : "NO "}RSA key transport. ` +
          "RFC 7525 recommends that such cipher suites should not be used.",
      )];
    case "suites-missing":
      return [];
    default:
      return unreachable(event);
  }
}

function unfitText(
  { path, why }: Extract<TlsSetupEvent, { type: "own-certificate-unfit" }>,
): string {
  switch (why) {
    case "expired":
      return `the certificate in '${path}' has expired, clients will refuse it`;
    case "not-yet-valid":
      return `the certificate in '${path}' is not valid yet, clients will refuse it`;
    case "not-for-servers":
      return `the certificate in '${path}' is not made for TLS servers (serverAuth), clients will refuse it`;
    default:
      return unreachable(why);
  }
}

/** The messages for what ends the run. */
export function tlsProblemMessages(
  problem: TlsSetupProblem,
  nameOf: ProfileNames,
): readonly LogMessage[] {
  switch (problem.kind) {
    case "key":
      return [
        ...libraryLines(problem.error),
        fatal(`000b:0004 Unable to load private TLS key from '${problem.path}'`),
      ];
    case "certificate":
      return [...libraryLines(problem.error), noMatch(problem)];
    case "mismatch":
      return [noMatch(problem)];
    case "password-file":
      return [fatal(`the password file '${problem.path}' ${problem.why}`)];
    case "suite-unknown":
    case "suite-unsupported":
    case "suite-forbidden":
      return suiteMessages(problem, nameOf);
    case "profile-unsupported":
      return [
        fatal(
          "000b:0018 DICOM TLS Secure Transport Connection Profile not supported: " +
            nameOf(problem.profile),
        ),
      ];
    case "no-anchors":
      return [fatal(noAnchorsText(problem))];
    case "public-roots":
      return [fatal(`cannot read the public root certificates: ${problem.text}`)];
    default:
      return unreachable(problem);
  }
}

function noAnchorsText(
  { asked, named }: Extract<TlsSetupProblem, { kind: "no-anchors" }>,
): string {
  const what = asked.length === 0
    ? ""
    : ` as ${asked.join(", ")} ask${asked.length > 1 ? "" : "s"}`;
  const lack = named.length === 0
    ? "no trusted certificate is named"
    : `no trusted root certificate was found in ${named.join(", ")}`;
  return `certificates of clients cannot be checked${what}: ${lack}`;
}

function suiteMessages(
  problem: Extract<TlsSetupProblem, { readonly suite: string }>,
  nameOf: ProfileNames,
): readonly LogMessage[] {
  switch (problem.kind) {
    case "suite-unknown":
      return [fatal("0001:0007 Illegal call, perhaps wrong parameters")];
    case "suite-unsupported":
      return [
        tls(
          "fatal",
          `Ciphersuite '${problem.suite}' not supported by the OpenSSL library used to compile ` +
            "this application.",
        ),
        fatal(`000b:0003 Unknown or invalid ciphersuite: ${problem.suite}`),
      ];
    case "suite-forbidden":
      return [
        tls("fatal", forbiddenText(problem, nameOf(problem.profile))),
        fatal("000b:000a Ciphersuite not allowed in current DICOM security profile"),
      ];
    default:
      return unreachable(problem);
  }
}

function forbiddenText(
  { suite, why }: Extract<TlsSetupProblem, { kind: "suite-forbidden" }>,
  profile: string,
): string {
  switch (why) {
    case "unencrypted":
      return `Unencrypted ciphersuite '${suite}' not permitted with security profile '${profile}'`;
    case "sha1":
      return `Ciphersuite '${suite}' using SHA-1 MAC not permitted with security profile ` +
        `'${profile}'`;
    case "any":
      return `Additional ciphersuites not permitted with security profile '${profile}'`;
    default:
      return unreachable(why);
  }
}

function noMatch({ keyPath, path }: { readonly keyPath: string; readonly path: string }) {
  return fatal(`000b:0006 Private key '${keyPath}' and certificate '${path}' do not match`);
}

function libraryLines(error: LibraryFailure | undefined): readonly LogMessage[] {
  return error === undefined ? [] : [tls("error", libraryError(error))];
}

function tls(level: LogLevel, text: string): LogMessage {
  return messageTo(LOGGERS.tls, { level, text });
}

function fatal(text: string): LogMessage {
  return messageTo(LOGGERS.app, { level: "fatal", text });
}
