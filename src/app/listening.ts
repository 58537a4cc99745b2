/** Opens the sockets of what listens, and says why one cannot be opened. */

import { loadScpLines } from "../log/mod.ts";
import { errorCode } from "../system/mod.ts";
import { ListenError, type Listening } from "../transport/mod.ts";
import type { ListenPlace } from "../transport/types.ts";
import type { ModeContext } from "./context.ts";
import { isExplained, tellHint } from "./explanation.ts";
import { logMessage } from "./logging.ts";

/** Listens at `place`, which was asked for as `asked`; `undefined`: that cannot be, which has been said then. */
export async function openListening(
  place: ListenPlace,
  { asked = place, context }: { readonly asked?: ListenPlace; readonly context: ModeContext },
): Promise<Listening | undefined> {
  const { world } = context;
  const { cannotAcceptText, cannotListenText } = await loadScpLines();
  try {
    return await world.listen(place, {
      onShortage: (why) => logMessage(context, { level: "warn", text: cannotAcceptText(why) }),
    });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    logMessage(context, { level: "fatal", text: cannotListenText(asked, error.message) });
    explainListening(error, context);
    return undefined;
  }
}

/** Follows a port that cannot be listened on with its hint, where `explainFailure` would. */
function explainListening(
  { cause }: ListenError,
  context: ModeContext,
): void {
  const code = errorCode(cause) ?? "";
  const isWindows = context.world.target.includes("windows");
  const hint = (isWindows ? WINDOWS_LISTEN_HINTS[code] : undefined) ?? LISTEN_HINTS[code];
  if (hint !== undefined && isExplained(context)) tellHint(`hint: ${hint}`, context);
}

/** By the system's code. */
const LISTEN_HINTS: Readonly<Record<string, string>> = {
  EACCES:
    "ports below 1024 take rights on many systems (CAP_NET_BIND_SERVICE on Linux): take another, such as 11112",
  EADDRINUSE: "another program listens there: ss -ltnp, on Windows netstat -ano, names it",
  EADDRNOTAVAIL: "this machine has no such address: without one it listens on all",
};

/** Windows lets everybody take low ports, but keeps ranges of any for itself and for Hyper-V (WSAEACCES). */
const WINDOWS_LISTEN_HINTS: Readonly<Record<string, string>> = {
  EACCES:
    "Windows may have reserved this port: netsh interface ipv4 show excludedportrange tcp lists the ranges; take another",
};
