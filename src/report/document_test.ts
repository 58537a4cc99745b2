import assert from "node:assert/strict";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  runOf,
  STARTED_AT,
  TLS,
  verified,
} from "../../tests/support/report_runs.ts";
import {
  AssociationRejected,
  NoAcceptedContext,
  PeerAborted,
  ProtocolViolation,
} from "../check/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { documentOf, entryOf as documentOfEntry } from "./document.ts";

const PLAIN = { program: "echoscu 1.2.3" };
const SETTINGS = { ...PLAIN, diagnose };

Deno.test("documentOf() counts verdicts and gives times in UTC", () => {
  const rejected = failed(new AssociationRejected({ result: 1, source: 1, reason: 7 }));
  const run = documentOf(
    runOf([
      entryOf(verified()),
      entryOf(rejected, { verdict: "passed" }),
      entryOf(rejected),
      { name: "x", tags: [], verdict: "skipped", unmet: [], attempts: 0 },
    ], { title: "site" }),
    PLAIN,
  );
  assert.deepEqual(run.summary, { total: 4, passed: 2, failed: 1, skipped: 1 });
  assert.equal(run.startedAt, "2026-01-31T08:00:00.123Z");
  assert.equal(run.elapsedMs, 1234.568);
  assert.equal(run.title, "site");
  assert.equal(run.program, "echoscu 1.2.3");
});

Deno.test("an entry leaves out what is not known", () => {
  const check = checkOf({ callingAeTitle: "ME", calledAeTitle: "YOU", repeat: 3 }, "pacs");
  const entry = documentOfEntry(
    { name: "x", tags: ["a"], verdict: "skipped", unmet: [], attempts: 0, check },
    PLAIN,
  );
  assert.deepEqual(entry, {
    name: "x",
    tags: ["a"],
    verdict: "skipped",
    unmet: [],
    attempts: 0,
    check: {
      host: "pacs",
      port: 104,
      callingAeTitle: "ME",
      calledAeTitle: "YOU",
      echoes: 3,
      contexts: 1,
      transferSyntaxes: ["1.2.840.10008.1.2"],
      transferSyntaxNames: ["LittleEndianImplicit"],
      maximumLength: 16_384,
      ending: "release",
      acseTimeoutSeconds: 30,
      socketTimeoutSeconds: 60,
    },
  });
});

Deno.test("an entry has everything a check found out", () => {
  const entry = documentOfEntry(
    entryOf(verified(), { group: "g", note: "n", contact: "c", attempts: 2 }),
    PLAIN,
  );
  assert.equal(entry.outcome, "verified");
  assert.deepEqual(entry.remote, { host: "192.0.2.1", port: 104 });
  assert.deepEqual(entry.echoes, [{ messageId: 1, status: 0, elapsedMs: 2.125 }]);
  assert.deepEqual(entry.timings?.map(({ stage, elapsedMs }) => `${stage} ${elapsedMs}`), [
    "connect 0.6",
    "associate 1.8",
    "echo 2.125",
    "release 0.4",
  ]);
  assert.deepEqual(entry.association, {
    implementationClassUid: "1.2.276.0.7230010.3.0.3.6.7",
    implementationVersionName: "OFFIS_DCMTK_367",
    software: {
      claim: "names itself DCMTK (OFFIS), which products of many vendors are built on, " +
        "Orthanc among them",
      product: "DCMTK",
      vendor: "OFFIS",
      isToolkit: true,
    },
    peerMaximumLength: 16_384,
    contexts: [{
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      abstractSyntaxName: "VerificationSOPClass",
      result: "acceptance",
      transferSyntax: "1.2.840.10008.1.2",
      transferSyntaxName: "LittleEndianImplicit",
    }],
  });
  assert.equal(entry.startedAt, new Date(STARTED_AT).toISOString());
  assert.equal([entry.group, entry.note, entry.contact, entry.attempts].join(), "g,n,c,2");
  assert.ok(!("failure" in entry));
  assert.equal(entry.statistics?.answered, 1);
  assert.equal(entry.statistics?.p99Ms, 2.125);
});

Deno.test("an entry has what TLS found out", () => {
  const refusal = { kind: "unreadable" } as const;
  const refused = { ...TLS, facts: { ...TLS.facts, trust: "refused", refusal } as const };
  const { tls } = documentOfEntry(entryOf({ ...verified(), tls: TLS }), PLAIN);
  assert.equal(tls?.protocol, "TLSv1.3");
  assert.equal(tls?.ownCertificate, "not asked for");
  assert.deepEqual(tls?.name, { wanted: "pacs.lan", matches: true, required: false });
  assert.equal(tls?.chain[0]?.notAfter, "2026-03-01T08:00:00.123Z");
  assert.deepEqual(tls?.chain[0]?.hostNames, ["pacs.lan", "192.0.2.1"]);
  assert.ok(tls !== undefined && !("refusal" in tls));
  const entry = documentOfEntry(entryOf({ ...verified(), tls: refused }), PLAIN);
  assert.deepEqual(entry.tls?.refusal, { kind: "unreadable" });
});

Deno.test("every class of failures is reported by name, stage, fault, message, situation and hint", () => {
  for (const error of FAILURES) {
    const { failure } = documentOfEntry(entryOf(failed(error)), SETTINGS);
    assert.ok(failure);
    assert.equal(failure.name, error.name);
    assert.equal(failure.stage, error.stage);
    assert.equal(failure.fault, error.fault);
    assert.equal(failure.message, error.message);
    for (const text of [failure.situation, failure.title, failure.hint]) {
      assert.ok(text !== undefined && text !== "", error.name);
    }
  }
});

Deno.test("facts of a failure are its own members, without the errors after it", () => {
  const fieldsOf = (name: string) =>
    FAILURES.filter((error) => error.name === name).map((error) =>
      documentOfEntry(entryOf(failed(error)), PLAIN).failure?.fields
    )[0];
  assert.deepEqual(fieldsOf("AssociationRejected"), {
    codes: { result: 1, source: 1, reason: 7 },
  });
  assert.deepEqual(fieldsOf("DialFailed"), {
    reason: "refused",
    details: { host: "192.0.2.1", port: 104, systemText: "Connection refused" },
  });
  assert.deepEqual(fieldsOf("TimedOut"), {
    details: { timer: "dimse", seconds: 5, within: "idle" },
  });
  assert.deepEqual(fieldsOf("EchoFailed"), { details: { status: 0x0122, messageId: 1 } });
  assert.deepEqual(fieldsOf("InvalidParameter"), { parameter: "called AE title", value: "" });
  assert.deepEqual(fieldsOf("NoAcceptedContext"), {
    contexts: [{ id: 1, result: "abstract-syntax-not-supported" }],
  });
  assert.deepEqual(fieldsOf("Interrupted"), { reason: "SIGINT" });
});

Deno.test("bytes of the wire become text: UTF-8 where they are, else Latin-1, always well-formed", () => {
  const named = (implementationVersionName: string) => {
    const result = verified();
    const association = { ...result.association, implementationVersionName };
    return documentOfEntry(entryOf({ ...result, association } as typeof result), PLAIN)
      .association?.implementationVersionName;
  };
  assert.equal(named("Z\u00c3\u00bcrich"), "Zürich");
  assert.equal(named("Z\u00fcrich"), "Zürich");
  assert.equal(named("\udc80"), "\ufffd");
  const violation = { kind: "transfer-syntax", uid: "\u00c3\u00bc" } as const;
  const entry = entryOf(failed(new ProtocolViolation("associate", violation)));
  const { failure } = documentOfEntry(entry, PLAIN);
  assert.deepEqual(failure?.fields, { violation: { kind: "transfer-syntax", uid: "ü" } });
});

Deno.test("what went wrong while ending is besides the failure", () => {
  const result = {
    ...failed(new AssociationRejected({ result: 1, source: 1, reason: 7 })),
    endingError: new PeerAborted("abort", { source: 2, reason: 6 }),
  };
  const { failure, endingFailure } = documentOfEntry(entryOf(result), SETTINGS);
  assert.equal(failure?.name, "AssociationRejected");
  assert.deepEqual(endingFailure, {
    name: "PeerAborted",
    stage: "abort",
    fault: "peer",
    message: "the peer aborted the association",
    fields: { codes: { source: 2, reason: 6 } },
  });
});

Deno.test("facts of a failure are bounded, whatever a peer sent", () => {
  const uid = "1".repeat(5000);
  const long = { kind: "transfer-syntax", uid } as const;
  const entry = entryOf(failed(new ProtocolViolation("echo", long)));
  const { violation } = documentOfEntry(entry, PLAIN).failure?.fields as Record<
    string,
    typeof long
  >;
  assert.equal(violation?.uid, `${"1".repeat(997)}...`);
  const contexts = Array.from({ length: 2000 }, () => ({ id: 1, result: "no-reason" } as const));
  const refused = documentOfEntry(entryOf(failed(new NoAcceptedContext(contexts))), PLAIN);
  assert.equal((refused.failure?.fields as { contexts: unknown[] }).contexts.length, 256);
});
