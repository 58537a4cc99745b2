/**
 * The library that the reference's `+vc` decides with, called in this process: thousands of decisions in the time
 * that the program takes for a few dozen.
 *
 * The calls are those of the reference (files through `X509_LOOKUP_file`, the leaf and what follows it through
 * `PEM_read_bio_X509`), so that a share of the cases asked of the program itself is enough to know that both agree.
 */

const SYMBOLS = {
  BIO_new_file: { parameters: ["buffer", "buffer"], result: "pointer" },
  BIO_free: { parameters: ["pointer"], result: "i32" },
  PEM_read_bio_X509: {
    parameters: ["pointer", "pointer", "pointer", "pointer"],
    result: "pointer",
  },
  d2i_X509_bio: { parameters: ["pointer", "pointer"], result: "pointer" },
  X509_free: { parameters: ["pointer"], result: "void" },
  OPENSSL_sk_new_null: { parameters: [], result: "pointer" },
  OPENSSL_sk_push: { parameters: ["pointer", "pointer"], result: "i32" },
  OPENSSL_sk_free: { parameters: ["pointer"], result: "void" },
  X509_STORE_new: { parameters: [], result: "pointer" },
  X509_STORE_free: { parameters: ["pointer"], result: "void" },
  X509_STORE_set_flags: { parameters: ["pointer", "u64"], result: "i32" },
  X509_STORE_add_lookup: { parameters: ["pointer", "pointer"], result: "pointer" },
  X509_STORE_add_cert: { parameters: ["pointer", "pointer"], result: "i32" },
  X509_LOOKUP_file: { parameters: [], result: "pointer" },
  X509_LOOKUP_ctrl: {
    parameters: ["pointer", "i32", "buffer", "i64", "pointer"],
    result: "i32",
  },
  X509_STORE_CTX_new: { parameters: [], result: "pointer" },
  X509_STORE_CTX_free: { parameters: ["pointer"], result: "void" },
  X509_STORE_CTX_init: {
    parameters: ["pointer", "pointer", "pointer", "pointer"],
    result: "i32",
  },
  X509_STORE_CTX_set_default: { parameters: ["pointer", "buffer"], result: "i32" },
  X509_STORE_CTX_get_error: { parameters: ["pointer"], result: "i32" },
  X509_STORE_CTX_get_error_depth: { parameters: ["pointer"], result: "i32" },
  X509_verify_cert: { parameters: ["pointer"], result: "i32" },
  X509_verify_cert_error_string: { parameters: ["i64"], result: "pointer" },
  BIO_new_mem_buf: { parameters: ["buffer", "i32"], result: "pointer" },
  PEM_read_bio_PrivateKey: {
    parameters: ["pointer", "pointer", "pointer", "pointer"],
    result: "pointer",
  },
  EVP_PKEY_free: { parameters: ["pointer"], result: "void" },
  EVP_MD_CTX_new: { parameters: [], result: "pointer" },
  EVP_MD_CTX_free: { parameters: ["pointer"], result: "void" },
  EVP_get_digestbyname: { parameters: ["buffer"], result: "pointer" },
  EVP_DigestSignInit: {
    parameters: ["pointer", "buffer", "pointer", "pointer", "pointer"],
    result: "i32",
  },
  EVP_DigestSign: {
    parameters: ["pointer", "buffer", "buffer", "buffer", "u64"],
    result: "i32",
  },
  EVP_PKEY_CTX_set_rsa_padding: { parameters: ["pointer", "i32"], result: "i32" },
  EVP_PKEY_CTX_set_rsa_pss_saltlen: { parameters: ["pointer", "i32"], result: "i32" },
  ERR_get_error: { parameters: [], result: "u64" },
  ERR_clear_error: { parameters: [], result: "void" },
} as const;

const LOAD_FILE = 1;
const PSS_PADDING = 6;
const SALT_AS_DIGEST = -1;
const MAX_SIGNATURE = 1024;
const FILE_TYPES = { pem: 1n, der: 2n } as const;
const CRL_FLAGS = { none: 0n, leaf: 0x4n, all: 0xcn } as const;
const PURPOSES = { server: "ssl_server", client: "ssl_client" } as const;

/** What is to be decided: paths of files, and how. */
export interface LibraryCase {
  /** `-pem` or `-der`, for all files. */
  readonly format: "pem" | "der";
  /** The file of the certificate. */
  readonly leaf: string;
  /** Files that are trusted, in the order in which they are loaded; `itself`: nothing but the certificate (`+rc`). */
  readonly store: readonly string[] | "itself";
  /** Which certificates need a CRL. */
  readonly crlCheck: "none" | "leaf" | "all";
  /** What the certificate is used for; `any` as in `+vc`. */
  readonly purpose: "any" | "server" | "client";
}

/** What the library says. */
export interface LibraryOpinion {
  /** `ok`, the text of a reason, `internal error` (the reference takes it for ok), or `unreadable`. */
  readonly text: string;
  /** Place in the path of the certificate it was found at; 0 when nothing was decided. */
  readonly depth: number;
  /** The first error that each file of the store gave, as eight hex digits; `undefined` for a good one. */
  readonly storeErrors: readonly (string | undefined)[];
}

/** The library; `using` or `close()` gives it back. */
export class OpensslLibrary implements Disposable {
  readonly #library: Deno.DynamicLibrary<typeof SYMBOLS>;
  readonly #keys = new Map<string, Deno.PointerValue>();

  /** Loads the library that the installed reference uses. */
  constructor() {
    this.#library = Deno.dlopen("libcrypto.so.3", SYMBOLS);
  }

  /** Gives the library back. */
  close(): void {
    for (const key of this.#keys.values()) this.#library.symbols.EVP_PKEY_free(key);
    this.#library.close();
  }

  /** The same at the end of a block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Decides one case. */
  decide(item: LibraryCase): LibraryOpinion {
    const lib = this.#library.symbols;
    const certificates = this.#readCertificates(item);
    const [leaf, ...others] = certificates;
    const store = lib.X509_STORE_new();
    const storeErrors: (string | undefined)[] = [];
    try {
      if (item.store === "itself") {
        if (leaf !== undefined) lib.X509_STORE_add_cert(store, leaf);
      } else {
        for (const path of item.store) storeErrors.push(this.#loadFile(store, { path, ...item }));
      }
      if (leaf === undefined) return { text: "unreadable", depth: 0, storeErrors };
      const untrusted = item.store === "itself" ? undefined : others;
      return { ...this.#verify(store, { leaf, untrusted, item }), storeErrors };
    } finally {
      for (const certificate of certificates) lib.X509_free(certificate);
      lib.X509_STORE_free(store);
      lib.ERR_clear_error();
    }
  }

  /** Signs a message; `isPss` with a salt as long as the hash. */
  sign(
    message: Uint8Array,
    how: { readonly pem: Uint8Array; readonly hash: string | undefined; readonly isPss: boolean },
  ): Uint8Array {
    const lib = this.#library.symbols;
    const key = this.#key(how.pem);
    const context = lib.EVP_MD_CTX_new();
    const place = new BigUint64Array(1);
    const hash = how.hash === undefined ? null : lib.EVP_get_digestbyname(text(how.hash));
    const check = (result: number): void => {
      if (result <= 0) throw new Error(`Not signed: ${lib.ERR_get_error().toString(16)}`);
    };
    try {
      check(lib.EVP_DigestSignInit(context, place, hash, null, key));
      if (how.isPss) {
        const inner = Deno.UnsafePointer.create(place[0] ?? 0n);
        check(lib.EVP_PKEY_CTX_set_rsa_padding(inner, PSS_PADDING));
        check(lib.EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, SALT_AS_DIGEST));
      }
      const length = BigUint64Array.of(BigInt(MAX_SIGNATURE));
      const signature = new Uint8Array(MAX_SIGNATURE);
      const input = new Uint8Array(message);
      check(lib.EVP_DigestSign(context, signature, length, input, BigInt(input.length)));
      return signature.slice(0, Number(length[0]));
    } finally {
      lib.EVP_MD_CTX_free(context);
      lib.ERR_clear_error();
    }
  }

  #key(pem: Uint8Array): Deno.PointerValue {
    const lib = this.#library.symbols;
    const name = String.fromCharCode(...pem);
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const file = lib.BIO_new_mem_buf(new Uint8Array(pem), pem.length);
    const key = lib.PEM_read_bio_PrivateKey(file, null, null, null);
    lib.BIO_free(file);
    if (key === null) throw new Error("Not a private key");
    this.#keys.set(name, key);
    return key;
  }

  #loadFile(
    store: Deno.PointerValue,
    { path, format }: { readonly path: string; readonly format: "pem" | "der" },
  ): string | undefined {
    const lib = this.#library.symbols;
    const lookup = lib.X509_STORE_add_lookup(store, lib.X509_LOOKUP_file());
    lib.ERR_clear_error();
    if (lib.X509_LOOKUP_ctrl(lookup, LOAD_FILE, text(path), FILE_TYPES[format], null) > 0) {
      return undefined;
    }
    return lib.ERR_get_error().toString(16).padStart(8, "0");
  }

  #readCertificates(
    { leaf, format, store }: LibraryCase,
  ): readonly Deno.PointerObject[] {
    const lib = this.#library.symbols;
    const file = lib.BIO_new_file(text(leaf), text("rb"));
    if (file === null) return [];
    const found: Deno.PointerObject[] = [];
    const isChain = format === "pem" && store !== "itself";
    do {
      const one = format === "pem"
        ? lib.PEM_read_bio_X509(file, null, null, null)
        : lib.d2i_X509_bio(file, null);
      if (one === null) break;
      found.push(one);
    } while (isChain);
    lib.BIO_free(file);
    return found;
  }

  #verify(
    store: Deno.PointerValue,
    { leaf, untrusted, item }: {
      readonly leaf: Deno.PointerObject;
      readonly untrusted: readonly Deno.PointerObject[] | undefined;
      readonly item: LibraryCase;
    },
  ): Pick<LibraryOpinion, "text" | "depth"> {
    const lib = this.#library.symbols;
    lib.X509_STORE_set_flags(store, CRL_FLAGS[item.crlCheck]);
    const context = lib.X509_STORE_CTX_new();
    const stack = untrusted === undefined ? null : lib.OPENSSL_sk_new_null();
    for (const one of untrusted ?? []) lib.OPENSSL_sk_push(stack, one);
    try {
      lib.X509_STORE_CTX_init(context, store, leaf, stack);
      if (item.purpose !== "any") {
        lib.X509_STORE_CTX_set_default(context, text(PURPOSES[item.purpose]));
      }
      const result = lib.X509_verify_cert(context);
      if (result > 0) return { text: "ok", depth: 0 };
      if (result < 0) return { text: "internal error", depth: 0 };
      const code = lib.X509_STORE_CTX_get_error(context);
      const reason = lib.X509_verify_cert_error_string(BigInt(code));
      if (reason === null) throw new Error(`No text for ${code}`);
      return {
        text: new Deno.UnsafePointerView(reason).getCString(),
        depth: lib.X509_STORE_CTX_get_error_depth(context),
      };
    } finally {
      lib.X509_STORE_CTX_free(context);
      if (stack !== null) lib.OPENSSL_sk_free(stack);
    }
  }
}

/** A NUL-terminated string. */
function text(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${value}\0`);
}

/** Whether the library can be loaded here. */
export function hasOpensslLibrary(): boolean {
  try {
    new OpensslLibrary().close();
    return true;
  } catch {
    return false;
  }
}
