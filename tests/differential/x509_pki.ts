/**
 * The whole test PKI held against many stores and CRLs. As a program it prints the agreement:
 *
 *     deno run --allow-all tests/differential/x509_pki.ts
 */

import { putTestPki } from "../support/test_pki_copy.ts";
import { OpensslLibrary } from "../support/openssl_library.ts";
import {
  type CaseFiles,
  compareCase,
  type Comparison,
  missingPrograms,
  printAgreement,
  summarize,
} from "./x509_verdicts.ts";

/** What is trusted, by name. */
const STORES: Readonly<Record<string, readonly string[]>> = {
  "root": ["ca.pem"],
  "root and intermediate": ["ca.pem", "int.pem"],
  "intermediate": ["int.pem"],
  "trusted root": ["ca.trusted.pem"],
  "other roots": ["otherca.pem", "ecca.pem", "oldca.pem"],
  "odd roots": [
    ...["p521ca.pem", "p224ca.pem", "k256ca.pem", "bp256ca.pem", "bp512ca.pem"],
    ...["pssca.pem", "dsaca.pem", "ed448ca.pem", "ecca.pem"],
  ],
};

/** CRLs next to the root, by name. */
const CRLS: Readonly<Record<string, readonly string[]>> = {
  "no CRL": [],
  "CRL": ["ca.crl.pem"],
  "expired CRL": ["ca-expired.crl.pem"],
  "future CRL": ["ca-future.crl.pem"],
  "expired and valid CRL": ["ca-expired.crl.pem", "ca.crl.pem"],
  "CRL of another": ["otherca.crl.pem"],
  "CRLs of both CAs": ["ca.crl.pem", "int.crl.pem"],
  "CRL revoking the intermediate": ["ca-introvoked.crl.pem", "int.crl.pem"],
};

/** Compares all certificates of the PKI; `full` takes every combination and asks programs only, else some of each. */
export async function comparePki(
  directory: string,
  options: { readonly full: boolean },
): Promise<readonly Comparison[]> {
  const cases = await listCases(directory, options.full);
  using library = new OpensslLibrary();
  const comparisons: Comparison[] = [];
  const queue = [...cases.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      comparisons.push(await compareCase(directory, item, { ...options, library, index }));
    }
  };
  await Promise.all([work(), work()]);
  return comparisons;
}

async function listCases(directory: string, full: boolean): Promise<readonly CaseFiles[]> {
  const leaves: string[] = [];
  for await (const { name } of Deno.readDir(directory)) {
    if (/^[a-z0-9-]+(\.[a-z]+)?\.pem$/.test(name) && !name.includes("crl.")) leaves.push(name);
  }
  leaves.sort();
  const stores = await joinStores(directory);
  return leaves.flatMap((leaf, i) =>
    stores.filter((store, j) => full || store.always || (i + j) % 7 === 0)
      .map((store) => ({ ...store, leaf, label: `${leaf} with ${store.label}` }))
  );
}

type StoreFiles = Omit<CaseFiles, "leaf"> & { readonly always: boolean };

async function joinStores(directory: string): Promise<readonly StoreFiles[]> {
  const out: StoreFiles[] = [];
  const add = async (
    label: string,
    more: { readonly files: readonly string[]; readonly crlCheck: CaseFiles["crlCheck"] },
  ): Promise<void> => {
    const name = `joined-${out.length}.store`;
    const texts = more.files.map((file) => Deno.readTextFileSync(`${directory}/${file}`));
    await Deno.writeTextFile(`${directory}/${name}`, texts.join(""));
    const { crlCheck } = more;
    const purposes = crlCheck === "none" ? ["any", "server", "client"] as const : ["any"] as const;
    for (const purpose of purposes) {
      const always = crlCheck === "none" && purpose === "any";
      out.push({ label: `${label} as ${purpose}`, store: [name], crlCheck, purpose, always });
    }
  };
  for (const [label, files] of Object.entries(STORES)) {
    await add(label, { files, crlCheck: "none" });
  }
  for (const [label, crls] of Object.entries(CRLS)) {
    for (const crlCheck of ["leaf", "all"] as const) {
      await add(`${label}, ${crlCheck}`, { files: ["ca-int.pem", ...crls], crlCheck });
    }
  }
  return out;
}

if (import.meta.main) {
  const reason = missingPrograms();
  if (reason !== undefined) {
    console.log(`nothing compared: ${reason}`);
    Deno.exit(1);
  }
  const directory = await Deno.makeTempDir({ prefix: "x509-pki-" });
  await putTestPki(directory);
  const agreement = summarize(await comparePki(directory, { full: true }));
  await Deno.remove(directory, { recursive: true });
  printAgreement("certificates of the test PKI with stores", agreement);
}
