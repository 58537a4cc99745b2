/**
 * Mutated certificates, CRLs and PEM files: our decision besides that of the reference's library, and a share of them
 * next to the reference itself.
 *
 * As a program it prints the figures, and with `--show N` some cases of each kind of difference:
 *
 *     deno run --allow-all tests/differential/x509_mutants.ts --cases 12664 --seed 1
 */

import {
  type Certificate,
  type Crl,
  encodePem,
  loadTrustFile,
  readCertificates,
  TrustStore,
  verifyCertificate,
} from "../../src/tls/mod.ts";
import { bytesOf } from "../support/cert_builder.ts";
import { missing } from "../support/installed.ts";
import { LibraryKeys } from "../support/library_keys.ts";
import { makeMutant, type Mutant } from "../support/mutant_world.ts";
import { hasOpensslLibrary, OpensslLibrary } from "../support/openssl_library.ts";
import { makePlainPair } from "../support/rich_chain.ts";
import { diskReader } from "./x509_verdicts.ts";

/** What was said of one mutant: the decision as `REASON at DEPTH`, and the first error of loading what is trusted. */
export interface MutantOpinion {
  /** `ok`, `unreadable`, or a reason with its depth. */
  readonly decision: string;
  /** Eight hex digits; `undefined` when the file could be loaded. */
  readonly storeError: string | undefined;
}

/** One mutant with the opinions on it. */
export interface MutantComparison {
  readonly label: string;
  readonly index: number;
  readonly ours: MutantOpinion;
  readonly library: MutantOpinion;
  /** The decision of the reference itself, without a depth; `undefined` when it was not asked. */
  readonly reference: string | undefined;
  /** Why ours may differ; `undefined` when nothing is known that explains it. */
  readonly excuse: string | undefined;
}

/** Why nothing can be compared here; `undefined` when everything is there. */
export function missingForMutants(): string | undefined {
  return missing({ program: "openssl" }) ?? missing({ program: "echoscu" }) ??
    (hasOpensslLibrary() ? undefined : "libcrypto.so.3 is not installed");
}

/** One in so many is asked of the reference itself too. */
const SHARE = 50;

/** Compares `cases` mutants of a seed, the first of them number `from`. */
export async function compareMutants(
  options: { readonly seed: number; readonly cases: number; readonly from?: number },
): Promise<readonly MutantComparison[]> {
  const folder = await Deno.makeTempDir({ prefix: "x509-mutants-" });
  const library = new OpensslLibrary();
  try {
    const now = Math.floor(Date.now() / 1000);
    const deps = { library, keys: await LibraryKeys.make(), now };
    const comparisons: MutantComparison[] = [];
    const from = options.from ?? 0;
    for (let index = from; index < from + options.cases; index++) {
      const mutant = makeMutant({ seed: options.seed, index }, deps);
      const found = compareMutant(mutant, { folder, library });
      const isAsked = mutant.purpose === "any" && index % SHARE === 0;
      const reference = isAsked ? await askReference(mutant, folder) : undefined;
      comparisons.push({ label: mutant.label, index, reference, ...found });
    }
    return comparisons;
  } finally {
    library.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Our opinion and the library's on one mutant; its files are written into `folder`. */
export function compareMutant(
  mutant: Mutant,
  { folder, library }: { readonly folder: string; readonly library: OpensslLibrary },
): Pick<MutantComparison, "ours" | "library" | "excuse"> {
  Deno.writeFileSync(`${folder}/leaf`, mutant.leaf);
  Deno.writeFileSync(`${folder}/store`, mutant.store);
  const files = { ...mutant, leaf: `${folder}/leaf`, store: [`${folder}/store`] };
  const said = library.decide(files);
  const isDecision = said.text !== "ok" && said.text !== "unreadable";
  const ours = askOurs(mutant, folder);
  const theirs = {
    decision: isDecision ? `${said.text} at ${said.depth}` : said.text,
    storeError: said.storeErrors[0],
  };
  return { ours, library: theirs, excuse: excuseOf(mutant, { ours, library: theirs }) };
}

function askOurs(mutant: Mutant, folder: string): MutantOpinion {
  const { format, crlCheck, purpose } = mutant;
  const store = new TrustStore(diskReader, format);
  const added = store.addFile(`${folder}/store`);
  const storeError = added.ok ? undefined : added.errors[0]?.code.toString(16).padStart(8, "0");
  const [leaf, ...untrusted] = readCertificates(mutant.leaf, format);
  if (leaf === undefined) return { decision: "unreadable", storeError };
  const settings = { store, untrusted, crlCheck, purpose, nowMs: Date.now() };
  const verdict = verifyCertificate(leaf, settings);
  const decision = verdict.ok ? "ok" : `${verdict.reason.text} at ${verdict.depth}`;
  return { decision, storeError };
}

/** The decision of the reference's `+vc` on the files of the last comparison. */
async function askReference({ format, crlCheck }: Mutant, folder: string): Promise<string> {
  const crl = { none: [], leaf: ["+crv"], all: ["+cra"] }[crlCheck];
  const args = [
    "+tla",
    ...(format === "der" ? ["-der"] : []),
    "+cf",
    "store",
    ...crl,
    "+vc",
    "leaf",
  ];
  const command = new Deno.Command("echoscu", {
    args,
    cwd: folder,
    env: { DCMDICTPATH: "/dev/null" },
  });
  const { code, stderr } = await command.output();
  const text = new TextDecoder().decode(stderr);
  const reason = /^E: certificate verification failed: (.*)$/m.exec(text)?.[1];
  return reason ?? (code === 0 ? "ok" : "unreadable");
}

/** Differences that lie in a revocation list, by their rows of docs/differences.md. */
const IN_LISTS: readonly (readonly [string, (crl: Crl) => boolean])[] = [
  ["D80", (crl) => crl.isDelta],
  ["D82", (crl) => crl.malformed !== undefined],
  ["D82", (crl) => crl.innerAlgorithm.der.toHex() !== crl.signatureAlgorithm.der.toHex()],
];

/** The row of docs/differences.md that explains a difference; always we refuse more. */
function excuseOf(
  mutant: Mutant,
  said: { readonly ours: MutantOpinion; readonly library: MutantOpinion },
): string | undefined {
  const ours = said.ours.decision;
  if (ours === "ok" || ours === said.library.decision) return undefined;
  const trusted = loadTrustFile({ ok: true, bytes: mutant.store }, mutant.format);
  const crls = mutant.crlCheck === "none" || !trusted.ok ? [] : trusted.crls;
  const certificates = [
    ...readCertificates(mutant.leaf, mutant.format),
    ...(trusted.ok ? trusted.certificates : []),
  ];
  const isAccepted = said.library.decision === "ok";
  if (said.library.decision.startsWith("internal error")) return "D81";
  if (certificates.some(hasForeignCurve)) return "D85";
  if (ours.startsWith("RFC 3779") && isAccepted) return "D83";
  if (ours.startsWith("Certificate public key has explicit") && isAccepted) return "D84";
  return IN_LISTS.find(([, applies]) => crls.some(applies))?.[0];
}

/** Keys on curves over binary fields and keys of SM2. */
function hasForeignCurve({ publicKey }: Certificate): boolean {
  const { kind, isUsable, algorithm } = publicKey;
  if (kind === "sm2") return true;
  return kind === "ec" && !isUsable && algorithm.parameters?.tag === 6;
}

/** Asks about certificates signed with the keys that only the reference verifies. */
export async function compareForeignKeys(): Promise<
  readonly { readonly name: string; readonly ours: string; readonly library: string }[]
> {
  const folder = await Deno.makeTempDir({ prefix: "x509-foreign-" });
  const library = new OpensslLibrary();
  try {
    const keys = await LibraryKeys.make("not verified");
    const now = Math.floor(Date.now() / 1000);
    return keys.all.map((key) => {
      const [how] = key.schemes;
      if (how === undefined) throw new Error(`${key.name} signs nothing`);
      const { root, leaf } = makePlainPair({ key, how }, { library, now });
      const pem = (der: Uint8Array): Uint8Array => bytesOf(encodePem("CERTIFICATE", der));
      const files = { label: key.name, leaf: pem(leaf), store: pem(root) };
      const mutant: Mutant = { ...files, format: "pem", crlCheck: "none", purpose: "any" };
      const found = compareMutant(mutant, { folder, library });
      return { name: key.name, ours: found.ours.decision, library: found.library.decision };
    });
  } finally {
    library.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Figures over many comparisons. */
export interface MutantFigures {
  readonly cases: number;
  /** Same decision, reason and depth. */
  readonly same: number;
  /** The same errors of loading, among those whose file could not be loaded. */
  readonly loading: { readonly failed: number; readonly same: number };
  /** Decisions of the reference itself that are the library's. */
  readonly reference: { readonly asked: number; readonly same: number };
  /** How many different decisions the library made. */
  readonly decisions: number;
  /** Accepted here though the library refuses: must be none. */
  readonly acceptedAlone: readonly MutantComparison[];
  /** Differences that nothing explains. */
  readonly unexplained: readonly MutantComparison[];
  /** Explained differences by their excuse. */
  readonly excused: ReadonlyMap<string, number>;
}

/** Counts. */
export function countMutants(comparisons: readonly MutantComparison[]): MutantFigures {
  const different = comparisons.filter(({ ours, library }) => ours.decision !== library.decision);
  const failed = comparisons.filter(({ ours, library }) => ours.storeError ?? library.storeError);
  const asked = comparisons.filter(({ reference }) => reference !== undefined);
  const excused = new Map<string, number>();
  for (const { excuse } of different) {
    if (excuse !== undefined) excused.set(excuse, (excused.get(excuse) ?? 0) + 1);
  }
  return {
    cases: comparisons.length,
    same: comparisons.length - different.length,
    loading: {
      failed: failed.length,
      same: failed.filter(({ ours, library }) => ours.storeError === library.storeError).length,
    },
    reference: {
      asked: asked.length,
      same: asked.filter((item) => item.reference === asReference(item.library.decision)).length,
    },
    decisions: new Set(comparisons.map(({ library }) => library.decision)).size,
    acceptedAlone: different.filter(({ ours }) => ours.decision === "ok"),
    unexplained: different.filter(({ excuse }) => excuse === undefined),
    excused,
  };
}

/** The library's decision as the reference says it: without the depth, and an error inside of it counts as success. */
function asReference(decision: string): string {
  const text = decision.replace(/ at \d+$/, "");
  return text === "internal error" ? "ok" : text;
}

/** Prints the figures. */
export function printMutants(figures: MutantFigures): void {
  const { loading, reference } = figures;
  console.log(`mutants:                                ${figures.cases}`);
  console.log(`same decision, reason and depth:        ${figures.same}`);
  for (const [excuse, count] of figures.excused) {
    console.log(`decided otherwise by ${excuse}:               ${count}`);
  }
  console.log(`differences that nothing explains:      ${figures.unexplained.length}`);
  console.log(`accepted by us alone:                   ${figures.acceptedAlone.length}`);
  console.log(`different decisions and depths seen:    ${figures.decisions}`);
  console.log(`same first error of loading:            ${loading.same} of ${loading.failed}`);
  console.log(`library decides as echoscu +vc:         ${reference.same} of ${reference.asked}`);
}

function argument(name: string, fallback: number): number {
  const at = Deno.args.indexOf(name);
  return at < 0 ? fallback : Number(Deno.args[at + 1]);
}

function show(comparisons: readonly MutantComparison[], count: number): void {
  const kindOf = ({ ours, library, excuse }: MutantComparison): string | undefined => {
    if (ours.decision !== library.decision) {
      return `${ours.decision} | library: ${library.decision} | ${excuse ?? "NOT EXPLAINED"}`;
    }
    return ours.storeError === library.storeError
      ? undefined
      : `error ${ours.storeError} | library: ${library.storeError}`;
  };
  const kinds = Map.groupBy(comparisons, (item) => kindOf(item));
  for (const [kind, items] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
    if (kind === undefined) continue;
    console.log(`${items.length} x ours: ${kind}`);
    for (const { index, label } of items.slice(0, count)) console.log(`    ${index}: ${label}`);
  }
}

if (import.meta.main) {
  const reason = missingForMutants();
  if (reason !== undefined) {
    console.log(`nothing compared: ${reason}`);
    Deno.exit(1);
  }
  const [seed, cases] = [argument("--seed", 1), argument("--cases", 2000)];
  const comparisons = await compareMutants({ seed, cases, from: argument("--from", 0) });
  const shown = argument("--show", 0);
  if (shown > 0) show(comparisons, shown);
  const figures = countMutants(comparisons);
  printMutants(figures);
  Deno.exit(figures.acceptedAlone.length + figures.unexplained.length === 0 ? 0 : 1);
}
