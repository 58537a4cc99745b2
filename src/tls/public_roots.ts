/**
 * The public roots that come with the runtime, for `--trust-public-roots`.
 *
 * They are the list that is built in: no variable of the environment adds to it, while `Deno.connectTls` and the
 * defaults of `node:tls` also trust what `DENO_CERT`, `DENO_TLS_CA_STORE` and `NODE_EXTRA_CA_CERTS` name.
 */

import { TlsSetupError } from "./setup_error.ts";
import { loadTrustFile, type TrustStore } from "../x509/mod.ts";

/** Adds the public roots to `store`. Throws `TlsSetupError`. */
export async function addPublicRoots(store: TrustStore): Promise<void> {
  const pem = await readRoots();
  const bytes = new TextEncoder().encode(pem.join("\n"));
  const loaded = loadTrustFile({ ok: true, bytes }, "pem");
  if (!loaded.ok) throw new TlsSetupError({ kind: "public-roots", text: "they cannot be read" });
  store.addLoaded(loaded);
}

async function readRoots(): Promise<readonly string[]> {
  const { rootCertificates } = await import("node:tls").catch(unreadable);
  try {
    return [...rootCertificates];
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  throw new TlsSetupError({ kind: "public-roots", text });
}
