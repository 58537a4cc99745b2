/** Name constraints (RFC 5280 4.2.1.10), checked as the reference does: root to leaf, against all CAs above. */

import { trimEndOf } from "../common/trim.ts";
import type { Certificate } from "./certificate.ts";
import { TAG } from "./der.ts";
import { isSameTag } from "./der_header.ts";
import type { NameConstraints, NameSubtree } from "./extensions.ts";
import type { GeneralName } from "./general_name.ts";
import type { NameAttribute } from "./name.ts";
import type { PathFailure } from "./path.ts";
import type { ReasonCode } from "./reasons.ts";

/** Checks the names of every certificate against the constraints of all certificates above it. */
export function checkNameConstraints(chain: readonly Certificate[]): PathFailure | undefined {
  for (let depth = chain.length - 1; depth >= 0; depth--) {
    const certificate = chain[depth];
    if (certificate === undefined || (depth !== 0 && certificate.isSelfIssued)) continue;
    for (let above = chain.length - 1; above > depth; above--) {
      const constraints = chain[above]?.nameConstraints;
      if (constraints === undefined) continue;
      const code = checkNames(certificate, { constraints, isLeaf: depth === 0 });
      if (code !== undefined) return { code, depth };
    }
  }
  return undefined;
}

/** Names times subtrees above which the check is refused: a bound on the work, the reference's number. */
const MAX_COMPARISONS = 1 << 20;

const EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
const COMMON_NAME = "2.5.4.3";
const SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

interface NameRules {
  readonly constraints: NameConstraints;
  readonly isLeaf: boolean;
}

function checkNames(certificate: Certificate, rules: NameRules): ReasonCode | undefined {
  const { constraints } = rules;
  const { attributes } = certificate.subject;
  const altNames = certificate.subjectAltNames ?? [];
  const subtrees = constraints.permitted.length + constraints.excluded.length;
  if (subtrees * (attributes.length + altNames.length) > MAX_COMPARISONS) return 1;
  const emails = attributes.filter((attribute) => attribute.type === EMAIL_ADDRESS);
  if (attributes.length > 0) {
    const code = checkName(directoryName(certificate), constraints);
    if (code !== undefined) return code;
  }
  for (const email of emails) {
    if (email.tag !== TAG.ia5String) return 53;
    const code = checkName({ type: "email", value: email.text, der: email.value }, constraints);
    if (code !== undefined) return code;
  }
  for (const name of altNames) {
    const code = checkName(name, constraints);
    if (code !== undefined) return code;
  }
  const usesCommonName = rules.isLeaf && !altNames.some((name) => name.type === "dns");
  return usesCommonName ? checkCommonNames(attributes, constraints) : undefined;
}

function directoryName(certificate: Certificate): GeneralName {
  return { type: "directory", name: certificate.subject, der: certificate.subject.der };
}

/** Common names of a leaf without DNS names count as DNS names when they look like one of several labels. */
function checkCommonNames(
  attributes: readonly NameAttribute[],
  constraints: NameConstraints,
): ReasonCode | undefined {
  for (const attribute of attributes) {
    if (attribute.type !== COMMON_NAME) continue;
    const value = trimEndOf(attribute.text, "\0");
    if (value.includes("\0")) return 53;
    if (!isDnsLike(value)) continue;
    const code = checkName({ type: "dns", value, der: attribute.value }, constraints);
    if (code !== undefined) return code;
  }
  return undefined;
}

function isDnsLike(text: string): boolean {
  const labels = text.split(".");
  return labels.length > 1 &&
    labels.every((label) => /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?$/.test(label));
}

/** The outcome of holding a name against one subtree. */
type Match = "inside" | "outside" | ReasonCode;

/** One of the permitted subtrees of the name's type must hold it, if there are any; no excluded one may. */
function checkName(name: GeneralName, constraints: NameConstraints): ReasonCode | undefined {
  const permitted = constraints.permitted.filter((subtree) => isSameKind(name, subtree));
  let isInside = permitted.length === 0;
  for (const subtree of permitted) {
    if (!subtree.depthIsPlain) return 49;
    if (isInside) continue;
    const match = matchSubtree(name, subtree.base);
    if (typeof match === "number") return match;
    isInside = match === "inside";
  }
  if (!isInside) return 47;
  for (const subtree of constraints.excluded.filter((item) => isSameKind(name, item))) {
    if (!subtree.depthIsPlain) return 49;
    const match = matchSubtree(name, subtree.base);
    if (typeof match === "number") return match;
    if (match === "inside") return 48;
  }
  return undefined;
}

/** Mail addresses with letters beyond ASCII (RFC 8398) are subject to constraints on mail addresses. */
function isSameKind(name: GeneralName, subtree: NameSubtree): boolean {
  const base = subtree.base;
  if (name.type !== "other") return name.type === base.type;
  if (name.oid === SMTP_UTF8_MAILBOX) return base.type === "email";
  return base.type === "other" && base.oid === name.oid;
}

function matchSubtree(name: GeneralName, base: GeneralName): Match {
  if (name.type === "directory" && base.type === "directory") {
    return inside(name.name.canonical.startsWith(base.name.canonical));
  }
  if (name.type === "dns" && base.type === "dns") return matchDns(name.value, base.value);
  if (name.type === "email" && base.type === "email") return matchEmail(name.value, base.value);
  if (name.type === "uri" && base.type === "uri") return matchUri(name.value, base.value);
  if (name.type === "ip" && base.type === "ip") return matchIp(name.address, base.address);
  if (name.type === "other" && base.type === "email") return matchUtf8Mailbox(name, base.value);
  return 51;
}

function inside(isInside: boolean): Match {
  return isInside ? "inside" : "outside";
}

function sameText(a: string, b: string): boolean {
  return foldAscii(a) === foldAscii(b);
}

function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function matchDns(name: string, base: string): Match {
  if (base === "") return "inside";
  if (name.length < base.length || !sameText(name.slice(name.length - base.length), base)) {
    return "outside";
  }
  const isWhole = name.length === base.length || base.startsWith(".");
  return inside(isWhole || name[name.length - base.length - 1] === ".");
}

/** The base is a mailbox, a host, or a domain with a dot in front. */
function matchEmail(name: string, base: string): Match {
  const at = name.lastIndexOf("@");
  const baseAt = base.lastIndexOf("@");
  if (at < 0) return 53;
  if (baseAt < 0 && base.startsWith(".")) return matchDomainTail(name, base);
  if (baseAt > 0) {
    const [local, baseLocal] = [name.slice(0, at), base.slice(0, baseAt)];
    if (local.length !== baseLocal.length) return "outside";
    if (local.includes("\0") || baseLocal.includes("\0")) return 53;
    if (local !== baseLocal) return "outside";
  }
  return inside(sameText(name.slice(at + 1), base.slice(baseAt + 1)));
}

function matchDomainTail(name: string, base: string): Match {
  return inside(
    name.length > base.length && sameText(name.slice(name.length - base.length), base),
  );
}

/** Host parts in ASCII are compared; hosts that would have to be converted are refused. */
function matchUtf8Mailbox(name: GeneralName & { readonly type: "other" }, base: string): Match {
  if (!isSameTag(name.value.tag, TAG.utf8String) || base.includes("\0")) return 53;
  const text = new TextDecoder().decode(name.value.body);
  const at = text.lastIndexOf("@");
  if (at < 0) return 53;
  if (foldAscii(base).includes("xn--")) return 1;
  if (base.startsWith(".")) return matchDomainTail(text, base);
  return inside(sameText(text.slice(at + 1), base));
}

function matchUri(uri: string, base: string): Match {
  const colon = uri.indexOf(":");
  if (colon < 0 || uri.slice(colon + 1, colon + 3) !== "//") return 53;
  const rest = uri.slice(colon + 3);
  const port = rest.indexOf(":");
  const end = port >= 0 ? port : rest.indexOf("/");
  const host = end >= 0 ? rest.slice(0, end) : rest;
  if (host === "") return 53;
  return base.startsWith(".") ? matchDomainTail(host, base) : inside(sameText(host, base));
}

/** The base is an address followed by its mask. */
function matchIp(address: Uint8Array, base: Uint8Array): Match {
  const isAddress = address.length === 4 || address.length === 16;
  const isRange = base.length === 8 || base.length === 32;
  if (!isAddress || !isRange) return 53;
  if (address.length * 2 !== base.length) return "outside";
  return inside(address.every((byte, i) => {
    const mask = base[address.length + i] ?? 0;
    return (byte & mask) === ((base[i] ?? 0) & mask);
  }));
}
