/**
 * The lasting differences between the reference and ours in what peers make a program do, each with its reason.
 *
 * A row says how the reference's outcome must be rewritten to be ours, by a rule and never by the name of a case. A row
 * that rewrites nothing, or whose rewriting is no longer needed, fails the run: see `judge` in `outcome.ts`.
 */

import type { KnownDifference, Outcome, RunFacts } from "./outcome.ts";
import { fieldsWithControls, foreignElements, hasFaultAfterAbort } from "./peer_bytes.ts";

/** All rows; `docs/differences.md` has the same ids. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    id: "D1",
    reason: "exit 0 means verified: not aborted, lost or silent during the echo (70), " +
      "not answered with a failing status (71)",
    rewrite(expected, run) {
      if (expected.exit !== 0) return undefined;
      if (/^E: Echo Failed: /m.test(expected.stderr)) return { ...expected, exit: 70 };
      const failing = /^I: Received Echo Response \((?!Success\))/m.test(run.verbose);
      return failing ? { ...expected, exit: 71 } : undefined;
    },
  },
  {
    id: "D5",
    reason: "IPv6 addresses can be checked",
    skips: ({ args }) => args.some((arg) => arg.includes("::")),
    rewrite: () => undefined,
  },
  {
    id: "D20",
    reason: "a PDU that is none is met with A-ABORT, source 2 and reason 1 or 6 (PS3.8 Table 9-10)",
    rewrite: rewriteViolation,
  },
  {
    id: "D21",
    reason: "an association without a usable context is ended by A-ABORT, not left open",
    rewrite: (expected, run) =>
      run.verbose.includes("\nF: No Acceptable Presentation Contexts\n") &&
        expected.sent?.at(-1)?.startsWith("A-ASSOCIATE-RQ ")
        ? { ...expected, sent: [...expected.sent, abort("0000")] }
        : undefined,
  },
  {
    id: "D22",
    reason: "no compatibility mode for DCMTK before 3.0: reserved bytes are sent as 00",
    rewrite: (expected) =>
      rewriteSent(expected, (pdu) =>
        pdu.replace("050000000004a510ffff", "05000000000400000000")
          .replace("07a50000000410ff00ff", "07000000000400000000")),
  },
  {
    id: "D23",
    reason: "PS3.8 Table 9-13: the reserved byte of a proposed context is sent as 00, not FF",
    rewrite: (expected) =>
      rewriteSent(expected, (pdu) => pdu.replace(/( 20:[0-9a-f]{4})ff/g, "$100")),
  },
  {
    id: "D24",
    reason: "the size of socket buffers stays the system's",
    rewrite: (expected, { env }) =>
      rewriteText(expected, (text) =>
        text.replace(
          /^D: DULFSM: setting TCP buffer length to -?\d+ bytes$/gm,
          "D: DULFSM: leaving TCP buffer length to the system " +
            `(TCP_BUFFER_LENGTH=${env["TCP_BUFFER_LENGTH"]} has no effect)`,
        )),
  },
  {
    id: "D25",
    reason:
      "control characters of a peer are shown escaped: they cannot move a cursor or forge a line",
    rewrite: (expected, { steps }) =>
      rewriteText(
        expected,
        (text) =>
          fieldsWithControls(steps).reduce(
            (all, { raw, escaped }) => all.replace(raw, escaped),
            text,
          ),
      ),
  },
  {
    id: "D26",
    reason: "without DCMDICTPATH only the elements of group 0000 have names",
    rewrite(expected, { steps }) {
      const lines = foreignElements(steps);
      if (lines.size === 0) return undefined;
      return rewriteText(
        expected,
        (text) =>
          text.replace(
            FOREIGN_ELEMENT,
            (line, indent, tag) =>
              line.includes("(Sequence with undefined length")
                ? line.replace(/, 1 \w+$/, ", 1 Unknown Tag & Data")
                : `${indent}${lines.get(tag) ?? tag}`,
          ),
      );
    },
  },
  {
    id: "D35",
    reason: "a release asked for by both sides at once is answered and ends well (PS3.8 7.2.2.7)",
    rewrite: rewriteCollision,
  },
  {
    id: "D59",
    reason: "lines in which the reference's own libraries tell about themselves are not imitated",
    rewrite: (expected, { args }) =>
      rewriteText(expected, (text) => withOurSteps(withoutInternals(text), args)),
  },
];

/** Trace lines about its data structures, its use of select(), and steps that PS3.8 Table 9-10 does not have. */
const INTERNALS = [
  /^T: Dcm(?:Item|Dataset)::.*\n/gm,
  /^T: (?:Receiving data via select\(\)|Timeout while waiting for incoming network data)\n/gm,
  /^T: DUL {2}FSM Table: State: [567] Event: 17\nT: DUL {2}Event: .*\nT: DUL {2}Action: .*\n/gm,
];

function withoutInternals(text: string): string {
  const kept = INTERNALS.reduce((rest, pattern) => rest.replace(pattern, ""), text);
  return kept.replace(/^T: {4}values: (.+)$/gm, (_line, values: string) => {
    // Each byte has a zero before it, as a character, and a blank after it.
    const numbers = Array.from(values.matchAll(/0([^]) /g), ([, byte = ""]) => hex2(byte));
    return `T:    values: ${numbers.map((number) => `${number} `).join("")}`;
  });
}

function rewriteCollision(expected: Outcome, run: RunFacts): Outcome | undefined {
  const line = "F: Association Release Failed: 0006:0319 DUL Peer Requested Release\n";
  if (!run.verbose.includes(line)) return undefined;
  const sent = expected.sent && [...expected.sent, "A-RELEASE-RP 06000000000400000000"];
  const stderr = expected.stderr.replace(line, "");
  const steps = stderr.includes("T: DUL  FSM Table: ") ? COLLISION_STEPS : "";
  return { ...expected, exit: 0, stderr: stderr + steps, sent };
}

/** AR-9, then the peer's close. */
const COLLISION_STEPS = `T: DUL  FSM Table: State: 9 Event: 13
T: DUL  Event:  A-RELEASE response primitive
T: DUL  Action: AR 9 Send A RELEASE RP
T: DUL  FSM Table: State: 11 Event: 16
T: DUL  Event:  Transport connection closed
T: DUL  Action: AA 4 Indicate AP Abort
`;

/** A socket timeout is not a close here, and a PDU of unknown type is a step (Evt19). */
function withOurSteps(text: string, args: readonly string[]): string {
  if (!text.includes("T: DUL  FSM Table: ")) return text;
  const closed =
    /^T: DUL {2}FSM Table: State: 6 Event: 16\nT: DUL {2}Event: .*\nT: DUL {2}Action: .*\n/m;
  const open = args.includes("-ts") ? text.replace(closed, "") : text;
  return open.replace(
    /^F: Association (Request|Release) Failed: 0006:0321 /m,
    (line, phase) =>
      `T: DUL  FSM Table: State: ${phase === "Request" ? 5 : 7} Event: 18\n` +
      "T: DUL  Event:  Unrecognized/invalid PDU\n" +
      `T: DUL  Action: AA 8 Unrecognized PDU Send Abort\n${line}`,
  );
}

function hex2(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}

/** A line of a dump for an element outside group 0000 that is not an item and no delimiter. */
const FOREIGN_ELEMENT = /^(D: +)(\((?!0000|fffe)[0-9a-f]{4},[0-9a-f]{4}\)) .*$/gm;

/** An A-ABORT as the recordings show it; `codes` = source and reason. */
function abort(codes: string): string {
  return `A-ABORT 0700000000040000${codes}`;
}

function rewriteSent(expected: Outcome, change: (pdu: string) => string): Outcome | undefined {
  const sent = expected.sent?.map(change);
  return sent?.join() === expected.sent?.join() ? undefined : { ...expected, sent };
}

function rewriteText(expected: Outcome, change: (text: string) => string): Outcome | undefined {
  const stderr = change(expected.stderr);
  return stderr === expected.stderr ? undefined : { ...expected, stderr };
}

/** What the reference calls bytes that are no PDU, with source and reason of our A-ABORT (PS3.8 Table 9-26). */
interface Violation {
  /** The reference's condition. */
  readonly text: RegExp;
  /** Of our A-ABORT. */
  readonly codes: string;
  /** Whether bytes of the PDU stay unread. */
  readonly isUnread?: true;
}

const VIOLATIONS: readonly Violation[] = [
  { text: /^0006:0321 /, codes: "0201", isUnread: true },
  { text: /^0006:0308 DUL Illegal PDU Length/, codes: "0206", isUnread: true },
  { text: /^0006:0437 /, codes: "0206", isUnread: true },
  { text: /^0006:030[78] (?!DUL Cannot send)/, codes: "0206" },
  { text: /^0006:0318 /, codes: "0206" },
];

function rewriteViolation(expected: Outcome, run: RunFacts): Outcome | undefined {
  if (expected.sent === undefined) return undefined;
  const echo = violationIn(/^E: Echo SCU Failed: .*\nE: 0006:020c .*\nE: (.*)$/m, run);
  if (echo !== undefined) {
    return { ...expected, sent: [...expected.sent.slice(0, 2), abort(echo.codes)] };
  }
  const other = violationIn(/^F: Association Re(?:quest|lease) Failed: (.*)$/m, run) ??
    (hasFaultAfterAbort(run.steps) && expected.sent.length < 4 ? LATE_FAULT : undefined);
  if (other === undefined) return undefined;
  const sent = [...expected.sent, abort(other.codes)];
  return { ...expected, sent, lastMayBeLost: other.isUnread === true };
}

/** Whatever comes in Sta13 is met with reason 2 (AA-7). */
const LATE_FAULT: Pick<Violation, "codes" | "isUnread"> = { codes: "0202", isUnread: true };

function violationIn(pattern: RegExp, run: RunFacts): Violation | undefined {
  const [, condition] = pattern.exec(run.verbose) ?? [];
  if (condition === undefined) return undefined;
  return VIOLATIONS.find(({ text }) => text.test(condition));
}
