import assert from "node:assert/strict";
import type { AssociateRq } from "../pdu/types.ts";
import type { ConnectionEnd, ConnectionRecord } from "../scp/mod.ts";
import { CALLER_SITUATIONS, diagnoseCaller } from "./mod.ts";

const request = { callingAeTitle: "CT\x1b1", calledAeTitle: "YOU" } as AssociateRq;
const ASKED = { request, echoes: 0 };
const NOTHING = { request: undefined, echoes: 0 };

function ended(end: ConnectionEnd, changes: Partial<ConnectionRecord> = {}) {
  const record: ConnectionRecord = {
    connection: { number: 1, remote: { host: "192.0.2.1", port: 4000 } },
    request,
    answer: undefined,
    findings: [],
    echoes: 1,
    refusals: 0,
    end,
    elapsedMs: 1,
    ...changes,
  };
  return diagnoseCaller(record);
}

function rejected(...[result, source, reason]: readonly [number, number, number]): ConnectionEnd {
  return { type: "rejected", answer: { type: "A-ASSOCIATE-RJ", result, source, reason } };
}

function foreign(
  caller: "HTTP" | "TLS" | "SSH" | "PROXY protocol" | "port scanner" | "RDP",
): ConnectionEnd {
  return { type: "violation", violation: { kind: "foreign", caller } };
}

const head = new Uint8Array(0);
const message = "m";
const RELEASED = { type: "released" } as const;

/** One example for each situation. */
const EXAMPLES: Readonly<Record<string, () => ReturnType<typeof ended>>> = {
  "caller-http": () => ended(foreign("HTTP"), NOTHING),
  "caller-tls": () => ended(foreign("TLS"), NOTHING),
  "caller-ssh": () => ended(foreign("SSH"), NOTHING),
  "caller-proxy-protocol": () => ended(foreign("PROXY protocol"), NOTHING),
  "caller-scanner": () =>
    ended({ type: "lost", how: "closed", within: "header", caller: "port scanner" }, NOTHING),
  "caller-foreign": () => ended(foreign("RDP"), NOTHING),
  "caller-not-dicom": () =>
    ended({
      type: "violation",
      violation: {
        kind: "pdu",
        message,
        defect: { kind: "unrecognized-type", typeCode: 9 },
        head: Uint8Array.of(9, 0, 255),
      },
    }, NOTHING),
  "caller-without-tls": () => ended({ type: "tls", problem: { kind: "not-tls", head } }, NOTHING),
  "caller-tls-failed": () => ended({ type: "tls", problem: { kind: "too-long" } }, NOTHING),
  "caller-silent": () => ended({ type: "lost", how: "reset", within: "idle" }, NOTHING),
  "caller-request-cut": () => ended({ type: "lost", how: "closed", within: "body" }, NOTHING),
  "caller-request-too-long": () =>
    ended({
      type: "violation",
      violation: {
        kind: "pdu",
        message,
        defect: { kind: "too-long", typeCode: 1, length: 200_000, maximum: 131_072 },
        head,
      },
    }, NOTHING),
  "caller-even-context": () =>
    ended(RELEASED, { ...ASKED, findings: [{ kind: "even-context-id", ids: [2, 4] }] }),
  "caller-scp-role": () => ended(RELEASED, { ...ASKED, findings: [{ kind: "scp-role-only" }] }),
  "caller-without-verification": () =>
    ended(RELEASED, { ...ASKED, findings: [{ kind: "no-verification", others: 3 }] }),
  "caller-compressed-only": () =>
    ended(RELEASED, { ...ASKED, findings: [{ kind: "no-uncompressed-syntax" }] }),
  "caller-without-contexts": () => ended(rejected(1, 1, 1), ASKED),
  "caller-application-context": () => ended(rejected(1, 1, 2), ASKED),
  "caller-protocol-version": () => ended(rejected(1, 2, 2), ASKED),
  "caller-no-place": () => ended(rejected(2, 3, 2), ASKED),
  "caller-title-refused": () =>
    ended({
      type: "rejected",
      why: "title",
      answer: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
    }, ASKED),
  "caller-doubled-context": () =>
    ended(RELEASED, { ...ASKED, findings: [{ kind: "doubled-context-id", ids: [1] }] }),
  "caller-context-not-accepted": () =>
    ended({
      type: "violation",
      violation: { kind: "dimse", message, defect: { kind: "context-not-accepted", contextId: 9 } },
    }),
  "caller-identity-unanswered": () =>
    ended({ type: "peer-aborted", source: 0, reason: 0 }, {
      ...ASKED,
      findings: [{ kind: "identity-answer-wanted", identityType: 5 }],
    }),
  "caller-wants-more": () => ended(RELEASED, { refusals: 1 }),
  "caller-data-set": () =>
    ended({ type: "violation", violation: { kind: "data-set", maximum: 1 } }),
  "caller-unexpected-pdu": () =>
    ended({
      type: "violation",
      violation: { kind: "unexpected-pdu", header: { typeCode: 2, length: 4 } },
    }),
  "caller-ill-formed": () =>
    ended({
      type: "violation",
      violation: { kind: "dimse", message: "x\x1b", defect: { kind: "missing-command-field" } },
    }),
  "caller-idle": () => ended({ type: "timed-out", seconds: 60, awaited: "message" }),
  "caller-without-release": () => ended({ type: "lost", how: "closed", within: "idle" }),
  "caller-takes-nothing": () => ended({ type: "not-sent", pdu: "P-DATA-TF", how: "timed-out" }),
  "caller-aborted": () => ended({ type: "peer-aborted", source: 2, reason: 0 }, ASKED),
  "caller-crowded-out": () => ended({ type: "dismissed", why: "crowded" }, NOTHING),
};

Deno.test("diagnoseCaller() finds each of its situations", () => {
  assert.deepEqual(Object.keys(EXAMPLES), CALLER_SITUATIONS.map(({ id }) => id));
  for (const [id, example] of Object.entries(EXAMPLES)) {
    const found = example();
    assert.equal(found?.situation, id);
    assert.match(found?.hint ?? "", /^[^\p{Cc}]{20,400}$/u, id);
    assert.doesNotMatch(found?.hint ?? "", /\.$|undefined/, id);
  }
});

Deno.test("diagnoseCaller() is silent where nothing went wrong", () => {
  const { connection } = { connection: { number: 1, remote: { host: "h", port: 1 } } };
  assert.equal(ended(RELEASED, { connection }), undefined);
  assert.equal(ended({ type: "peer-aborted", source: 0, reason: 0 }), undefined);
  assert.equal(ended({ type: "dismissed", why: "stopping" }, NOTHING), undefined);
  assert.equal(ended(RELEASED, { findings: [{ kind: "scp-role-only" }] }), undefined);
});

Deno.test("diagnoseCaller() explains context IDs that others refuse, also where all went well", () => {
  for (const kind of ["even-context-id", "doubled-context-id"] as const) {
    assert.ok(ended(RELEASED, { findings: [{ kind, ids: [1] }] }));
  }
});

Deno.test("diagnoseCaller() names what was wrong, and what to do", () => {
  const hintOf = (id: string) => EXAMPLES[id]?.()?.hint;
  assert.match(hintOf("caller-even-context") ?? "", /^context ID 2, 4 is even, .*9\.3\.2\.2/);
  assert.match(hintOf("caller-not-dicom") ?? "", /begins with 09 00 ff, which is not/);
  assert.match(hintOf("caller-tls") ?? "", /listen with \+tls KEY CERT/);
  assert.match(hintOf("caller-foreign") ?? "", /speaks RDP/);
  assert.match(hintOf("caller-request-too-long") ?? "", /200000 bytes, at most 131072/);
  assert.match(hintOf("caller-ill-formed") ?? "", /\(x\\x1b\)/);
  assert.match(hintOf("caller-idle") ?? "", /within 60 s, the limit of -ts/);
});
