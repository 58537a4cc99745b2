/** From the settings of a peer to its check. */

import type { Options, TlsOptions, TlsSettings } from "../options/mod.ts";
import { checkOf } from "./check_of.ts";
import type { PeerEntry, Settings } from "./schema_rows.ts";
import { wantsTls } from "./settings.ts";
import type { Expectations, PlanPeer, RejectionCodes } from "./types.ts";

/**
 * Limits of a plan's checks where neither the plan nor the command line sets any, in seconds.
 *
 * A single check waits for the connection as long as the system does (two minutes), and for the answer to an echo
 * as long as for any read. Among hundreds of peers some are always dead, so that these need an end.
 */
const PLAN_LIMITS = { connect: 10, dimse: 30 } as const;

/** The peer `entry`, named `name`; `settings` are its own with those of group and defaults. */
export function planPeer(
  entry: PeerEntry,
  given: { readonly name: string; readonly settings: Settings; readonly options: Options },
): PlanPeer {
  const { name, settings } = given;
  const { note, contact, deadline } = settings;
  return {
    name,
    ...(entry.group === undefined ? {} : { group: entry.group }),
    tags: settings.tags ?? [],
    ...(note === undefined ? {} : { note }),
    ...(contact === undefined ? {} : { contact }),
    check: checkOf(
      { kind: "check", peer: entry.host, port: entry.port },
      optionsWith(settings, given.options),
    ),
    tls: tlsOf(settings, given.options),
    ...(deadline === undefined ? {} : { deadlineSeconds: deadline }),
    expect: expectationsOf(settings),
  };
}

/** Settings for peers that no plan names, as the peer `name` without host and port. */
export function planModule(
  name: string,
  { settings, options }: { readonly settings: Settings; readonly options: Options },
): PlanPeer {
  return planPeer({ host: "", port: 0 }, { name, settings, options });
}

/** The options of the command line with the settings over them. */
function optionsWith(settings: Settings, options: Options): Options {
  const { timeouts = {}, proposals = {} } = settings;
  return {
    ...options,
    callingAeTitle: settings.calling ?? options.callingAeTitle,
    calledAeTitle: settings.called ?? options.calledAeTitle,
    family: settings.family ?? options.family,
    connectTimeoutSeconds: timeouts.connect ?? options.connectTimeoutSeconds ??
      PLAN_LIMITS.connect,
    acseTimeoutSeconds: timeouts.acse ?? options.acseTimeoutSeconds,
    dimseTimeoutSeconds: timeouts.dimse ?? options.dimseTimeoutSeconds ?? PLAN_LIMITS.dimse,
    socketTimeoutSeconds: timeouts.socket ?? options.socketTimeoutSeconds,
    repeat: settings.repeat ?? options.repeat,
    intervalSeconds: settings.interval ?? options.intervalSeconds,
    maximumLength: settings.maxPdu ?? options.maximumLength,
    proposeTransferSyntaxes: proposals.transferSyntaxes ?? options.proposeTransferSyntaxes,
    proposePresentationContexts: proposals.contexts ?? options.proposePresentationContexts,
    abort: settings.abort ?? options.abort,
  };
}

/** What the plan says of TLS; where it says nothing, what the command line says. */
function tlsOf(settings: Settings, options: Options): TlsOptions {
  const { tls } = settings;
  if (tls === undefined) return options.tls;
  if (!wantsTls(settings)) return { mode: "off" };
  const crlFiles = tls.crl ?? [];
  const shared = {
    fileFormat: tls.format ?? "pem",
    certificateFiles: tls.ca ?? [],
    certificateDirectories: tls.caDirectories ?? [],
    crlFiles,
    crlCheck: tls.crlCheck ?? (crlFiles.length > 0 ? "leaf" : "none"),
    profile: tls.profile ?? "bcp195-nd",
    cipherSuites: tls.ciphers ?? [],
    serverName: tls.serverName,
    seedFile: undefined,
    writeSeedFile: undefined,
    peerCertificate: tls.peerCertificate ?? "require",
    ...wantedNameOf(tls),
    ...(tls.trustPublicRoots === true ? { trustPublicRoots: true } as const : {}),
  } as const;
  const { key, certificate } = tls;
  if (key === undefined || certificate === undefined) return { mode: "anonymous", ...shared };
  // Nobody can be asked for a password in the middle of many checks: without one the key must not need any.
  const password = { kind: "given", password: tls.keyPassword ?? "" } as const;
  return { mode: "authenticated", keyFile: key, certificateFile: certificate, password, ...shared };
}

function wantedNameOf(
  { verifyHostname, verifyHostnameAs }: NonNullable<Settings["tls"]>,
): Pick<TlsSettings, "wantedName"> {
  if (verifyHostnameAs !== undefined) {
    return { wantedName: { kind: "name", name: verifyHostnameAs } };
  }
  return verifyHostname === true ? { wantedName: { kind: "peer" } } : {};
}

function expectationsOf({ expect = {} }: Settings): Expectations {
  const { maxLatency, rejected, implementationVersion, tls } = expect;
  return {
    reachable: expect.reachable ?? true,
    ...(rejected === undefined ? {} : { rejected: rejectionOf(rejected) }),
    ...(maxLatency === undefined ? {} : { maxLatencyMs: maxLatency * 1000 }),
    ...(tls?.minDaysValid === undefined ? {} : { minDaysValid: tls.minDaysValid }),
    ...(implementationVersion === undefined ? {} : { implementationVersion }),
  };
}

function rejectionOf(text: string): "any" | RejectionCodes {
  const [result, source, reason] = text.split("/").map(Number);
  if (result === undefined || source === undefined || reason === undefined) return "any";
  return { result, source, reason };
}
