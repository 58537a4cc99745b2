/** Settings that do not go together, though each is right for itself. */

import type { Options } from "../options/mod.ts";
import type { Problems } from "./problem.ts";
import { isPkcs12Name } from "./pkcs12_name.ts";
import { PEER_ROW, type PeerEntry, type Settings } from "./schema_rows.ts";
import { wantsTls } from "./settings.ts";
import { nodeAt, placeAt, type SourceNode } from "./source.ts";

/** Settings with the place where they are written. */
export interface Origin {
  /** The mapping. */
  readonly node: SourceNode;
  /** In the structure, such as `groups.ct`. */
  readonly path: string;
}

/** A peer, and where its settings come from. */
export interface SecuredPeer extends Origin {
  /** What it says itself. */
  readonly entry: PeerEntry;
  /** Its group and the defaults. */
  readonly inherited: readonly Origin[];
  /** All together. */
  readonly settings: Settings;
}

/** What belongs together in the settings of TLS, wherever it was inherited from. */
export function checkTls(
  peer: SecuredPeer,
  { problems, options }: { readonly problems: Problems; readonly options: Pick<Options, "tls"> },
): void {
  const { settings, entry } = peer;
  const origins = [peer, ...peer.inherited];
  // What is written but wrong was told already: it is not missing.
  const has = (key: string) => origins.some(({ node }) => nodeAt(node, ["tls", key]) !== undefined);
  const complain = (keys: readonly string[], message: string) => {
    const at = origins.find(({ node }) => nodeAt(node, keys) !== undefined) ?? peer;
    problems.add(placeAt(at.node, keys), { path: [at.path, ...keys].join("."), message });
  };
  if (wantsTls(settings, options)) {
    const { key: file } = settings.tls ?? {};
    const hasPart = (key: string) => has(key) || (key === "certificate" && isPkcs12Name(file));
    for (const [key, message] of tlsGaps(hasPart, options)) complain(["tls", key], message);
    return;
  }
  if (hasIdleSettings(origins)) {
    complain(["tls"], "TLS is switched off by an inherited enabled: false (add enabled: true)");
  }
  if (entry.expect?.tls === undefined) return;
  complain(["expect", "tls"], "this peer does not use TLS (give it tls settings)");
}

/** How a user can be named, and what belongs to a name only. */
const USER_KINDS = ["name", "jwtFile", "samlFile", "kerberosFile"] as const;
const USER_PASSWORDS = ["password", "passwordFile"] as const;

/** A user identity is one of four kinds, and only a name has a password. */
export function checkUser({ node, path }: Origin, { problems }: { readonly problems: Problems }) {
  const own = nodeAt(node, ["user"]);
  if (own?.kind !== "mapping") return;
  const given = (keys: readonly string[]) => own.entries.filter(({ key }) => keys.includes(key));
  const complain = (key: string, message: string) =>
    problems.add(placeAt(own, [key]), { path: `${path}.user.${key}`, message });
  const [kind, other] = given(USER_KINDS);
  if (other !== undefined) {
    complain(other.key, `only one of ${USER_KINDS.join(", ")} can be given (remove one of them)`);
  }
  const [password, second] = given(USER_PASSWORDS);
  if (second !== undefined) {
    complain(second.key, "password and passwordFile say the same (remove one of them)");
  }
  if (password !== undefined && kind !== undefined && kind.key !== "name") {
    complain(password.key, `${kind.key} has no password (remove it)`);
  }
  const isOff = own.entries.some(({ key, value }) =>
    key === "enabled" && value.kind === "scalar" && /^false$/i.test(value.text)
  );
  if (kind === undefined && !isOff) {
    const message = `it says nobody (add one of ${USER_KINDS.join(", ")})`;
    problems.add(own.place, { path: `${path}.user`, message });
  }
}

/** A warning comes before it is a failure. */
export function checkValidity(
  peer: SecuredPeer,
  { problems }: { readonly problems: Problems },
): void {
  const { warnDaysValid, minDaysValid } = peer.settings.expect?.tls ?? {};
  if (warnDaysValid === undefined || minDaysValid === undefined) return;
  if (warnDaysValid > minDaysValid) return;
  const keys = ["expect", "tls", "warnDaysValid"];
  const at = [peer, ...peer.inherited].find(({ node }) => nodeAt(node, keys) !== undefined) ?? peer;
  const message = `this is not above minDaysValid, so there would be no warning before the failure`;
  problems.add(placeAt(at.node, keys), { path: [at.path, ...keys].join("."), message });
}

/** Whether the innermost `tls` makes settings and leaves it to others to say that there is no TLS. */
function hasIdleSettings(origins: readonly Origin[]): boolean {
  const own = origins.map(({ node }) => nodeAt(node, ["tls"])).find((tls) => tls !== undefined);
  if (own?.kind !== "mapping" || own.entries.length === 0) return false;
  return own.entries.every(({ key }) => key !== "enabled");
}

/** Whether nothing is missing for the TLS of `settings`, if they want any. */
export function hasWholeTls(settings: Settings, options: Pick<Options, "tls">): boolean {
  const { tls = {} } = settings;
  if (!wantsTls(settings, options)) return true;
  const has = (key: "key" | "certificate" | "keyPassword") =>
    tls[key] !== undefined || (key === "certificate" && isPkcs12Name(tls.key));
  return tlsGaps(has, options).length === 0;
}

/**
 * Which of key, certificate and password lacks another, by its name in the plan, and what to add.
 *
 * A pair comes from one place, the plan or the command line; the plan's password may open the command line's key.
 */
function tlsGaps(
  has: (key: "key" | "certificate" | "keyPassword") => boolean,
  options: Pick<Options, "tls">,
): readonly (readonly [string, string])[] {
  const gaps: (readonly [string, string])[] = [];
  if (has("key") && !has("certificate")) {
    gaps.push(["key", "a key needs a certificate (add certificate)"]);
  }
  if (!has("key") && has("certificate")) {
    gaps.push(["certificate", "a certificate needs a key (add key)"]);
  }
  if (!has("key") && has("keyPassword") && options.tls.mode !== "authenticated") {
    gaps.push(["keyPassword", "a password needs a key (add key and certificate)"]);
  }
  return gaps;
}

/** How a peer can be expected to refuse. */
const REFUSALS: readonly string[] = ["reachable", "rejected", "refused"];

const KNOWN = Object.keys(PEER_ROW.fields.expect.fields);

/**
 * Who expects that a peer refuses can expect nothing of its answers.
 *
 * What a group expects of the answers of its peers does not count for the one of them that must refuse; `expect` is what
 * applies to a peer in the end, and a mistake where it expects answers itself.
 */
export function checkExpectations(
  { node, path }: Origin,
  { problems, expect }: { readonly problems: Problems; readonly expect?: Settings["expect"] },
): void {
  const own = nodeAt(node, ["expect"]);
  if (own?.kind !== "mapping") return;
  const refusal = refusalIn(own) ?? inheritedRefusal(own, expect);
  if (refusal === undefined) return;
  for (const { key, place } of own.entries) {
    if (REFUSALS.includes(key) && !refusal.beside?.includes(key)) continue;
    if (!KNOWN.includes(key)) continue;
    const message = `this cannot be expected together with ${refusal.shown} (${refusal.advice})`;
    problems.add(place, { path: `${path}.expect.${key}`, message });
  }
}

/** How a peer must refuse. */
interface Refusal {
  readonly shown: string;
  /** The other refusals, which cannot stand next to it. */
  readonly beside?: readonly string[];
  readonly advice: string;
}

function refusalIn(own: SourceNode): Refusal | undefined {
  const advice = "remove one of them";
  const reachable = nodeAt(own, ["reachable"]);
  if (reachable?.kind === "scalar" && /^false$/i.test(reachable.text)) {
    return { shown: "reachable: false", beside: ["rejected", "refused"], advice };
  }
  if (nodeAt(own, ["rejected"]) !== undefined) {
    return { shown: "rejected", beside: ["refused"], advice };
  }
  return nodeAt(own, ["refused"]) === undefined ? undefined : { shown: "refused", advice };
}

function inheritedRefusal(own: SourceNode, expect: Settings["expect"]): Refusal | undefined {
  if (nodeAt(own, ["reachable"]) !== undefined) return undefined;
  const advice = "add reachable: true";
  if (expect?.reachable === false) return { shown: "the inherited reachable: false", advice };
  if (expect?.rejected !== undefined) return { shown: "the inherited rejected", advice };
  return expect?.refused === undefined ? undefined : { shown: "the inherited refused", advice };
}
