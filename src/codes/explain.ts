/** Explains codes and lines of logs from the tables that the hints come from. */

import { abortReasonText } from "../diagnosis/mod.ts";
import { AssociationRejected, EchoFailed, PeerAborted, TlsFailed } from "../check/mod.ts";
import { hex4H } from "../common/hex.ts";
import { unreachable } from "../errors.ts";
import { EXIT } from "../report/mod.ts";
import { ALERT_NAMES } from "../common/tls_alerts.ts";
import { alertOfCondition, explainCondition } from "./conditions.ts";
import { EXIT_MEANINGS } from "./exit_meanings.ts";
import { situationsAfter, situationsCalled } from "./possible.ts";
import { readCodes } from "./read.ts";
import type { Code, Explanation, RejectionCodes } from "./types.ts";

/** Explains every code in `text`; empty when nothing in it is known. */
export function explainText(text: string): readonly Explanation[] {
  return readCodes(text).map(explain).filter((found) => found !== undefined);
}

function explain(code: Code): Explanation | undefined {
  switch (code.kind) {
    case "rejection":
      return explainRejection(code.codes);
    case "abort":
      return explainAbort(code);
    case "status":
      return explainStatus(code.status);
    case "alert":
      return explainAlert(code.alert);
    case "exit":
      return explainExit(code.code);
    case "situation":
      return explainSituation(code.id);
    case "condition": {
      const alert = alertOfCondition(code);
      return alert === undefined ? explainCondition(code) : explainAlert(alert);
    }
    default:
      return unreachable(code);
  }
}

const RESULTS: Readonly<Record<number, string>> = {
  1: "rejected permanently",
  2: "rejected for the time being",
};

const SOURCES: Readonly<Record<number, string>> = {
  1: "the peer's application (service user)",
  2: "the peer's upper layer (service provider, ACSE)",
  3: "the peer's upper layer (service provider, presentation)",
};

/** Several codes: the words leave open which of them. */
function explainRejection(codes: readonly RejectionCodes[]): Explanation {
  const situations = situationsAfter(codes.map((one) => new AssociationRejected(one)));
  const only = (of: keyof RejectionCodes) => {
    const [first, ...more] = new Set(codes.map((one) => one[of]));
    return more.length > 0 ? undefined : first;
  };
  const [result, source, reason] = [only("result"), only("source"), only("reason")];
  const how = result === undefined
    ? "rejected"
    : RESULTS[result] ?? "rejected with a result that the standard does not define";
  return {
    code: `rj ${[result, source, reason].map((value) => value ?? "?").join("/")}`,
    meaning: `the association request was ${how}: ${
      situations.map(({ title }) => title).join("; or ")
    }`,
    saidBy: `${source === undefined ? "the peer" : SOURCES[source] ?? "the peer"}, ` +
      "in A-ASSOCIATE-RJ (PS3.8 9.3.4)",
    situations,
  };
}

function explainAbort({ source, reason }: Extract<Code, { kind: "abort" }>): Explanation {
  const pairs = source === undefined || reason === undefined
    ? [{ source: 0, reason: 0 }, ...[0, 1, 2, 4, 5, 6].map((reason) => ({ source: 2, reason }))]
    : [{ source, reason }];
  const stages = ["associate", "echo", "release"] as const;
  const failures = stages.flatMap((stage) => pairs.map((codes) => new PeerAborted(stage, codes)));
  return {
    code: source === undefined ? "abort" : `abort ${source}/${reason}`,
    meaning: source === 0
      ? "the association was aborted by an application"
      : source === undefined
      ? "the association was aborted"
      : `the association was aborted by ${
        source === 2
          ? "an upper layer (service provider)"
          : "a source that the standard does not define"
      }${source === 2 ? `: ${abortReasonText(reason ?? 0)}` : ""}`,
    saidBy: "the side that sent A-ABORT (PS3.8 9.3.8): in a log of this side, the peer",
    situations: situationsAfter(failures),
  };
}

function explainStatus(status: number): Explanation {
  const situations = status === 0
    ? []
    : situationsAfter([new EchoFailed({ status, messageId: 1 })]);
  return {
    code: `status ${hex4H(status)}`,
    meaning: status === 0
      ? "0000H, Success: the request was carried out"
      : situations.map(({ title }) => title).join("; "),
    saidBy: "the peer's application, in the status of its response (PS3.7 Annex C)",
    situations,
  };
}

/** What a handshake may have been like that an alert ended. */
const HANDSHAKES = [
  { ownCertificate: "not asked for" },
  { ownCertificate: "not asked for", serverName: "SERVERNAME" },
  { ownCertificate: "asked for, none sent" },
  { ownCertificate: "sent" },
  { ownCertificate: "sent", missingIssuer: "ISSUER" },
] as const;

function explainAlert(alert: number): Explanation | undefined {
  const name = ALERT_NAMES[alert];
  if (name === undefined) return undefined;
  const failures = HANDSHAKES.map((known) =>
    new TlsFailed({ kind: "alert", alert, isLate: false, ...known })
  );
  return {
    code: `tls ${alert}`,
    meaning: `TLS alert ${alert}: ${name}`,
    saidBy: "the side that sent the alert (RFC 8446 6): in a log of this side, the peer",
    situations: alert === 0 ? [] : situationsAfter(failures),
  };
}

/** Is in front of the meaning of codes that only `--exit-codes detailed` has. */
const DETAILED = "Detailed: ";

function explainExit(code: number): Explanation | undefined {
  const name = Object.entries(EXIT).find(([, value]) => value === code)?.[0];
  const meaning = name === undefined ? undefined : EXIT_MEANINGS[name as keyof typeof EXIT];
  if (name === undefined || meaning === undefined) return undefined;
  return {
    code: `exit ${code}`,
    meaning: meaning.startsWith(DETAILED)
      ? `${name}, with --exit-codes detailed: ${meaning.slice(DETAILED.length)}`
      : `${name}: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}`,
    saidBy: "echoscu, by its exit code (docs/exit-codes.md)",
    situations: [],
  };
}

function explainSituation(id: string): Explanation {
  const situations = situationsCalled([id]);
  return {
    code: id,
    meaning: situations.map(({ title }) => title).join("; "),
    saidBy: "echoscu, in a hint or a report (docs/diagnosis.md)",
    situations,
  };
}
