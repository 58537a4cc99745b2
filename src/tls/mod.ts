/**
 * TLS: keys, certificates, trust. Only what reads certificates and keys is here; connections are made elsewhere.
 *
 * Heavy (it brings the runtime's cryptography): import it only when TLS is asked for.
 */

export {
  KeyError,
  keyMatchesCertificate,
  type KeyProblem,
  loadPrivateKey,
  needsPassword,
  type PrivateKey,
  requireMatch,
} from "./keys.ts";
export * from "./x509/mod.ts";
