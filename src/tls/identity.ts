/** Our own key and certificate: read, decrypted, held against each other, and made into what the runtime takes. */

import type { ErrorQueue } from "./error_queue.ts";
import { KeyError, keyMatchesCertificate, loadPrivateKey, needsPassword } from "./keys.ts";
import type { PrivateKey } from "./keys.ts";
import type { OpenedPkcs12 } from "./pkcs12.ts";
import type { PrepareDeps } from "./prepare_deps.ts";
import { TlsSetupError } from "./setup_error.ts";
import type {
  FileContent,
  FileTrouble,
  LibraryFailure,
  TlsIdentity,
  TlsRequest,
  TlsSetupProblem,
} from "./types.ts";
import { troubleOf } from "./unloaded.ts";
import {
  type Certificate,
  completeOwnChain,
  describePublicKey,
  encodePem,
  type FileFormat,
  type FileReader,
  loadOwnCertificates,
  type OwnCertificates,
  ownCertificateWarnings,
  renderName,
  serverUnfitness,
  type TrustStore,
} from "../x509/mod.ts";

type Authenticated = Extract<TlsRequest, { mode: "authenticated" }>;
type Deps = PrepareDeps & {
  readonly store: TrustStore;
  readonly queue: ErrorQueue;
  readonly side: "client" | "server";
};

/** Our own key and certificates, and who can use them. */
export interface LoadedIdentity {
  /** Key and certificates. */
  readonly identity: TlsIdentity;
  /** The certificates. */
  readonly chain: readonly Certificate[];
  /** Whether the runtime's TLS can sign with the key; it would silently show no certificate, or fail late. */
  readonly isSpoken: boolean;
}

/** Loads key and certificate of `request`. Throws `TlsSetupError`. */
export async function loadIdentity(request: Authenticated, deps: Deps): Promise<LoadedIdentity> {
  const unpacked = await unpack(request, deps);
  const key = await loadKey(unpacked.forKey.request, { ...deps, reader: unpacked.forKey.reader });
  const { certificates, damage } = loadCertificates(unpacked.forCertificates.request, {
    ...deps,
    reader: unpacked.forCertificates.reader,
  });
  const [leaf] = certificates;
  const { keyFile, certificateFile } = request;
  for (const text of ownCertificateWarnings(leaf, certificateFile)) {
    deps.report({ type: "own-certificate-weak", text });
  }
  if (damage !== undefined) {
    deps.report({ type: "own-chain-damaged", error: deps.queue.exchange(damage) });
  }
  const why = deps.side === "server" ? serverUnfitness(leaf, deps.now()) : undefined;
  if (why !== undefined) {
    deps.report({ type: "own-certificate-unfit", path: certificateFile, why });
  }
  if (!keyMatchesCertificate(key, leaf)) {
    throw new TlsSetupError({ kind: "mismatch", path: certificateFile, keyPath: keyFile });
  }
  const chain = completeOwnChain(certificates, { store: deps.store, nowMs: deps.now() });
  const pem = chain.map(({ der }) => encodePem("CERTIFICATE", der)).join("");
  const identity = { key: key.pem, certificates: pem, ...missingIssuerOf(chain, deps.store) };
  return { identity, chain, isSpoken: isSpoken(leaf) };
}

/** Where a file is read from: the file itself, or what was in a PKCS#12 file of its name. */
interface Source {
  readonly request: Authenticated;
  readonly reader: FileReader;
}

/** First octet of DER, and of no PEM. */
const SEQUENCE = 0x30;

/**
 * Opens the file that is named as key and as certificate, where it is PKCS#12. Named once only, or next to another file,
 * such a file is what it is for the reference: none of its formats.
 */
async function unpack(
  request: Authenticated,
  deps: Deps,
): Promise<{ readonly forKey: Source; readonly forCertificates: Source }> {
  const { reader } = deps;
  const path = request.keyFile;
  const plain = { request, reader };
  const asIs = { forKey: plain, forCertificates: plain };
  if (path !== request.certificateFile) return asIs;
  const contents = reader.read(path);
  if (!contents.ok || contents.bytes[0] !== SEQUENCE) return asIs;
  const pkcs12 = await import("./pkcs12.ts");
  if (!pkcs12.isPkcs12(contents.bytes)) return asIs;
  const open = (password?: string) => pkcs12.openPkcs12(contents.bytes, password);
  const opened = await openContainer(path, { open, request, deps });
  const source = (text: string): Source => {
    const bytes = new TextEncoder().encode(text);
    return {
      request: { ...request, fileFormat: "pem" },
      reader: { read: (name) => name === path ? { ok: true, bytes } : reader.read(name) },
    };
  };
  return { forKey: source(opened.keyPem), forCertificates: source(opened.certificatesPem) };
}

/** Opens one; a password is asked for only where it does not open without. */
async function openContainer(
  path: string,
  { open, request, deps }: {
    readonly open: (password?: string) => OpenedPkcs12;
    readonly request: Authenticated;
    readonly deps: Deps;
  },
): Promise<OpenedPkcs12> {
  try {
    const isGiven = request.password.kind === "given" || request.password.kind === "file";
    const free = isGiven ? undefined : opensFreely(open);
    const found = free ?? open(await deps.password(request.password));
    if (found.keyPem !== "") return found;
    throw new KeyError("unreadable", { message: "the PKCS#12 file holds no private key" });
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    const { problem: why, message: detail, libraryError } = error;
    throw new TlsSetupError({
      kind: "key",
      path,
      why,
      error: deps.queue.exchange([libraryError]),
      detail: why === "no-password" ? `${detail}: ${PASSWORD_WAYS}` : detail,
    });
  }
}

const PASSWORD_WAYS = "give it by --password-file or ECHOSCU_KEY_PASSWORD";

/** What opens without a password, or with an empty one; `undefined`: it needs one. */
function opensFreely(open: () => OpenedPkcs12): OpenedPkcs12 | undefined {
  try {
    return open();
  } catch (error) {
    const needsOne = error instanceof KeyError &&
      (error.problem === "no-password" || error.problem === "wrong-password");
    if (!needsOne) throw error;
    return undefined;
  }
}

/** Who issued the last certificate of `chain`, unless that is a root or a root that we know. */
function missingIssuerOf(
  chain: readonly Certificate[],
  store: TrustStore,
): Pick<TlsIdentity, "missingIssuer"> {
  const last = chain.at(-1);
  if (last === undefined || last.isSelfSigned) return {};
  const isKnown = store.certificatesOf(last.issuer).some(({ isSelfSigned }) => isSelfSigned);
  return isKnown ? {} : { missingIssuer: renderName(last.issuer) };
}

async function loadKey(request: Authenticated, deps: Deps): Promise<PrivateKey> {
  const { keyFile: path, fileFormat: format } = request;
  const { reader } = deps;
  const contents = reader.read(path);
  const failure = (
    why: KeyError["problem"] | "missing",
    errors: readonly LibraryFailure[],
  ): TlsSetupError => {
    const error = deps.queue.exchange(errors);
    return new TlsSetupError({
      kind: "key",
      path,
      why,
      error,
      ...readingOf(request, { why, reader }),
    });
  };
  if (!contents.ok) throw failure("missing", openErrors(contents.errno, format));
  try {
    const password = needsPassword(contents.bytes, format)
      ? await deps.password(request.password)
      : undefined;
    return loadPrivateKey(contents.bytes, { format, password });
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw failure(error.problem, [error.libraryError]);
  }
}

/** What is wrong with a key file that was read and holds no key. */
function readingOf(
  { keyFile, certificateFile, fileFormat: format }: Authenticated,
  { why, reader }: { readonly why: string; readonly reader: FileReader },
): Partial<Extract<TlsSetupProblem, { kind: "key" }>> {
  if (why !== "unreadable") return {};
  const trouble = troubleOf(keyFile, { reader, format });
  const other = troubleOf(certificateFile, { reader, format });
  const isSwapped = holdsOnly(trouble, "certificate") && holdsOnly(other, "private key");
  return { trouble, isSwapped };
}

function holdsOnly(trouble: FileTrouble, content: FileContent): boolean {
  const holds = trouble.kind === "contents" ? trouble.found?.holds ?? [] : [];
  return holds.length > 0 && holds.every((one) => one === content);
}

const IS_DIRECTORY = 21;

/** The system's error; a directory opens as PEM, and holds no key. */
function openErrors(errno: number, format: FileFormat): readonly LibraryFailure[] {
  return errno === IS_DIRECTORY && format === "pem"
    ? [{ code: 0x1e08010c, reason: "unsupported" }]
    : [{ code: 0x80000000 + errno, reason: undefined }];
}

function loadCertificates(request: Authenticated, deps: Deps): OwnCertificates {
  const { certificateFile: path, keyFile: keyPath, fileFormat } = request;
  const loaded = loadOwnCertificates(deps.reader.read(path), fileFormat);
  if (loaded.ok) return loaded;
  const error = deps.queue.exchange(loaded.errors);
  const trouble = troubleOf(path, { reader: deps.reader, format: fileFormat });
  throw new TlsSetupError({ kind: "certificate", path, keyPath, error, trouble });
}

const SPOKEN_KEYS: readonly string[] = ["EC P-256", "EC P-384", "EC P-521", "Ed25519"];

function isSpoken({ publicKey }: Certificate): boolean {
  return publicKey.kind === "rsa"
    ? publicKey.bits >= 2048
    : SPOKEN_KEYS.includes(describePublicKey(publicKey));
}
