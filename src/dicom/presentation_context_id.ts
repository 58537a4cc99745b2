/** A presentation context ID: an odd number 1..255 (PS3.8 9.3.2.2). */
export type PresentationContextId = number & { readonly brand: "PresentationContextId" };

/** The presentation context ID that `value` is, or `undefined` when it is even or outside 1..255. */
export function parsePresentationContextId(value: number): PresentationContextId | undefined {
  return isPresentationContextId(value) ? value : undefined;
}

function isPresentationContextId(value: number): value is PresentationContextId {
  return Number.isInteger(value) && value >= 1 && value <= 255 && value % 2 === 1;
}

/** The ID of the proposed context with this index, 0..127: 1, 3, 5 ... 255. */
export function contextIdAt(index: number): PresentationContextId {
  const id = parsePresentationContextId(2 * index + 1);
  if (id === undefined) throw new RangeError(`No presentation context ID for index ${index}`);
  return id;
}
