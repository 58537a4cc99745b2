/**
 * Which certificates an answering side wants of its clients.
 *
 * Whoever asks for anything about clients (`+cf`, `+cd`, `-rc`, `+crl`, `+crv`, `+cra`, `--trust-public-roots`, a name)
 * wants a certificate of each, unless `-ic` says that none is checked. What is asked for and cannot be checked, because
 * nothing is trusted that a path could end at, is an error before anybody is listened to.
 */

import { TlsSetupError } from "./setup_error.ts";
import type { TlsRequest } from "./types.ts";
import type { TrustStore } from "../x509/mod.ts";

/** What the options ask of clients, by the names of the options; empty: clients need no certificate. */
function askedOfClients(request: TlsRequest): readonly string[] {
  const { wantedName } = request;
  const isCrlNamed = request.crlFiles.length > 0;
  const asked: readonly (readonly [boolean, string])[] = [
    [request.certificateFiles.length > 0, "+cf"],
    [request.certificateDirectories.length > 0, "+cd"],
    [wantedName?.kind === "name", "--verify-hostname-as"],
    [wantedName?.kind === "peer" && request.trustPublicRoots !== true, "--verify-hostname"],
    [request.trustPublicRoots === true, "--trust-public-roots"],
    [request.requiresCertificate === true, "-rc"],
    [isCrlNamed, "+crl"],
    [request.crlCheck === "leaf" && !isCrlNamed, "+crv"],
    [request.crlCheck === "chain", "+cra"],
  ];
  return asked.flatMap(([isAsked, option]) => isAsked ? [option] : []);
}

/** Options that count with `-ic` too: what is shown is looked at, or a name in it. */
const IN_ANY_CASE = ["+cf", "+cd", "--verify-hostname", "--verify-hostname-as"];

/** Whether clients are asked for a certificate. */
export function asksClients(request: TlsRequest): boolean {
  const asked = askedOfClients(request);
  return request.peerCertificate === "require"
    ? asked.length > 0
    : asked.some((option) => IN_ANY_CASE.includes(option));
}

/** What the decision on a client goes by: who is not asked for a certificate need not show one. */
export function requestOfClients(request: TlsRequest, asks: boolean): TlsRequest {
  return asks ? request : { ...request, peerCertificate: "ignore" };
}

/** Throws `TlsSetupError` when clients are to be checked and there is nothing to check them with. */
export async function requireAnchors(
  request: TlsRequest,
  { store, listFolder }: { readonly store: TrustStore; readonly listFolder: ListFolder },
): Promise<void> {
  const asked = askedOfClients(request);
  if (request.peerCertificate === "ignore" || asked.length === 0) return;
  if (store.certificates.some(({ isSelfSigned }) => isSelfSigned)) return;
  const folders = request.certificateDirectories.flatMap((path) => path.split(":"));
  for (const path of folders) if ((await listFolder(path))?.some(isHashName)) return;
  throw new TlsSetupError({
    kind: "no-anchors",
    asked: asked.filter((option) => !ABOUT_TRUST.includes(option)),
    named: [...request.certificateFiles, ...folders],
  });
}

const ABOUT_TRUST = ["+cf", "+cd"];

/** Lists the names in a folder; `undefined` where there is no folder that can be read. */
export type ListFolder = (path: string) => Promise<readonly string[] | undefined>;

/** Names of certificates in a hashed directory. */
function isHashName(name: string): boolean {
  return /^[0-9a-f]{8}\.[0-9]{1,9}$/.test(name);
}
