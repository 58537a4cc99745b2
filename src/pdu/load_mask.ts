/** Loads what makes user identities unreadable: for those who send one, or keep bytes of many. */
export async function loadUserIdentityMask(): Promise<typeof import("./mask_user_identity.ts")> {
  return await import("./mask_user_identity.ts");
}
