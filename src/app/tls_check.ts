/** What TLS adds to the check of one peer: the handshake, its lines, its report, the seed that is written at the end. */

import type { CheckResult, CheckTrace, Secure } from "../check/mod.ts";
import { loadTlsLines } from "../log/mod.ts";
import type { Options } from "../options/mod.ts";
import { type LogTo, logTrace } from "./logging.ts";
import { prepareTlsMeans, secureBy } from "./tls.ts";

/** Checks over TLS. */
export interface SecuredChecks {
  /** Puts TLS over a connection. */
  readonly secure: Secure;
  /** Logs the events of a check, those of TLS too. */
  readonly trace: CheckTrace;
  /** What is left to do after a check. */
  readonly finish: (result: CheckResult) => void;
}

/** Prepares checks over TLS; `impossible` when that cannot be, which has been said then. */
export async function secureChecks(
  means: LogTo & { readonly options: Options },
): Promise<SecuredChecks | "impossible"> {
  const { options, world } = means;
  if (options.tls.mode === "off") return "impossible";
  const { writeSeedFile } = options.tls;
  const prepared = await prepareTlsMeans(options.tls, { ...means, side: "client" });
  if (prepared === undefined) return "impossible";
  const { tlsMessagesOf } = await loadTlsLines();
  return {
    secure: secureBy(prepared),
    trace: await logTrace(means, tlsMessagesOf),
    finish(result) {
      if (result.association === undefined || writeSeedFile === undefined) return;
      world.writeSecret(writeSeedFile, crypto.getRandomValues(new Uint8Array(SEED_LENGTH)));
    },
  };
}

/** As long as the reference's. Nothing reads it here: randomness always comes from the system. */
const SEED_LENGTH = 1024;
