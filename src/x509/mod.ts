/**
 * X.509: certificates, CRLs, trust, and the decision on a certificate.
 *
 * Pure but for hashes and signatures (`signature.ts`): no disk, no clock, no output. Files come through a
 * `FileReader`, the time is an argument.
 */

export {
  type AuxiliaryTrust,
  type Certificate,
  type CertificateFields,
  KEY_USAGE,
  parseCertificate,
  parseTrustedCertificate,
  renderSerialDecimal,
  renderSerialHex,
  sameCertificate,
} from "./certificate.ts";
export { type Crl, parseCrl, type RevokedCertificate } from "./crl.ts";
export { encodeDer, unsignedFromBytes } from "./bytes.ts";
export { type CurveData, CURVES } from "./curves.ts";
export {
  collectPieces,
  contentsOf,
  type DerDefect,
  type DerElement,
  DerError,
  DerReader,
  type ExplicitField,
  firstElement,
  TAG,
} from "./der.ts";
export { DER_DEFECTS } from "./der_error.ts";
export { readInteger, readOid } from "./der_values.ts";
export { type EcdsaInput, multiplyPoint, verifyEcdsa } from "./ec.ts";
export type { ExtensionValues } from "./extension_values.ts";
export { type CertificateSide, explainRefusal, type Explanation } from "./explain.ts";
export type {
  AuthorityKeyIdentifier,
  BasicConstraints,
  DistributionPoint,
  DistributionPointName,
  Extension,
  IssuingDistributionPoint,
  NameConstraints,
  NameSubtree,
} from "./extensions.ts";
export { type FileContent, type FileKind, fileKindOf } from "./file_kind.ts";
export { type GeneralName, renderIpAddress } from "./general_name.ts";
export { type HostMatch, hostNames, matchHost, parseIpAddress } from "./hostname.ts";
export {
  ERRNO,
  type FileContents,
  type FileFormat,
  type FileReader,
  type LibraryError,
  type Loaded,
  loadTrustFile,
  readCertificates,
  type TrustFile,
} from "./load.ts";
export {
  type DistinguishedName,
  type NameAttribute,
  nameHash,
  parseName,
  renderName,
  renderOneline,
} from "./name.ts";
export {
  checkCertificateFile,
  checkRootFile,
  type OfflineResult,
  type OfflineSettings,
} from "./offline.ts";
export {
  KEY_ALGORITHMS,
  KEY_PURPOSE,
  type KeyKind,
  SIGNATURE_SCHEMES,
  type SignatureScheme,
} from "./oids.ts";
export type { Purpose } from "./path.ts";
export { encodePem, type PemBlock, type PemFault, type PemScan, scanPem } from "./pem.ts";
export { BAD_VECTOR, type DekInfo, type PemHeaderFault, readPemHeader } from "./pem_header.ts";
export type { AlgorithmIdentifier } from "./algorithm.ts";
export { describePublicKey, type PublicKey, readPublicKey, renderPublicKey } from "./public_key.ts";
export { type Reason, REASON_TEXTS, type ReasonCode, reasonOf } from "./reasons.ts";
export type { CrlCheck } from "./revocation.ts";
export {
  loadOwnCertificates,
  type OwnCertificates,
  ownCertificateWarnings,
  type ServerUnfitness,
  serverUnfitness,
} from "./own.ts";
export { keyObject, sha256 } from "./signature.ts";
export { type Added, TrustStore, type UnusableFile } from "./store.ts";
export { renderReferenceTime, renderTime, type X509Time } from "./time.ts";
export {
  type Accepted,
  completeOwnChain,
  isSignedBy,
  type Refused,
  type Verdict,
  verifyCertificate,
  verifyPeerChain,
  type VerifySettings,
} from "./verify.ts";
