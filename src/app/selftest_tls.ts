/** TLS for both sides of a self-test: with the files that the options name, else with a throwaway key of its own. */

import type { Secure } from "../check/mod.ts";
import { loadTlsLines } from "../log/mod.ts";
import type { SecureServer } from "../scp/mod.ts";
import type { ModeContext } from "./context.ts";
import type { SpecialLines } from "./logging.ts";
import { loadTls, prepareTlsMeans, secureBy, secureServerBy, type WantedTls } from "./tls.ts";

/** What is asked for when no option says anything of TLS. */
const DEFAULT: WantedTls = {
  mode: "anonymous",
  fileFormat: "pem",
  certificateFiles: [],
  certificateDirectories: [],
  crlFiles: [],
  crlCheck: "none",
  profile: "bcp195-nd",
  cipherSuites: [],
  serverName: undefined,
  seedFile: undefined,
  writeSeedFile: undefined,
  peerCertificate: "require",
  wantedName: { kind: "peer" },
};

/** Prepares both sides, each of which must show a certificate that the other trusts; `undefined`: that cannot be. */
export async function securitySelftest(context: ModeContext): Promise<
  | {
    readonly secure: Secure;
    readonly secureServer: SecureServer;
    readonly special: SpecialLines;
  }
  | undefined
> {
  const { options, world } = context;
  const wanted = options.tls.mode === "off" ? DEFAULT : options.tls;
  const { makeThrowaway } = await loadTls();
  const own = wanted.mode === "authenticated" ? {} : { throwaway: makeThrowaway(world.wallTime()) };
  const client = await prepareTlsMeans(wanted, { ...context, ...own, side: "client" });
  const server = client && await prepareTlsMeans(wanted, { ...context, ...own, side: "server" });
  if (client === undefined || server === undefined) return undefined;
  const { tlsMessagesOf } = await loadTlsLines();
  return {
    secure: secureBy(client),
    secureServer: secureServerBy(server),
    special: tlsMessagesOf,
  };
}
