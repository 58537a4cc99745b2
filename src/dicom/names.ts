import { COMMAND_DICTIONARY } from "./command_dictionary.ts";
import type { UidNames } from "./uid.ts";

/** The tag of an element. */
export interface ElementTag {
  /** Group number, the first half. */
  readonly group: number;
  /** Element number, the second half. */
  readonly element: number;
}

/** What a dictionary says about an element. */
export interface ElementName {
  /** Value representation; also the reference's own ones, such as `xs` for US or SS. */
  readonly vr: string;
  /** Keyword, such as `ErrorComment`. */
  readonly keyword: string;
}

/** Looks an element up; `creator` is who reserved the block of a private element (PS3.5 7.8.1). */
export type ElementNames = (tag: ElementTag, creator?: string) => ElementName | undefined;

/** The names that a log gives to what is on the wire. */
export interface Names {
  /** Names of UIDs. */
  readonly uids: UidNames;
  /** Names of elements. */
  readonly elements: ElementNames;
  /** Whether elements outside group 0000 are known too, because dictionary files were loaded. */
  readonly hasDictionary: boolean;
}

/** The elements of group 0000 and all group lengths, which need no dictionary file. */
export function commandElement({ group, element }: ElementTag): ElementName | undefined {
  if (group === 0) return COMMAND_DICTIONARY[element];
  return element === 0 ? GROUP_LENGTH : undefined;
}

const GROUP_LENGTH: ElementName = { vr: "UL", keyword: "GenericGroupLength" };
