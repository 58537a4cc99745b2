/** The user identity that a command line asks for (PS3.7 D.3.3.7). */

import type { Settings } from "./evaluate.ts";

/** Where a secret comes from. */
export type SecretSource =
  /** A file: as it is, or as text without its last line end. */
  | { readonly kind: "file"; readonly path: string }
  /** An environment variable. */
  | { readonly kind: "variable"; readonly name: string }
  /** It is there already, as in a plan. */
  | { readonly kind: "given"; readonly text: string };

/** Who we say we are. */
export interface UserOptions {
  /** `--user`, with a password or without; or a file that holds one of the three others. */
  readonly identity:
    | { readonly kind: "name"; readonly name: string; readonly password?: SecretSource }
    | { readonly kind: "jwt" | "saml" | "kerberos"; readonly path: string };
  /** `--user-response`: whether the peer is to confirm it. */
  readonly wantsResponse: boolean;
}

/** What the options say; `undefined`: nothing. */
export function userOf(settings: Settings): UserOptions | undefined {
  const identity = identityOf(settings);
  return identity && { identity, wantsResponse: settings.has("--user-response") };
}

function identityOf(settings: Settings): UserOptions["identity"] | undefined {
  const name = settings.value("--user");
  if (name !== undefined) {
    const password = passwordOf(settings);
    return { kind: "name", name, ...(password === undefined ? {} : { password }) };
  }
  for (const kind of ["jwt", "saml", "kerberos"] as const) {
    const path = settings.value(`--${kind}-file`);
    if (path !== undefined) return { kind, path };
  }
  return undefined;
}

function passwordOf(settings: Settings): SecretSource | undefined {
  const path = settings.value("--user-password-file");
  if (path !== undefined) return { kind: "file", path };
  const name = settings.value("--user-password-env");
  return name === undefined ? undefined : { kind: "variable", name };
}

/** The words that ask for the same; a password that is given already is left out. */
export function wordsOfUser(user: UserOptions | undefined): readonly string[] {
  if (user === undefined) return [];
  const { identity, wantsResponse } = user;
  return [
    ...(identity.kind === "name"
      ? ["--user", identity.name, ...wordsOfSecret(identity.password)]
      : [`--${identity.kind}-file`, identity.path]),
    ...(wantsResponse ? ["--user-response"] : []),
  ];
}

function wordsOfSecret(secret: SecretSource | undefined): readonly string[] {
  switch (secret?.kind) {
    case "file":
      return ["--user-password-file", secret.path];
    case "variable":
      return ["--user-password-env", secret.name];
    default:
      return [];
  }
}
