/** Which software a peer says it is, by the two names that it gives itself in an association (PS3.7 D.3.3.2). */

import { type ProductRow, PRODUCTS } from "./product_table.ts";

/** What a peer calls itself; both may be missing, and neither is proved. */
export interface SoftwareNames {
  /** Implementation class UID. */
  readonly implementationClassUid?: string | undefined;
  /** Implementation version name. */
  readonly implementationVersionName?: string | undefined;
}

/** What the names say. */
export interface ClaimedSoftware {
  /** `names itself ...`: a clause for people, with what it leaves open. */
  readonly claim: string;
  /** The product or the toolkit; absent where only the vendor is known. */
  readonly product?: string;
  /** Who makes it. */
  readonly vendor: string;
  /** Whether products of other vendors give the same names, because they are built on it. */
  readonly isToolkit: boolean;
}

/** Looks both names up; `undefined` when neither is known. */
export function claimedSoftware(names: SoftwareNames): ClaimedSoftware | undefined {
  const uid = (names.implementationClassUid ?? "").trim();
  const name = (names.implementationVersionName ?? "").trim().toLowerCase();
  const byUid = best((row) => row.uid, (part) => uid === part || uid.startsWith(`${part}.`));
  const byName = best((row) => row.name, (part) => name.startsWith(part.toLowerCase()));
  const row = byUid === undefined || (byUid.kind === "vendor" && byName !== undefined)
    ? byName
    : byUid;
  if (row === undefined) return undefined;
  const { product, vendor, kind } = row;
  const isToolkit = kind === "toolkit";
  const other = byUid === row ? byName : byUid;
  const parts = [
    `names itself ${product}${kind === "vendor" ? "" : ` (${vendor})`}`,
    ...(isToolkit ? [`which products of many vendors are built on${among(row)}`] : []),
    ...(other === undefined || other === row ? [] : [contradiction(other, byUid === row)]),
  ];
  return {
    claim: parts.join(", "),
    ...(kind === "vendor" ? {} : { product }),
    vendor,
    isToolkit,
  };
}

function among({ under }: ProductRow): string {
  return under === undefined ? "" : `, ${under}`;
}

function contradiction({ product }: ProductRow, isByName: boolean): string {
  return `and ${product} by its ${isByName ? "version name" : "implementation class UID"}`;
}

/** The row whose part is the longest of those that fit. */
function best(
  partOf: (row: ProductRow) => string | undefined,
  fits: (part: string) => boolean,
): ProductRow | undefined {
  return PRODUCTS.filter((row) => {
    const part = partOf(row);
    return part !== undefined && fits(part);
  }).sort((left, right) => (partOf(right) ?? "").length - (partOf(left) ?? "").length)[0];
}
