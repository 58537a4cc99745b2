/** How the test server is set up, as types only. */

import type { KeyObject } from "node:crypto";
import type { TypedBytes } from "./protection.ts";

/** What a ServerHello says. */
export interface HelloFields {
  readonly version: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly suite: number;
  readonly compression: number;
  readonly extensions: readonly (readonly [type: number, contents: Uint8Array])[];
}

/** What it does otherwise than the standard says. */
export interface Tricks {
  /** Says something else in its ServerHello. */
  readonly hello?: (fields: HelloFields) => Partial<HelloFields>;
  /** Signs other parameters of the key exchange than it should. */
  readonly parameters?: (parameters: Uint8Array) => Uint8Array;
  /** Changes a message; the transcript has what was sent. */
  readonly change?: (type: number, body: Uint8Array) => Uint8Array | undefined;
  /** Sends something else than the transcript has. */
  readonly sent?: (type: number, body: Uint8Array) => Uint8Array | undefined;
  /** Sends records before a message. */
  readonly before?: (type: number) => readonly TypedBytes[];
  /** Adds bytes to the record of a message. */
  readonly tail?: (type: number) => Uint8Array | undefined;
  /** Sends records of its own when the handshake is done. */
  readonly after?: (send: (content: TypedBytes) => void) => void;
}

/** Who it is. */
export interface ServerSettings {
  readonly version: number;
  readonly suite: number;
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
  /** Scheme of its signatures from TLS 1.2 on. */
  readonly scheme: number;
  /** Hash of that scheme; with `pss` for RSASSA-PSS. */
  readonly hash: string;
  readonly pss?: boolean;
  readonly encryptThenMac?: boolean;
  readonly asksForCertificate?: boolean;
  /** Group it insists on; default P-256. */
  readonly group?: number;
}
