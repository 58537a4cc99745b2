/** A server that is made up: answers probes by its settings, without any bytes. */

import type { Answer, HelloAnswer } from "./answer.ts";
import type { Probe } from "./probe.ts";
import { Scan } from "./scanner.ts";
import type { ScanResult } from "./types.ts";

/** What it speaks. */
export interface FakeServer {
  /** Suites in its order, by version as on the wire. */
  readonly suites: Readonly<Record<number, readonly number[]>>;
  /** Whether the client's order counts. */
  readonly followsClient?: boolean;
  /** Groups in its order. */
  readonly groups?: readonly number[];
  /** The name it wants to be asked for by. */
  readonly wantsName?: string;
  /** Size of its DH prime. */
  readonly dhBits?: number;
  /** Numbers of extensions that it answers with. */
  readonly extensions?: readonly number[];
}

const NO: Answer = { kind: "alert", alert: 40 };

/** What it answers. */
function answerOf(server: FakeServer, probe: Probe): Answer {
  if (probe.kind === "plain") return { kind: "plain", isDicom: false };
  const { version, suites, groups, serverName } = probe;
  const own = server.suites[version];
  if (own === undefined) return { kind: "alert", alert: 70 };
  if (server.wantsName !== undefined && serverName !== server.wantsName) {
    return { kind: "alert", alert: 112 };
  }
  const suite = server.followsClient
    ? suites.find((code) => own.includes(code))
    : own.find((code) => suites.includes(code));
  const group = server.groups === undefined
    ? groups[0]
    : server.groups.find((one) => groups.includes(one));
  if (suite === undefined || group === undefined) return NO;
  if (probe.kind === "handshake") {
    const common = { alert: undefined, certificates: [], authorities: undefined };
    return { kind: "handshake", end: "established", scheme: 0x0804, ...common };
  }
  return hello({ version, suite, group, server });
}

function hello(
  { version, suite, group, server }: {
    readonly version: number;
    readonly suite: number;
    readonly group: number;
    readonly server: FakeServer;
  },
): HelloAnswer {
  return {
    kind: "hello",
    version,
    suite,
    compresses: false,
    extensions: new Set(server.extensions ?? [0xff01, 22, 23]),
    group,
    dhBits: server.dhBits,
    scheme: 0x0804,
    certificates: [],
    authorities: undefined,
  };
}

/** Scans it; `change` may answer in its place. */
export function scanOf(
  server: FakeServer,
  { host = "pacs.example", serverName, change }: {
    readonly host?: string;
    readonly serverName?: string;
    readonly change?: (probe: Probe, at: number) => Answer | undefined;
  } = {},
): { readonly result: ScanResult; readonly probes: readonly Probe[] } {
  const scan = new Scan({ host, port: 104, nowMs: 0, serverName });
  const probes: Probe[] = [];
  for (let probe = scan.next(); probe !== undefined;) {
    probes.push(probe);
    probe = scan.next(change?.(probe, probes.length) ?? answerOf(server, probe));
  }
  return { result: scan.result(), probes };
}
