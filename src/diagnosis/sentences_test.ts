/** Whole hints, written by hand: what a person reads after a failure at each stage, in each speech. */

import assert from "node:assert/strict";
import { EXAMPLE_CHECK, troubledCheck } from "../../tools/diagnosis_examples.ts";
import {
  AssociationRejected,
  type Check,
  type CheckFailure,
  ConnectionLost,
  DialFailed,
  EchoFailed,
  Interrupted,
  NoAcceptedContext,
  PeerAborted,
  ProtocolViolation,
  SendFailed,
  TimedOut,
  TlsFailed,
} from "../check/mod.ts";
import { PduDecodeError } from "../pdu/mod.ts";
import { diagnose } from "./diagnose.ts";
import type { Speech } from "./speech.ts";

const CHECK: Check = {
  ...EXAMPLE_CHECK,
  target: { host: "pacs.example", port: 11112, family: "any", connectTimeoutSeconds: 10 },
  callingAeTitle: "CT_ROOM_3",
  calledAeTitle: "ARCHIVE",
};

interface Reading {
  readonly failure: CheckFailure;
  /** Whole, as it is printed. */
  readonly hint: string;
  /** Default: `options`. */
  readonly speech?: Speech;
  /** What is special about the check. */
  readonly check?: Partial<Check>;
  /** Echoes that had been answered. */
  readonly answered?: number;
}

function dialed(reason: DialFailed["reason"], systemText: string): CheckFailure {
  return new DialFailed(reason, {
    host: "pacs.example",
    port: 11112,
    systemText,
    cause: undefined,
  });
}

function notPdu(text: string): CheckFailure {
  const head = new TextEncoder().encode(text);
  const defect = { kind: "unrecognized-type", typeCode: head[0] ?? 0 } as const;
  const place = { pdu: "PDU", field: "PDU type", offset: 0, defect, head };
  return new ProtocolViolation("associate", { kind: "pdu", defect }, new PduDecodeError(place));
}

/** A peer that wanted a certificate, as the own engine reports it. */
function wanting(names: readonly string[], more = 0): CheckFailure {
  const asked = { isLate: true, ownCertificate: "asked for, none sent" } as const;
  return new TlsFailed({ kind: "alert", alert: 116, ...asked, authorities: { names, more } });
}

const READINGS: readonly Reading[] = [
  {
    failure: dialed("unknown-host", "Name or service not known"),
    hint:
      "no address is known for pacs.example: check its spelling and domain, or give the peer's IP address",
  },
  {
    failure: dialed("unknown-host", "Name or service not known"),
    check: { target: { ...CHECK.target, family: "ipv6" } },
    speech: "plan",
    hint: "no IPv6 address is known for pacs.example: leave out family: ipv6, or check the name",
  },
  {
    failure: dialed(
      "source-address",
      "port 11113 of 192.0.2.7 is in use, or was until a moment ago: leave it out, or take another",
    ),
    hint:
      "port 11113 of 192.0.2.7 is in use, or was until a moment ago: leave it out, or take another; --source-address takes an address of this machine, of the same family as the peer's",
  },
  {
    failure: dialed("timed-out", "Operation now in progress"),
    speech: "plan",
    hint:
      "pacs.example gave no answer on port 11112 within 10 s (timeouts.connect): the address may be wrong, the machine off, or a firewall drops the packets",
  },
  {
    failure: dialed("refused", "Connection refused"),
    check: { target: { ...CHECK.target, host: "a\x1b[2Jb" } },
    speech: "list",
    hint:
      "a\\x1b[2Jb answers, but nothing listens on port 11112: check the port (104 and 11112 are usual) and that the peer's DICOM service runs",
  },
  {
    failure: new TlsFailed({
      kind: "refused",
      refusal: {
        kind: "outside-profile",
        protocol: "TLSv1.2",
        cipherSuite: "AES128-SHA",
        profile: "bcp195-nd",
        cipherOption: "TLS_RSA_WITH_AES_128_CBC_SHA",
        fittingProfiles: ["aes", "basic"],
      },
    }),
    hint:
      "the peer chose TLSv1.2 AES128-SHA, which the profile bcp195-nd does not have; allow it by +cs TLS_RSA_WITH_AES_128_CBC_SHA or by another profile (+pa, +pb)",
  },
  {
    failure: wanting(["CN=Hospital Device CA, O=Hospital"]),
    speech: "plan",
    hint:
      'the peer wants a client certificate: give key and certificate by tls.key and tls.certificate; it accepts certificates of "CN=Hospital Device CA, O=Hospital"',
  },
  {
    failure: wanting(["CN=A", "CN=B", "CN=C", "CN=D"], 36),
    speech: "list",
    hint:
      'the peer wants a client certificate: give key and certificate by +tls; it accepts certificates of "CN=A", "CN=B", "CN=C", 37 more',
  },
  {
    failure: new TlsFailed({
      kind: "alert",
      alert: 48,
      isLate: false,
      ownCertificate: "sent",
      missingIssuer: "CN=Site CA",
    }),
    speech: "plan",
    hint:
      "the peer knows no CN=Site CA, which issued our certificate: if that is an intermediate CA, put its certificate after ours into tls.certificate; else the peer must trust it; tls.engine: own shows which CAs it accepts",
  },
  {
    failure: new TlsFailed({ kind: "not-tls", head: Uint8Array.of(7, 0, 0, 0, 0, 4) }),
    hint:
      "port 11112 of pacs.example speaks plain DICOM: leave TLS out, or use the peer's TLS port (2762 is usual)",
  },
  {
    failure: new AssociationRejected({ result: 1, source: 1, reason: 7 }),
    hint:
      'the called AE title sent was "ARCHIVE": change -aec (letter case counts), or have the peer\'s administrator add it; some peers mean the calling title, "CT_ROOM_3"',
  },
  {
    failure: new AssociationRejected({ result: 1, source: 1, reason: 7 }),
    speech: "list",
    hint:
      'the called AE title sent was "ARCHIVE": change the column "called" (letter case counts), or have the peer\'s administrator add it; some peers mean the calling title, "CT_ROOM_3"',
  },
  {
    failure: new AssociationRejected({ result: 1, source: 1, reason: 3 }),
    check: { callingAeTitle: "-aec" },
    speech: "plan",
    hint:
      "the calling AE title sent was \"-aec\": have the peer's administrator add it with this machine's address, or change calling",
  },
  {
    failure: new PeerAborted("associate", { source: 2, reason: 6 }),
    hint:
      "the peer's upper layer aborted: invalid PDU parameter value (source 2, reason 6); its log should say what it did not like in the request",
  },
  {
    failure: notPdu("hello, who is there?\r\n"),
    hint:
      'port 11112 of pacs.example is not a DICOM service, it sends "hello, who is there?": ask for the port of its DICOM service, often 104',
  },
  {
    failure: new NoAcceptedContext([
      { id: 1, result: "transfer-syntaxes-not-supported" } as const,
    ]),
    speech: "plan",
    hint:
      "the peer wants another transfer syntax: proposals.transferSyntaxes: 3 also proposes explicit little and big endian",
  },
  {
    failure: new TimedOut("associate", { timer: "acse", seconds: 30, within: "idle" }),
    hint:
      "no answer within 30 s (-ta): the peer may be busy with someone else (then try again), wait for TLS (+tla, +tls), or be no DICOM service",
  },
  {
    failure: new PeerAborted("echo", { source: 0, reason: 0 }),
    answered: 2,
    check: { intervalSeconds: 90 },
    speech: "plan",
    hint:
      "2 echoes answered, then the peer ended the association, idle for 90 s (interval): it, or something in between, ends idle ones; a shorter interval keeps them",
  },
  {
    failure: new TimedOut("echo", { timer: "dimse", seconds: 5, within: "idle", fragments: 1 }),
    hint:
      "1 fragment of a response came within 5 s (-td), and none was its last: the peer hangs or sends without an end; its log should say why",
  },
  {
    failure: new ProtocolViolation("echo", {
      kind: "dimse",
      defect: { kind: "unexpected-message-id", messageId: 7, expected: 1 },
    }),
    hint:
      "the response is to message 7, message 1 was sent: the peer confuses its associations, or always sends the same number",
  },
  {
    failure: new EchoFailed({ status: 0x0110, messageId: 1, comment: "disk full\x07" }),
    hint:
      'the peer\'s own processing failed: its log should say what, often storage or database; it says "disk full\\x07"',
  },
  {
    failure: new ConnectionLost("release", { how: "closed", within: "idle" }),
    answered: 1,
    speech: "plan",
    hint:
      "every echo was answered with Success; the peer closed the connection without answering the release request; abort: true ends without a release",
  },
  {
    failure: new SendFailed("abort", {
      pdu: "A-ABORT",
      systemText: "Broken pipe",
      cause: undefined,
    }),
    answered: 1,
    hint:
      "every echo was answered with Success; the peer ended the connection before it could be aborted, which does no harm",
  },
  {
    failure: new Interrupted("echo", "SIGINT"),
    answered: 3,
    check: { dimseTimeoutSeconds: 20 },
    speech: "list",
    hint:
      "the association was established, 3 echoes answered; -td sets the limit for the wait for the next one (20 s now)",
  },
];

for (const { failure, hint, speech = "options", check, answered = 0 } of READINGS) {
  Deno.test(`a person reads (${speech}): ${hint.slice(0, 60)}...`, () => {
    const result = troubledCheck({ failure, check: { ...CHECK, ...check }, answered });
    assert.equal(diagnose(result, speech).hint, hint);
  });
}
