import type { CommandSet, DimseWarning } from "./types.ts";
import { UNDEFINED_LENGTH } from "./sequence.ts";

/**
 * What is wrong with the elements of a command set and taken all the same, in the order of the elements.
 *
 * PS3.5 7.1 wants even lengths, ascending tags and each of them once; the reference warns and goes on.
 */
export function commandSetWarnings(set: CommandSet): DimseWarning[] {
  const warnings: DimseWarning[] = [];
  const seen = new Set<number>();
  let greatest = -1;
  for (const { group, element, value, hasUndefinedLength, missingLength } of set.elements) {
    const tag = group * 0x10000 + element;
    const length = missingLength ?? value.length;
    if (length % 2 === 1 && length !== UNDEFINED_LENGTH && hasUndefinedLength !== true) {
      warnings.push({ kind: "odd-length", group, element });
    }
    if (missingLength !== undefined) {
      warnings.push({ kind: "value-missing", length, group, element });
    }
    if (hasUndefinedLength === true) warnings.push({ kind: "assumed-sequence", group, element });
    if (seen.has(tag)) warnings.push({ kind: "duplicate", group, element });
    else if (tag < greatest) warnings.push({ kind: "not-ascending", group, element });
    if (INVALID_GROUPS.includes(group)) warnings.push({ kind: "invalid-group", group, element });
    seen.add(tag);
    greatest = Math.max(greatest, tag);
  }
  return warnings;
}

/** Groups that may not occur in a data set (PS3.5 7.1; 0002 belongs to files). */
const INVALID_GROUPS: readonly number[] = [0x0001, 0x0002, 0x0003, 0x0005, 0x0007, 0xffff];
