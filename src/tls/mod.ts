/**
 * TLS: what is asked for becomes what a handshake needs, and the decision on a peer. Connections are made elsewhere.
 *
 * Heavy (it brings the runtime's cryptography): import it only when TLS is asked for.
 */

export { CamelliaKey } from "./camellia.ts";
export {
  KeyError,
  keyMatchesCertificate,
  type KeyProblem,
  loadPrivateKey,
  needsPassword,
  type PrivateKey,
} from "./keys.ts";
export * from "../x509/mod.ts";
export { groupName, schemeName } from "./code_names.ts";
export { certificateFacts } from "./facts.ts";
export { askOnTerminal, type Prompting } from "./host_password.ts";
export { type Criteria, crlCheckOf, judgePeer } from "./judge.ts";
export { type ListFolder } from "./clients.ts";
export { type PreparedTls, prepareTls } from "./prepare.ts";
export type { PrepareDeps } from "./prepare_deps.ts";
export { TlsSetupError } from "./setup_error.ts";
export {
  type CipherSuite,
  isSpoken,
  profileOf,
  PROFILES,
  SPOKEN,
  suiteByCode,
  SUITES,
  SUITES_OF_TLS13,
  type TlsProfileRow,
} from "./suites.ts";
export { ownOffer, VERSION_NUMBERS, versionName } from "./own_offer.ts";
export { makeThrowaway, type Throwaway } from "./throwaway.ts";
export { TLS_WEAKNESSES } from "../common/tls_weaknesses.ts";
export type * from "./types.ts";
export { troubleOf } from "./unloaded.ts";
export { withExchange } from "./weaknesses.ts";
