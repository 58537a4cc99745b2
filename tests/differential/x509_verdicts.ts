/**
 * Our decision on certificates besides that of `openssl verify` and of the reference's `+vc`.
 *
 * As a program it prints the agreement over generated chains:
 *
 *     deno run --allow-all tests/differential/x509_verdicts.ts --cases 2000 --seed 1
 */

import {
  type FileContents,
  type FileReader,
  type Purpose,
  readCertificates,
  TrustStore,
  verifyCertificate,
} from "../../src/tls/mod.ts";
import { askReference } from "../support/ask_reference.ts";
import { explained } from "./x509_differences.ts";
import { generateCase } from "../support/chain_generator.ts";
import { missing } from "../support/installed.ts";
import { hasOpensslLibrary, OpensslLibrary } from "../support/openssl_library.ts";
import { type GeneratedCase, type KeyRing, makeKeyRing } from "../support/chain_world.ts";

/** What one of the three said: the reason's text, `ok`, or that it could not read its input. */
export type Opinion = string;

/** Said when a file could not be read, so that nothing was decided. */
export const UNREADABLE = "unreadable";

/** One case with three opinions. */
export interface Comparison {
  readonly label: string;
  readonly ours: Opinion;
  /** Our opinion with the depth at which it was found: `REASON at N`. */
  readonly oursAtDepth: Opinion;
  /** The opinion of `openssl verify`, with its depth. */
  readonly openssl: Opinion;
  /** The opinion of the reference, which reports no depth; `undefined` when it was not asked. */
  readonly reference: Opinion | undefined;
}

/** A case as files on disk. */
export interface CaseFiles {
  readonly label: string;
  readonly leaf: string;
  readonly store: readonly string[];
  readonly crlCheck: "none" | "leaf" | "all";
  /** What the leaf is used for; the reference's `+vc` knows `any` only. */
  readonly purpose: Purpose;
}

/** Reads files of this machine. */
export const diskReader: FileReader = {
  read(path: string): FileContents {
    try {
      return { ok: true, bytes: Deno.readFileSync(path) };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return { ok: false, errno: 2 };
      return { ok: false, errno: error instanceof Deno.errors.PermissionDenied ? 13 : 21 };
    }
  },
};

/** One case in so many is asked of the programs themselves unless all are wanted; the others of the library of both. */
const PROGRAM_SHARE = 7;

/** Who is asked. */
export interface Asking {
  /** The library of `openssl verify` and of the reference's `+vc`. */
  readonly library: OpensslLibrary;
  /** Whether the programs themselves are asked about every case. */
  readonly full: boolean;
}

/** Asks all three about case number `index`. `directory` is where the files are. */
export async function compareCase(
  directory: string,
  files: CaseFiles,
  { library, full, index }: Asking & { readonly index: number },
): Promise<Comparison> {
  if (!full && index % PROGRAM_SHARE !== 0) {
    const opinions = askLibrary(library, { directory, files });
    return { label: files.label, ...askOurs(directory, files), ...opinions };
  }
  const [openssl, reference] = await Promise.all([
    askOpenssl(directory, files),
    files.purpose === "any" ? askTheirs(directory, files) : undefined,
  ]);
  return { label: files.label, ...askOurs(directory, files), openssl, reference };
}

/** Our decision. */
export function askOurs(
  directory: string,
  files: CaseFiles,
): Pick<Comparison, "ours" | "oursAtDepth"> {
  const store = new TrustStore(diskReader, "pem");
  for (const path of files.store) store.addFile(`${directory}/${path}`);
  const contents = diskReader.read(`${directory}/${files.leaf}`);
  const [leaf, ...untrusted] = contents.ok ? readCertificates(contents.bytes, "pem") : [];
  if (leaf === undefined) return { ours: UNREADABLE, oursAtDepth: UNREADABLE };
  const { crlCheck, purpose } = files;
  const settings = { store, untrusted, crlCheck, purpose, nowMs: Date.now() };
  const verdict = verifyCertificate(leaf, settings);
  if (verdict.ok) return { ours: "ok", oursAtDepth: "ok" };
  const ours = verdict.reason.text;
  return { ours, oursAtDepth: `${ours} at ${verdict.depth}` };
}

async function run(
  program: string,
  options: { readonly args: readonly string[]; readonly cwd: string },
): Promise<{ readonly code: number; readonly signal: string | null; readonly text: string }> {
  const command = new Deno.Command(program, {
    args: [...options.args],
    cwd: options.cwd,
    env: { DCMDICTPATH: "/dev/null" },
    stdin: "null",
  });
  const { code, signal, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, signal, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** What both programs would say, in their words: one shows an internal error, the other takes it for success. */
function askLibrary(
  library: OpensslLibrary,
  { directory, files }: { readonly directory: string; readonly files: CaseFiles },
): Pick<Comparison, "openssl" | "reference"> {
  const store = files.store.map((path) => `${directory}/${path}`);
  const leaf = `${directory}/${files.leaf}`;
  const { text, depth } = library.decide({ ...files, format: "pem", leaf, store });
  const reference = (said: string) => files.purpose === "any" ? said : undefined;
  switch (text) {
    case "internal error":
      return {
        openssl: "unspecified certificate verification error at 0",
        reference: reference("ok"),
      };
    case "ok":
    case UNREADABLE:
      return { openssl: text, reference: reference(text) };
    default:
      return { openssl: `${text} at ${depth}`, reference: reference(text) };
  }
}

/**
 * `openssl verify` goes on after some errors: the first one is what it would have stopped at. It searches the
 * whole file for a certificate it can read, so it gets the first block of the leaf's file alone. Of the others it
 * leaves out the damaged ones where the reference stops: such a file is not asked about.
 */
async function askOpenssl(directory: string, files: CaseFiles): Promise<Opinion> {
  const crl = { none: [], leaf: ["-crl_check"], all: ["-crl_check", "-crl_check_all"] };
  const purpose = { any: [], server: ["-purpose", "sslserver"], client: ["-purpose", "sslclient"] };
  const leaf = `first-block-${files.purpose}-${files.leaf}`;
  const text = await Deno.readTextFile(`${directory}/${files.leaf}`);
  await Deno.writeTextFile(`${directory}/${leaf}`, text.slice(0, firstBlockEnd(text)));
  const readable = readCertificates(new TextEncoder().encode(text), "pem").length;
  if (readable !== text.split("-----BEGIN CERTIFICATE-----").length - 1) return UNREADABLE;
  const result = await run("openssl", {
    cwd: directory,
    args: [
      "verify",
      ...["-no-CApath", "-no-CAstore"],
      ...purpose[files.purpose],
      ...crl[files.crlCheck],
      ...files.store.flatMap((path) => ["-CAfile", path]),
      ...["-untrusted", files.leaf, leaf],
    ],
  });
  const first = /error \d+ at (\d+) depth lookup: (.*)/.exec(result.text);
  if (first !== null) return `${first[2]} at ${first[1]}`;
  if (result.code === 0) return "ok";
  const isInternal = result.text.includes("verification failed");
  return isInternal ? "unspecified certificate verification error at 0" : UNREADABLE;
}

function firstBlockEnd(text: string): number {
  const end = text.indexOf("-----END");
  return end < 0 ? text.length : text.indexOf("\n", end) + 1;
}

/** The reference's `+vc`; `undefined` where it crashed. */
async function askTheirs(directory: string, files: CaseFiles): Promise<Opinion | undefined> {
  const crl = { none: [], leaf: ["+crv"], all: ["+cra"] };
  const args = [
    "+tla",
    ...[...files.store].reverse().flatMap((path) => ["+cf", path]),
    ...crl[files.crlCheck],
    ...["+vc", files.leaf],
  ];
  const result = await askReference(files.label, () => run("echoscu", { cwd: directory, args }));
  if (result === undefined) return undefined;
  const reason = /^E: certificate verification failed: (.*)$/m.exec(result.text)?.[1];
  if (reason !== undefined) return reason;
  return result.code === 0 ? "ok" : UNREADABLE;
}

/** Why nothing can be compared here; `undefined` when both programs are there. */
export function missingPrograms(): string | undefined {
  return missing({ program: "openssl" }) ?? missing({ program: "echoscu" }) ??
    (hasOpensslLibrary() ? undefined : "libcrypto.so.3 is not installed");
}

/** Generates cases, asks all three about each, a few at a time; and openssl about a use as server or client. */
export async function compareGenerated(
  options: { readonly cases: number; readonly seed: number; readonly full: boolean },
): Promise<readonly Comparison[]> {
  using library = new OpensslLibrary();
  const ring = makeKeyRing();
  const directory = await Deno.makeTempDir({ prefix: "x509-" });
  const comparisons: (readonly Comparison[])[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < options.cases) {
      const index = next++;
      comparisons[index] = await compareIndex(ring, { ...options, index, directory, library });
    }
  };
  try {
    await Promise.all([work(), work()]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
  return comparisons.flat();
}

async function compareIndex(
  ring: KeyRing,
  at: Asking & { readonly seed: number; readonly index: number; readonly directory: string },
): Promise<readonly Comparison[]> {
  const now = Math.floor(Date.now() / 1000);
  const generated: GeneratedCase = generateCase(ring, { seed: at.seed, index: at.index, now });
  const folder = `${at.directory}/${at.index}`;
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/chain.pem`, generated.chainPem);
  await Deno.writeTextFile(`${folder}/store.pem`, generated.storePem);
  const files = { leaf: "chain.pem", store: ["store.pem"], crlCheck: generated.crlCheck };
  const label = `seed ${at.seed} case ${at.index}: ${generated.label} [crl ${generated.crlCheck}]`;
  const use = at.index % 2 === 0 ? "server" : "client";
  const comparisons = [
    await compareCase(folder, { ...files, label, purpose: "any" }, at),
    await compareCase(folder, { ...files, label: `${label} as ${use}`, purpose: use }, at),
  ];
  await Deno.remove(folder, { recursive: true });
  return comparisons;
}

/** Figures over many comparisons. */
export interface Agreement {
  readonly cases: number;
  /** Cases both could decide, and those with the same reason. */
  readonly openssl: { readonly decided: number; readonly same: number };
  readonly reference: { readonly decided: number; readonly same: number };
  /** Cases we accept though neither of the others does: must be none. */
  readonly acceptedAlone: readonly Comparison[];
  /** Cases in which somebody said something else. */
  readonly different: readonly Comparison[];
}

/** Counts. */
export function summarize(comparisons: readonly Comparison[]): Agreement {
  const opinions = comparisons.filter(isComparable);
  return {
    cases: comparisons.length,
    openssl: {
      decided: opinions.length,
      same: opinions.filter((item) => item.oursAtDepth === item.openssl).length,
    },
    reference: {
      decided: comparisons.filter((item) => item.reference !== undefined).length,
      same: comparisons.filter((item) => item.ours === item.reference).length,
    },
    acceptedAlone: comparisons.filter((item) =>
      item.ours === "ok" && item.openssl !== "ok" && item.reference !== "ok"
    ),
    different: comparisons.filter((item) =>
      (item.reference ?? item.ours) !== item.ours ||
      (isComparable(item) && item.openssl !== item.oursAtDepth)
    ),
  };
}

/** `openssl verify` reads more and fewer forms of certificates than the reference's `+vc`; then it reports nothing. */
function isComparable({ ours, openssl }: Comparison): boolean {
  return (ours === UNREADABLE) === (openssl === UNREADABLE);
}

/** Prints all differences and the figures. */
export function printAgreement(title: string, agreement: Agreement): void {
  for (const item of agreement.different) {
    const reason = explained(item)?.id ?? "NOT EXPLAINED";
    console.log(`${item.label}: ${reason}\n  ours      ${item.oursAtDepth}`);
    console.log(`  openssl   ${item.openssl}\n  reference ${item.reference ?? "(not asked)"}`);
  }
  const { openssl, reference, different } = agreement;
  const unexplained = different.filter((item) => explained(item) === undefined);
  console.log(`${title}: ${agreement.cases}`);
  console.log(`same reason and depth as openssl verify: ${openssl.same} of ${openssl.decided}`);
  console.log(`same reason as echoscu +vc:              ${reference.same} of ${reference.decided}`);
  console.log(`differences without a known reason:      ${unexplained.length}`);
  console.log(`accepted by us alone:                    ${agreement.acceptedAlone.length}`);
}

function argument(name: string, fallback: number): number {
  const at = Deno.args.indexOf(name);
  return at < 0 ? fallback : Number(Deno.args[at + 1]);
}

if (import.meta.main) {
  const reason = missingPrograms();
  if (reason !== undefined) {
    console.log(`nothing compared: ${reason}`);
    Deno.exit(1);
  }
  const seed = argument("--seed", 1);
  const agreement = summarize(
    await compareGenerated({ cases: argument("--cases", 200), seed, full: true }),
  );
  printAgreement(`generated chains (seed ${seed})`, agreement);
  Deno.exit(agreement.acceptedAlone.length === 0 ? 0 : 1);
}
