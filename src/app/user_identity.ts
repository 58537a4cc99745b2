/**
 * Reads who we say we are (PS3.7 D.3.3.7): user name and password, or a file with a token. Loaded where one is asked for.
 *
 * What is read goes into the association request and nowhere else.
 */

import { MOST_USER_IDENTITY_BYTES, type UserIdentity, wordToBytes } from "../dicom/mod.ts";
import { HEADER, type Options, type UserOptions } from "../options/mod.ts";
import type { Plan, PlanPeer } from "../plan/mod.ts";
import { FILE_FAULTS, type FileContent } from "../system/mod.ts";
import { escapeControls } from "../common/visible.ts";
import type { FileKind, ModeContext, World } from "./context.ts";
import { isJsonLog, logMessage } from "./logging.ts";
import type { CannotBegin } from "./outcome.ts";

/** Why there is no identity: one sentence for the user, without anything that is secret. */
class IdentityFault extends Error {}

/** Reads a file. */
type Read = (path: string, as: FileKind) => FileContent | Promise<FileContent>;

/** The context with the identity that its options ask for; or why there is none, which has been said. */
export async function withUserIdentity(
  user: UserOptions,
  context: ModeContext,
): Promise<ModeContext | CannotBegin> {
  const { options, world } = context;
  try {
    const userIdentity = await readIdentity(user, { world, read: world.readFile });
    warnOfPlain([{ userIdentity, tls: options.tls }], context);
    return { ...context, options: { ...options, userIdentity } };
  } catch (error) {
    if (!(error instanceof IdentityFault)) throw error;
    const reason = escapeControls(error.message);
    if (isJsonLog(context)) logMessage(context, { level: "fatal", text: reason });
    else world.writeErr(new TextEncoder().encode(`${HEADER}error: ${reason}\n`));
    return { kind: "cannot-begin", obstacle: "input", reason };
  }
}

/** The plan with the identities that its peers and modules name; or one sentence on what is wrong. */
export async function planWithIdentities(
  plan: Plan,
  context: ModeContext,
): Promise<Plan | { readonly problem: string }> {
  const { world } = context;
  const read = await world.loadRegularFiles();
  const identified = async (peer: PlanPeer): Promise<PlanPeer> => {
    if (peer.user === undefined) return peer;
    try {
      const userIdentity = await readIdentity(peer.user, { world, read });
      return { ...peer, check: { ...peer.check, userIdentity } };
    } catch (error) {
      if (!(error instanceof IdentityFault)) throw error;
      throw new IdentityFault(`${error.message} (peer ${peer.name})`);
    }
  };
  try {
    const peers = await Promise.all(plan.peers.map(identified));
    const modules = await Promise.all(plan.modules.map(identified));
    warnOfPlain(
      peers.map(({ check: { userIdentity }, tls }) => ({ userIdentity, tls })),
      context,
    );
    return { ...plan, peers, modules };
  } catch (error) {
    if (!(error instanceof IdentityFault)) throw error;
    return { problem: error.message };
  }
}

/** Without TLS anybody on the way can read what is secret. */
function warnOfPlain(
  checks: readonly {
    readonly userIdentity: UserIdentity | undefined;
    readonly tls: Options["tls"];
  }[],
  context: ModeContext,
): void {
  const isOpen = checks.some(({ userIdentity, tls }) =>
    tls.mode === "off" && userIdentity !== undefined && userIdentity.userIdentityType !== NAME_ONLY
  );
  if (!isOpen) return;
  const text = "The user identity is sent without TLS: anybody on the way can read its secret";
  logMessage(context, { level: "warn", text });
}

const NAME_ONLY = 1;
const TYPES = { kerberos: 3, saml: 4, jwt: 5 } as const;
const CALLED = {
  kerberos: "Kerberos service ticket",
  saml: "SAML assertion",
  jwt: "JSON Web Token",
} as const;

const NOTHING = new Uint8Array(0);

async function readIdentity(
  { identity, wantsResponse }: UserOptions,
  deps: { readonly world: World; readonly read: Read },
): Promise<UserIdentity> {
  const positiveResponseRequested = wantsResponse;
  if (identity.kind !== "name") {
    const { kind, path } = identity;
    const what = `the ${CALLED[kind]} in ${path}`;
    const content = await readSecretFile(path, {
      ...deps,
      as: kind === "kerberos" ? "bytes" : "text",
    });
    // A ticket is not text: its last byte may look like the end of a line.
    const primaryField = kind === "kerberos" ? content : withoutLineEnd(content);
    checkLength([primaryField], what);
    if (kind === "jwt") checkOneLine(primaryField, what);
    const userIdentityType = TYPES[kind];
    return { userIdentityType, positiveResponseRequested, primaryField, secondaryField: NOTHING };
  }
  const primaryField = wordToBytes(identity.name);
  checkLength([primaryField], "the user name");
  const { password } = identity;
  if (password === undefined) {
    const userIdentityType = NAME_ONLY;
    return { userIdentityType, positiveResponseRequested, primaryField, secondaryField: NOTHING };
  }
  const { what, bytes: secondaryField } = await readPassword(password, deps);
  checkLength([secondaryField], what);
  checkOneLine(secondaryField, what);
  checkLength([primaryField, secondaryField], "user name and password together");
  return { userIdentityType: 2, positiveResponseRequested, primaryField, secondaryField };
}

type Password = NonNullable<Extract<UserOptions["identity"], { kind: "name" }>["password"]>;

async function readPassword(
  password: Password,
  deps: { readonly world: World; readonly read: Read },
): Promise<{ readonly what: string; readonly bytes: Uint8Array }> {
  switch (password.kind) {
    case "given":
      return { what: "the password of the user", bytes: wordToBytes(password.text) };
    case "file": {
      const { path } = password;
      const content = await readSecretFile(path, { ...deps, as: "text" });
      return { what: `the password in ${path}`, bytes: withoutLineEnd(content) };
    }
    case "variable": {
      const { name } = password;
      const text = deps.world.env(name);
      if (text === undefined) {
        throw new IdentityFault(
          `the environment variable ${name} for the password is not set, or may not be read`,
        );
      }
      return { what: `the password in the environment variable ${name}`, bytes: wordToBytes(text) };
    }
  }
}

async function readSecretFile(
  path: string,
  { read, as }: { readonly read: Read; readonly as: FileKind },
): Promise<Uint8Array> {
  const content = await read(path, as);
  if (content instanceof Uint8Array) return content;
  const fault = content.error === "too-large" ? TOO_LONG : FILE_FAULTS[content.error];
  throw new IdentityFault(`${path} ${fault}`);
}

const TOO_LONG = `has more than the ${MOST_USER_IDENTITY_BYTES} bytes for which there is room`;

function checkLength(fields: readonly Uint8Array[], what: string): void {
  const length = fields.reduce((sum, field) => sum + field.length, 0);
  if (length === 0) throw new IdentityFault(`${what} is empty`);
  if (length > MOST_USER_IDENTITY_BYTES) throw new IdentityFault(`${what} ${TOO_LONG}`);
}

function checkOneLine(field: Uint8Array, what: string): void {
  if (!field.some((byte) => byte === LINE_FEED || byte === RETURN)) return;
  throw new IdentityFault(`${what} has more than one line`);
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** Editors end the last line too; that is not a part of it. */
function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== LINE_FEED) return bytes;
  return bytes.subarray(0, bytes.at(-2) === RETURN ? -2 : -1);
}
