/** What a failed check leaves open, as other ways to ask the same peer. */

import type { CheckResult } from "../check/mod.ts";
import { diagnose } from "./diagnose.ts";

/** How a way is secured. */
export type Security =
  /** Plain TCP. */
  | "plain"
  /** TLS as the options ask for, without a certificate of ours. */
  | "tls"
  /** The same with our certificate. */
  | "tls-with-certificate"
  /** TLS without a certificate of ours, and whatever certificate the peer shows. */
  | "tls-unverified";

/** One way to ask a peer. */
export interface Way {
  /** 1..65535. */
  readonly port: number;
  /** TLS or plain. */
  readonly security: Security;
  /** Our AE title, as typed. */
  readonly calling: string;
  /** The peer's AE title, as typed. */
  readonly called: string;
}

/** What may be wrong with a way. */
export type Question = "security" | "certificate" | "titles" | "ports";

/** The AE titles that are sent when no others are given. */
const DEFAULT_TITLES = { calling: "ECHOSCU", called: "ANY-SCP" } as const;

/** The ports registered or usual for DICOM: of 2762 it is TLS that is registered. */
const USUAL_PORTS = [104, 2762, 11112] as const;
const TLS_PORT = 2762;

/** What the situations leave open, the likeliest first; all others are clear enough, or nothing here would help. */
export const OPEN_QUESTIONS: Readonly<Record<string, readonly Question[]>> = {
  "port-refused": ["ports"],
  "connection-broken-off": ["ports"],
  "connect-timeout": ["ports"],
  "connect-deadline": ["ports"],
  "connect-timeout-system": ["ports"],
  "connect-timeout-system-first": ["ports"],
  "foreign-http": ["ports"],
  "foreign-ssh": ["ports"],
  "foreign-hl7": ["ports"],
  "foreign-smtp": ["ports"],
  "foreign-ftp": ["ports"],
  "foreign-service": ["ports"],
  "foreign-text": ["ports"],
  "foreign-tls": ["security"],
  "foreign-bytes": ["security", "ports"],
  "request-not-sent": ["security"],
  "closed-without-answer": ["security", "titles"],
  "reset-without-answer": ["security", "titles"],
  "association-silent": ["security"],
  "closed-over-tls": ["titles"],
  "reset-over-tls": ["titles"],
  "tls-plain-dicom": ["security"],
  "tls-plain": ["security", "ports"],
  "tls-closed": ["security"],
  "tls-closed-named": ["security"],
  "tls-reset": ["security"],
  "tls-goodbye": ["security"],
  "tls-silent": ["security"],
  "tls-overdue": ["security"],
  "tls-own-certificate-refused": ["certificate"],
  "tls-own-chain-incomplete": ["certificate"],
  "tls-closed-certificate-sent": ["certificate"],
  "closed-certificate-sent": ["certificate", "titles"],
  "reset-certificate-sent": ["certificate", "titles"],
  "called-title-default": ["titles"],
  "called-title-full": ["titles"],
  "called-title-unknown": ["titles"],
  "calling-title-default": ["titles"],
  "calling-title-unknown": ["titles"],
  "rejected-by-application": ["titles"],
  "rejected-by-provider": ["titles"],
  "association-aborted-by-application": ["titles"],
  "echo-aborted": ["titles"],
};

/** What `result` leaves open. */
export function openQuestions(result: CheckResult): readonly Question[] {
  if (result.outcome === "verified") return [];
  return OPEN_QUESTIONS[diagnose(result).situation] ?? [];
}

/** The other ways that answer `question` after `way` failed, the likeliest first. */
export function otherWays(question: Question, way: Way): readonly Way[] {
  switch (question) {
    case "security": {
      const security = way.security === "plain" ? "tls-unverified" : "plain";
      return [{ ...way, security }];
    }
    case "certificate":
      return way.security === "tls-with-certificate" ? [{ ...way, security: "tls" }] : [];
    case "titles":
      return [
        swapped(way),
        // Most titles are in capital letters, and to many peers letter case counts.
        { ...way, calling: way.calling.toUpperCase(), called: way.called.toUpperCase() },
        { ...way, called: way.called.toUpperCase() },
        { ...way, called: DEFAULT_TITLES.called },
        { ...way, calling: DEFAULT_TITLES.calling },
      ];
    case "ports":
      return USUAL_PORTS.map((port) => {
        const isForTls = port === TLS_PORT && way.security === "plain";
        return { ...way, port, ...(isForTls ? { security: "tls-unverified" } : {}) };
      });
  }
}

/** Each title in the place of the other one; a default belongs to its place, so there it stays the default. */
function swapped(way: Way): Way {
  const isCalledGiven = way.called !== DEFAULT_TITLES.called;
  const isCallingGiven = way.calling !== DEFAULT_TITLES.calling;
  return {
    ...way,
    calling: isCalledGiven ? way.called : DEFAULT_TITLES.calling,
    called: isCallingGiven ? way.calling : DEFAULT_TITLES.called,
  };
}
