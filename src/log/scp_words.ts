/** Words that the lines of the answering side share. */

import type { AssociateRq } from "../pdu/types.ts";
import type { Endpoint } from "../transport/types.ts";
import { shown } from "./dump.ts";

/** Such as `192.0.2.1 port 104`. */
export function placeOf({ host, port }: Endpoint): string {
  return `${host} port ${port}`;
}

/** `1 echo`, `2 echoes`. */
export function counted(count: number, what: string): string {
  if (count === 1) return `1 ${what}`;
  return `${count} ${what}${what.endsWith("o") ? "es" : "s"}`;
}

/** A 16 bit code as the standard writes it. */
export function hex(code: number): string {
  return `${code.toString(16).toUpperCase().padStart(4, "0")}H`;
}

/** `"ECHOSCU" for "ANY-SCP"`; quotes show blanks around a title. */
export function callerOf({ callingAeTitle, calledAeTitle }: AssociateRq): string {
  return `"${shown(callingAeTitle)}" for "${shown(calledAeTitle)}"`;
}
