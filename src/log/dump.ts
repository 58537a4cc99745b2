/** The reference's multi-line dumps at debug level: bytes, negotiation parameters, command elements. */

import { beforeNul, byteStringOf, textOfByteString, type UidNames } from "../dicom/mod.ts";
import type { NegotiationView } from "../check/mod.ts";
import {
  answerFor,
  type AssociateAc,
  type ContextResult,
  type ExtendedNegotiationItem,
  lastItem,
  type ProposedContext,
  type UserItem,
} from "../pdu/mod.ts";
import { escapeControls } from "../common/visible.ts";

/** Bytes of a PDU that are dumped at most. */
const DUMP_LIMIT = 512;

/** An A-ASSOCIATE-AC in hex, header included, 16 bytes a line. */
export function hexDump(pdu: Uint8Array): string {
  const shown = pdu.subarray(0, DUMP_LIMIT);
  let text = `PDU Type: Associate Accept, PDU Length: ${pdu.length - 6} + 6 bytes PDU header\n`;
  if (pdu.length > DUMP_LIMIT) text += `Only dumping ${DUMP_LIMIT} bytes.\n`;
  shown.forEach((byte, at) => {
    text += `  ${byte.toString(16).padStart(2, "0")}${at % 16 === 15 ? "\n" : ""}`;
  });
  return text;
}

/** How parameters are dumped. */
export interface DumpOptions {
  /** Before the answer or after it. */
  readonly kind: "RQ" | "AC";
  /** For UIDs. */
  readonly names: UidNames;
}

/** The block of parameters that are requested (`RQ`) or were negotiated (`AC`). */
export function parametersDump(view: NegotiationView, how: DumpOptions): string {
  const { kind, names } = how;
  const title = kind === "RQ" ? "Request Parameters:" : "Association Parameters Negotiated:";
  return [
    title,
    `====================== BEGIN A-ASSOCIATE-${kind} =====================`,
    ...headLines(view),
    "Presentation Contexts:",
    ...view.request.presentationContexts.flatMap((context) =>
      contextLines(context, { ...view, names })
    ),
    "Requested Extended Negotiation: none",
    ...extendedNegotiationLines(view.answer, names),
    ...userIdentityRequestLines(view.request.userInformation),
    ...userIdentityLines(view.answer),
    `======================= END A-ASSOCIATE-${kind} ======================`,
  ].join("\n");
}

function headLines({ request, answer }: NegotiationView): readonly string[] {
  const ours = identityOf(request.userInformation);
  const theirs = identityOf(answer?.userInformation ?? []);
  const called = shown(request.calledAeTitle);
  const calling = answer === undefined ? request.callingAeTitle : answer.callingAeTitle;
  const context = answer === undefined ? request : answer;
  return [
    `Our Implementation Class UID:      ${ours.uid}`,
    `Our Implementation Version Name:   ${ours.version}`,
    `Their Implementation Class UID:    ${theirs.uid}`,
    `Their Implementation Version Name: ${theirs.version.slice(0, 16)}`,
    `Application Context Name:    ${shown(context.applicationContextName ?? "")}`,
    `Calling Application Name:    ${shown(calling)}`,
    `Called Application Name:     ${called}`,
    `Responding Application Name: ${answered(answer) ? called : ""}`,
    `Our Max PDU Receive Size:    ${ours.maximumLength}`,
    `Their Max PDU Receive Size:  ${theirs.maximumLength}`,
  ];
}

/** Whether the acceptor gave the called title back at all; before its answer counts as yes. */
function answered(answer: AssociateAc | undefined): boolean {
  return answer === undefined || shown(answer.calledAeTitle) !== "";
}

function identityOf(items: readonly UserItem[]): {
  readonly uid: string;
  readonly version: string;
  readonly maximumLength: number;
} {
  const version = lastItem(items, "implementation-version-name")?.implementationVersionName;
  return {
    uid: shown(lastItem(items, "implementation-class-uid")?.implementationClassUid ?? ""),
    version: shown(version ?? ""),
    maximumLength: lastItem(items, "maximum-length")?.maximumLength ?? 0,
  };
}

const STATES: Readonly<Record<ContextResult["result"], string>> = {
  "acceptance": "Accepted",
  "user-rejection": "User Rejection",
  "no-reason": "No Reason",
  "abstract-syntax-not-supported": "Abstract Syntax Not Supported",
  "transfer-syntaxes-not-supported": "Transfer Syntaxes Not Supported",
  "reserved": "--Invalid Result/Reason--",
};

/** The library's mark of a context without an answer; a peer that answers with it looks unanswered. */
const PROPOSED = 255;

function contextLines(
  context: ProposedContext,
  known: { readonly answer: AssociateAc | undefined; readonly names: UidNames },
): readonly string[] {
  const { names } = known;
  const answer = answerFor(known.answer, context.id);
  const open = answer === undefined || (answer.result === "reserved" && answer.code === PROPOSED);
  const abstractSyntax = context.abstractSyntax ?? "";
  const lines = [
    `  Context ID:        ${context.id} (${open ? "Proposed" : STATES[answer.result]})`,
    `    Abstract Syntax: ${uidText(abstractSyntax, names)}`,
    "    Proposed SCP/SCU Role: Default",
  ];
  if (open) {
    lines.push("    Proposed Transfer Syntax(es):");
    lines.push(...context.transferSyntaxes.map((uid) => `      ${uidText(uid, names)}`));
    return lines;
  }
  lines.push(`    Accepted SCP/SCU Role: ${acceptedRole(known.answer, abstractSyntax)}`);
  if (answer.result === "acceptance") {
    lines.push(`    Accepted Transfer Syntax: ${uidText(answer.transferSyntax, names)}`);
  }
  return lines;
}

/** The first role item for the SOP class counts (PS3.7 D.3.3.4, as the reference reads it). */
function acceptedRole(answer: AssociateAc | undefined, sopClassUid: string): string {
  const item = answer?.userInformation.find((each) =>
    each.type === "role-selection" && shown(each.sopClassUid) === sopClassUid
  );
  if (item?.type !== "role-selection") return "Default";
  if (item.scuRole === item.scpRole) {
    return item.scuRole === 0 ? "None" : item.scuRole === 1 ? "SCP/SCU" : "SCP";
  }
  return item.scuRole === 1 && item.scpRole === 0 ? "SCU" : "SCP";
}

function extendedNegotiationLines(
  answer: AssociateAc | undefined,
  names: UidNames,
): readonly string[] {
  const items = (answer?.userInformation ?? []).filter((item): item is ExtendedNegotiationItem =>
    item.type === "extended-negotiation"
  );
  if (items.length === 0) return ["Accepted Extended Negotiation:  none"];
  return [
    "Accepted Extended Negotiation:",
    ...items.flatMap((item) => {
      const uid = shown(item.sopClassUid);
      const bytes = Array.from(item.serviceClassApplicationInformation, hexByte);
      return [`  =${names(uid) ?? "Unknown-UID"} (${uid})`, `    [${bytes.join(", ")}]`];
    }),
  ];
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

const AUTHENTICATION_MODES: Readonly<Record<number, string>> = {
  1: "Username",
  2: "Username/Password",
  3: "Kerberos",
  4: "SAML",
  5: "JWT",
};

/** As the reference's library dumps what it receives, but for the password, which it prints. */
function userIdentityRequestLines(items: readonly UserItem[]): readonly string[] {
  const item = lastItem(items, "user-identity-rq");
  if (item === undefined) return ["Requested User Identity Negotiation: none"];
  const { userIdentityType: type, primaryField, positiveResponseRequested } = item;
  const secret = `${AUTHENTICATION_MODES[type]} (not dumped) length: ${primaryField.length}`;
  return [
    "Requested User Identity Negotiation:",
    `  Authentication mode ${type}: ${AUTHENTICATION_MODES[type]}`,
    ...(type > 2 ? [`  ${secret}`] : [`  Username: [${shown(byteStringOf(primaryField))}]`]),
    ...(type === 2 ? ["  Password: (not dumped)"] : []),
    `  Positive Response requested: ${positiveResponseRequested ? "Yes" : "No"}`,
  ];
}

function userIdentityLines(answer: AssociateAc | undefined): readonly string[] {
  const item = lastItem(answer?.userInformation ?? [], "user-identity-ac");
  if (item === undefined) return ["User Identity Negotiation Response:  none"];
  return [
    "User Identity Negotiation Response:",
    `  Server Response (not dumped) length: ${item.serverResponse.length}`,
  ];
}

/** `=Name` for a UID that has one, else the UID. */
export function uidText(uid: string, names: UidNames): string {
  const text = shown(uid);
  const name = names(text);
  return name === undefined ? text : `=${name}`;
}

/** A text field as the reference shows it: up to the first NUL, control characters made visible. */
export function shown(byteString: string): string {
  return escapeControls(textOfByteString(beforeNul(byteString)));
}
