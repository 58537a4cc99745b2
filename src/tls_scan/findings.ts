/** What is known so far: every answer adds to it, whenever the scan ends. */

import { VERSION } from "../tls_engine/mod.ts";
import type { Answer, HandshakeAnswer, HelloAnswer } from "./answer.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Probe } from "./probe.ts";
import type { ClientFinding, NameFinding, Spoken } from "./types.ts";

/** What is known of one version. */
export interface VersionState {
  /** Whether the server spoke it. */
  isOffered: boolean;
  /** Why it does not: the number of an alert, or a clause. */
  refusal: number | string | undefined;
  /** Suites in their order. */
  suites: readonly number[];
  /** Whose order. */
  order: "server" | "client" | undefined;
  /** Groups in their order. */
  groups: readonly number[];
}

/** A chain as it came. */
export interface ChainState {
  /** In DER, own certificate first. */
  readonly certificates: readonly Uint8Array[];
  /** Versions in which it came, as on the wire. */
  readonly versions: Set<number>;
  /** A suite with which it came. */
  readonly suite: number | undefined;
}

/** Chains beyond this are not kept: some servers make a certificate for each connection. */
const MOST_CHAINS = 16;

/** Names of CAs beyond this are not kept; a message has room for thousands. */
const MOST_AUTHORITIES = 200;

/** Everything known. */
export class Findings {
  /** Connections made. */
  connections = 0;
  /** Versions by their numbers, the highest first. */
  readonly versions = new Map<number, VersionState>();
  /** Chains by their own certificate in hexadecimal. */
  readonly chains = new Map<string, ChainState>();
  /** Sizes of DH primes. */
  readonly dhBits = new Set<number>();
  /** Schemes seen. */
  readonly schemes = new Set<number>();
  /** Extensions seen with suites that have them. */
  readonly habits = new Map<
    "renegotiation" | "master" | "mac" | "tickets" | "compression" | "sha1",
    boolean
  >();
  /** Whether a client certificate is asked for, and whether it must be. */
  certificate: ClientFinding["certificate"] = "not asked for";
  /** Names of CAs in DER. */
  authorities: readonly Uint8Array[] = [];
  /** Server name that is asked for. */
  serverName: string | undefined;
  /** What the name does. */
  nameEffect: NameFinding["effect"] = "not tried";
  /** The last answer that was not TLS, or no answer. */
  lastFailure: Answer | undefined;
  /** What an association without TLS came to. */
  isDicom = false;

  /** Learns from what a connection brought. */
  learn(probe: Probe, answer: Answer): void {
    switch (answer.kind) {
      case "hello":
        if (probe.kind === "hello" && answer.version === probe.version) this.#learnHello(answer);
        return;
      case "handshake":
        if (probe.kind === "handshake") this.#learnHandshake(probe.version, answer);
        return;
      case "plain":
        this.isDicom = answer.isDicom;
        return;
      default:
        this.lastFailure = answer;
    }
  }

  #learnHello({ version, suite, extensions, ...answer }: HelloAnswer): void {
    this.#keepChain(answer.certificates, { version, suite });
    this.#ask(answer.authorities);
    if (answer.scheme !== undefined) this.schemes.add(answer.scheme);
    if (version === VERSION.tls13) return;
    if (answer.dhBits !== undefined) this.dhBits.add(answer.dhBits);
    if (version < VERSION.tls10) return;
    this.habits.set("renegotiation", extensions.has(0xff01));
    this.habits.set("master", extensions.has(23));
    if (extensions.has(35)) this.habits.set("tickets", true);
    const cipher = CATALOGUE.get(suite)?.cipher;
    const isBlock = cipher === "cbc" || cipher === "64-bit";
    if (isBlock) this.habits.set("mac", (this.habits.get("mac") ?? true) && extensions.has(22));
  }

  #learnHandshake(version: number, answer: HandshakeAnswer): void {
    this.#keepChain(answer.certificates, { version, suite: undefined });
    this.#ask(answer.authorities);
    if (answer.scheme !== undefined) this.schemes.add(answer.scheme);
    // In TLS 1.3 a server refuses a missing certificate after the handshake, before that in it.
    const isAbout13 = version === VERSION.tls13 && answer.authorities !== undefined;
    const isAboutOlder = version < VERSION.tls13 && answer.certificates.length > 0;
    if (this.certificate !== "asked for" || !(isAbout13 || isAboutOlder)) return;
    if (answer.end === "established") this.certificate = "optional";
    if (answer.end === "refused") this.certificate = "required";
  }

  #ask(authorities: readonly Uint8Array[] | undefined): void {
    if (authorities === undefined) return;
    if (this.certificate === "not asked for") this.certificate = "asked for";
    if (this.authorities.length === 0) this.authorities = authorities.slice(0, MOST_AUTHORITIES);
  }

  #keepChain(
    certificates: readonly Uint8Array[],
    { version, suite }: { readonly version: number; readonly suite: number | undefined },
  ): void {
    const [own] = certificates;
    if (own === undefined) return;
    const key = own.toHex();
    const known = this.chains.get(key);
    if (known !== undefined) known.versions.add(version);
    else if (this.chains.size < MOST_CHAINS) {
      this.chains.set(key, { certificates, versions: new Set([version]), suite });
    }
  }

  /** Whether anything spoke TLS. */
  get hasTls(): boolean {
    return [...this.versions.values()].some(({ isOffered }) => isOffered);
  }

  /** The highest version that is spoken, of those below or at `most`. */
  highest(most: number = VERSION.tls13): number | undefined {
    return [...this.versions].find(([version, { isOffered }]) => isOffered && version <= most)?.[0];
  }

  /** What speaks there. */
  get spoken(): Spoken {
    if (this.hasTls) return { kind: "tls" };
    return this.isDicom ? { kind: "dicom" } : spokenBy(this.lastFailure);
  }
}

function spokenBy(last: Answer | undefined): Spoken {
  switch (last?.kind) {
    case "foreign":
      return isDicomPdu(last.head) ? { kind: "dicom" } : { kind: "other", head: last.head };
    case "unreachable":
      return last;
    case "alert":
    case "broken":
    case "closed":
      return { kind: "unknown", how: last.kind };
    default:
      return { kind: "unknown", how: "silent" };
  }
}

/** A-ASSOCIATE-AC or -RJ, A-ABORT: what DICOM says to what it does not understand (PS3.8 9.3). */
function isDicomPdu(head: Uint8Array): boolean {
  const [type = 0, reserved, ...length] = head;
  const isShort = length[0] === 0 && length[1] === 0;
  return reserved === 0 && isShort && (type === 2 || type === 3 || type === 7);
}
