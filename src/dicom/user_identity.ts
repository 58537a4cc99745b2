/** Who a requestor says it is when it asks for an association (PS3.7 D.3.3.7). */

/** The fields of a user identity (PS3.7 Table D.3-14). Nothing but the request on the wire may show what is secret. */
export interface UserIdentity {
  /** 1 name, 2 name and passcode, 3 Kerberos, 4 SAML, 5 JWT. */
  readonly userIdentityType: number;
  /** Whether the requestor wants a 59H item in the answer. */
  readonly positiveResponseRequested: boolean;
  /** User name in UTF-8; for types 3 to 5, ticket, assertion or token, which are secret. */
  readonly primaryField: Uint8Array;
  /** Passcode in UTF-8 for type 2, which is secret; else empty. */
  readonly secondaryField: Uint8Array;
}

/** What the types are called, by their numbers (PS3.7 Table D.3-14). */
export const USER_IDENTITY_TYPES: Readonly<Record<number, string>> = {
  1: "user name",
  2: "user name and passcode",
  3: "Kerberos",
  4: "SAML",
  5: "JSON Web Token",
};

/** Such as `type 2 (user name and passcode)`; for an unknown number only that. */
export function userIdentityTypeText(type: number): string {
  const name = USER_IDENTITY_TYPES[type];
  return name === undefined ? `type ${type}` : `type ${type} (${name})`;
}

/**
 * Most bytes of both fields together.
 *
 * The user information has a length of 16 bits (PS3.8 9.3.2.3); 4 + 6 bytes go to the headers of this item, and at
 * most 96 to those that every request has: maximum length, implementation class UID and version name.
 */
export const MOST_USER_IDENTITY_BYTES = 65_535 - 10 - 96;
