import assert from "node:assert/strict";
import { checkWith } from "../../tests/support/memory_peer.ts";
import {
  AssociationRejected,
  type CheckFailure,
  type CheckResult,
  ConnectionLost,
  DialFailed,
  EchoFailed,
  type FailedCheck,
  Interrupted,
  InvalidParameter,
  NoAcceptedContext,
  PeerAborted,
  ProtocolViolation,
  SendFailed,
  TimedOut,
} from "../check/mod.ts";
import type { Stage } from "../errors.ts";
import type { DialReason } from "../transport/mod.ts";
import { exitCodeOf, exitCodeOfScan } from "./exit_code.ts";

const KNOWN = { check: checkWith(), elapsedMs: 1, timings: [], echoes: [] };

function failed(error: CheckFailure, endingError?: FailedCheck["endingError"]): CheckResult {
  const result = { outcome: "failed", error, ...KNOWN } as const;
  return endingError === undefined ? result : { ...result, endingError };
}

/** Both codes: default, then detailed. */
function codes(result: CheckResult): [number, number] {
  return [exitCodeOf(result, "default"), exitCodeOf(result, "detailed")];
}

function dialFailed(reason: DialReason): DialFailed {
  return new DialFailed(reason, { host: "pacs", port: 104, systemText: "", cause: undefined });
}

function aborted(stage: Stage): PeerAborted {
  return new PeerAborted(stage, { source: 0, reason: 0 });
}

function lost(stage: Stage): ConnectionLost {
  return new ConnectionLost(stage, { how: "closed", within: "idle" });
}

function timedOut(stage: Stage): TimedOut {
  return new TimedOut(stage, { timer: "acse", seconds: 30, within: "idle" });
}

function sendFailed(stage: Stage): SendFailed {
  return new SendFailed(stage, { pdu: "P-DATA-TF", systemText: "", cause: undefined });
}

function violated(stage: Stage): ProtocolViolation {
  return new ProtocolViolation(stage, { kind: "late-data" });
}

Deno.test("exitCodeOf() is 0 for a verified peer and for nothing else", () => {
  assert.deepEqual(codes({ outcome: "verified", ...KNOWN }), [0, 0]);
});

Deno.test("exitCodeOf() reports names, networks, peers and values apart when asked to", () => {
  const rows: readonly (readonly [CheckFailure, number, number])[] = [
    [new InvalidParameter("peer", ":104"), 1, 1],
    [new InvalidParameter("called AE title", ""), 1, 1],
    [dialFailed("unknown-host"), 1, 61],
    [dialFailed("lookup-failed"), 1, 61],
    [dialFailed("invalid-host"), 1, 61],
    [dialFailed("no-descriptors"), 1, 60],
    [dialFailed("not-allowed"), 1, 60],
    [dialFailed("not-permitted"), 1, 60],
    [dialFailed("network-unreachable"), 1, 60],
    [dialFailed("host-unreachable"), 1, 62],
    [dialFailed("host-unreachable-macos"), 1, 62],
    [dialFailed("refused"), 1, 62],
    [dialFailed("reset"), 1, 62],
    [dialFailed("timed-out"), 1, 62],
    [dialFailed("timed-out-by-system"), 1, 62],
    [dialFailed("other"), 1, 62],
    [new AssociationRejected({ result: 1, source: 1, reason: 7 }), 1, 64],
    [new NoAcceptedContext([]), 1, 65],
  ];
  for (const [error, byDefault, detailed] of rows) {
    assert.deepEqual(codes(failed(error)), [byDefault, detailed], error.message);
  }
});

Deno.test("exitCodeOf() depends on the stage for what can happen at every stage", () => {
  const rows: readonly (readonly [Stage, number, number])[] = [
    ["associate", 1, 66],
    ["echo", 70, 70],
  ];
  for (const [stage, byDefault, detailed] of rows) {
    for (const make of [aborted, lost, timedOut, sendFailed, violated]) {
      assert.deepEqual(codes(failed(make(stage))), [byDefault, detailed], `${make.name} ${stage}`);
    }
  }
});

Deno.test("exitCodeOf() is the reference's when only the ending failed, and a code of its own in detail", () => {
  for (const stage of ["release", "abort"] as const) {
    for (const make of [aborted, lost, timedOut, sendFailed, violated]) {
      const result = { outcome: "verified", ...KNOWN, endingError: make(stage) } as const;
      assert.deepEqual(codes(result), [1, 73], `${make.name} ${stage}`);
    }
  }
  const header = { typeCode: 2, length: 4 };
  const met = new ProtocolViolation("release", { kind: "unexpected-pdu", header });
  assert.deepEqual(codes({ outcome: "verified", ...KNOWN, endingError: met }), [0, 73]);
});

Deno.test("exitCodeOf() is 71 for a failing status, by default only when the release succeeds", () => {
  const status = new EchoFailed({ status: 0x0110, messageId: 1 });
  assert.deepEqual(codes(failed(status)), [71, 71]);
  assert.deepEqual(codes(failed(status, lost("release"))), [1, 71]);
});

Deno.test("exitCodeOf() is the reference's 1 when a failed echo cannot be aborted either", () => {
  assert.deepEqual(codes(failed(violated("echo"), sendFailed("abort"))), [1, 70]);
});

Deno.test("exitCodeOf() says which signal ended a check, at any stage", () => {
  for (const stage of ["connect", "associate", "echo", "release"] as const) {
    assert.deepEqual(codes(failed(new Interrupted(stage, "SIGINT"))), [130, 130]);
    assert.deepEqual(codes(failed(new Interrupted(stage, "SIGTERM"))), [143, 143]);
    assert.deepEqual(codes(failed(new Interrupted(stage, undefined))), [130, 130]);
  }
  const status = new EchoFailed({ status: 0x0110, messageId: 1 });
  assert.deepEqual(codes(failed(status, new Interrupted("release", "SIGTERM"))), [143, 143]);
});

Deno.test("exitCodeOfScan() is 0 when a client of ours can connect, else as of a check", () => {
  const choices = { echoscu: undefined, dcmtk: undefined };
  const choice = { profile: "aes", cipherSuites: [] } as const;
  const tls = { kind: "tls" } as const;
  const unreachable = (reason: string) => ({ kind: "unreachable", reason, text: "" }) as const;
  const usable = { spoken: tls, choices: { ...choices, echoscu: choice } };
  assert.equal(exitCodeOfScan(usable, "detailed"), 0);
  assert.equal(exitCodeOfScan({ spoken: tls, choices }, "default"), 1);
  const detailed = [
    tls,
    { kind: "dicom" } as const,
    ...["refused", "unknown-host", "not-permitted"].map(unreachable),
  ];
  assert.deepEqual(
    detailed.map((spoken) => exitCodeOfScan({ spoken, choices }, "detailed")),
    [63, 63, 62, 61, 60],
  );
});
