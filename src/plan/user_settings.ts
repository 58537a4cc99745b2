/** From the `user` of a plan to the user identity that is asked for (PS3.7 D.3.3.7). */

import type { Options, SecretSource } from "../options/mod.ts";
import type { Settings } from "./schema_rows.ts";
import type { PlanPeer } from "./types.ts";

/** The plan's own user identity; that of the command line is in the options already. */
export function userOf({ user }: Settings): Pick<PlanPeer, "user"> {
  if (user === undefined || user.enabled === false) return {};
  const { jwtFile, samlFile, kerberosFile, response: wantsResponse = false } = user;
  const files = { jwt: jwtFile, saml: samlFile, kerberos: kerberosFile } as const;
  for (const kind of ["jwt", "saml", "kerberos"] as const) {
    const path = files[kind];
    if (path !== undefined) return { user: { identity: { kind, path }, wantsResponse } };
  }
  const { name = "" } = user;
  return { user: { identity: { kind: "name", name, ...passwordOf(user) }, wantsResponse } };
}

function passwordOf(
  { password, passwordFile }: NonNullable<Settings["user"]>,
): { readonly password?: SecretSource } {
  if (password !== undefined) return { password: { kind: "given", text: password } };
  return passwordFile === undefined ? {} : { password: { kind: "file", path: passwordFile } };
}

/** The options without the command line's user identity, where the plan says another, or none. */
export function withoutIdentity({ user }: Settings, options: Options): Options {
  if (user === undefined) return options;
  const { userIdentity: _, ...others } = options;
  return others;
}
