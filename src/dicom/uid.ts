/** A unique identifier that PS3.5 9.1 allows: 1 to 64 characters, numbers without leading zeros between dots. */
export type Uid = string & { readonly brand: "Uid" };

/** The UID that `text` is, or `undefined` when PS3.5 9.1 does not allow it. */
export function parseUid(text: string): Uid | undefined {
  return isUid(text) ? text : undefined;
}

function isUid(text: string): text is Uid {
  return text.length <= 64 && /^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))*$/.test(text);
}
