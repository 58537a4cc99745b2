/** The length field of an element whose end is marked by a delimiter (PS3.5 7.5). */
export const UNDEFINED_LENGTH = 0xffff_ffff;
