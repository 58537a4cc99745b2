/** From the settings of a peer to its check. */

import { bareHost } from "../common/host.ts";
import type { KeyPassword } from "../common/tls_request.ts";
import type { Options, TlsOptions, TlsSeeds } from "../options/mod.ts";
import { checkOf } from "./check_of.ts";
import { isPkcs12Name } from "./pkcs12_name.ts";
import type { Fields } from "./schema.ts";
import { type FilledOptions, type PeerEntry, type Settings, SETTINGS_ROW } from "./schema_rows.ts";
import { wantsTls } from "./settings.ts";
import { userOf, withoutIdentity } from "./user_settings.ts";
import { mergeTls, requestOf, type TlsMapping, tlsOfCommandLine } from "./tls_settings.ts";
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
    ...(settings.notify === false ? { isMuted: true } as const : {}),
    check: checkOf(
      { kind: "check", peer: entry.host, port: entry.port },
      optionsWith(settings, given.options),
    ),
    tls: tlsOf(settings, given.options),
    ...userOf(settings),
    ...(deadline === undefined ? {} : { deadlineSeconds: deadline }),
    expect: expectationsOf(settings, given.options),
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
  return {
    ...withoutIdentity(settings, options),
    connectTimeoutSeconds: options.connectTimeoutSeconds ?? PLAN_LIMITS.connect,
    dimseTimeoutSeconds: options.dimseTimeoutSeconds ?? PLAN_LIMITS.dimse,
    ...filledBy(settings),
    ...sourceOf(settings),
  };
}

/** A plan names no port: its peers would take it from each other. */
function sourceOf(
  { sourceAddress: address }: Settings,
): Pick<Options, "sourceAddress"> | undefined {
  return address === undefined ? undefined : { sourceAddress: { address: bareHost(address) } };
}

/** What the settings say in place of options: each key what its row `sets`. */
function filledBy(settings: Settings): FilledOptions {
  // What was read by a row is of the type that follows from it, as that of the field does.
  return Object.fromEntries(fillings(SETTINGS_ROW.fields, settings)) as FilledOptions;
}

function fillings(fields: Fields, values: object): readonly (readonly [string, unknown])[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const row = fields[key];
    if (row?.kind === "mapping") return fillings(row.fields, value);
    return row?.sets === undefined ? [] : [[row.sets, value] as const];
  });
}

/** What the plan says of TLS over what the command line says; key by key, so that nothing is lost on the way. */
function tlsOf(settings: Settings, options: Options): TlsOptions {
  if (settings.tls === undefined) return options.tls;
  if (!wantsTls(settings, options)) return { mode: "off" };
  const tls = mergeTls(tlsOfCommandLine(options) ?? {}, settings.tls);
  const shared = { ...requestOf(tls), ...seedOf(options) };
  const { key, certificate = isPkcs12Name(key) ? key : undefined } = tls;
  if (key === undefined || certificate === undefined) return { mode: "anonymous", ...shared };
  const password = passwordOf(settings.tls, options);
  return { mode: "authenticated", keyFile: key, certificateFile: certificate, password, ...shared };
}

function seedOf({ tls }: Options): TlsSeeds {
  return tls.mode === "off"
    ? { seedFile: undefined, writeSeedFile: undefined }
    : { seedFile: tls.seedFile, writeSeedFile: tls.writeSeedFile };
}

/**
 * The plan's own password, else what the command line names.
 *
 * Nobody is asked for the password of a key of the plan, in the middle of many checks: without one it must not need any.
 */
function passwordOf({ key, keyPassword }: TlsMapping, { tls }: Options): KeyPassword {
  if (keyPassword !== undefined) return { kind: "given", password: keyPassword };
  const password = tls.mode === "authenticated" ? tls.password : undefined;
  const isNamed = password?.kind === "given" || password?.kind === "file";
  return password !== undefined && (isNamed || key === undefined) ? password : { kind: "none" };
}

function expectationsOf(
  { expect = {} }: Settings,
  { expiryWarnDays }: Pick<Options, "expiryWarnDays">,
): Expectations {
  const { maxLatency, rejected, refused, implementationVersion, tls } = expect;
  const warnDaysValid = tls?.warnDaysValid ?? expiryWarnDays;
  return {
    reachable: expect.reachable ?? true,
    ...(rejected === undefined ? {} : { rejected: rejectionOf(rejected) }),
    ...(refused === undefined ? {} : { refused }),
    ...(maxLatency === undefined ? {} : { maxLatencyMs: maxLatency * 1000 }),
    ...(tls?.minDaysValid === undefined ? {} : { minDaysValid: tls.minDaysValid }),
    ...(warnDaysValid === undefined ? {} : { warnDaysValid }),
    ...(tls?.allow === undefined ? {} : { allowedWeaknesses: tls.allow }),
    ...(implementationVersion === undefined ? {} : { implementationVersion }),
  };
}

function rejectionOf(text: string): "any" | RejectionCodes {
  const [result, source, reason] = text.split("/").map(Number);
  if (result === undefined || source === undefined || reason === undefined) return "any";
  return { result, source, reason };
}
