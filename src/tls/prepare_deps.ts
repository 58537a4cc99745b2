/** What preparing TLS needs from the world around it, as types only. */

import type { FileReader } from "../x509/mod.ts";
import type { ListFolder } from "./clients.ts";
import type { KeyPassword, TlsSetupEvent } from "./types.ts";

/** The world as preparing sees it. */
export interface PrepareDeps {
  /** Reads files. */
  readonly reader: FileReader;
  /** Lists the names in a folder. */
  readonly listFolder: ListFolder;
  /** Reads the clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Finds the password of an encrypted key; `undefined`: there is none to be had. */
  readonly password: (source: KeyPassword) => Promise<string | undefined>;
  /** Gets what is not as it should be. */
  readonly report: (event: TlsSetupEvent) => void;
}
