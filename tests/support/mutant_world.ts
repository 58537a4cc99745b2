/** Rich chains, each changed at random in one place: the DER of one piece, signed again or not, or the text of one file. */

import { encodePem, TAG } from "../../src/tls/mod.ts";
import { bytesOf } from "./cert_builder.ts";
import { Random } from "./chain_world.ts";
import { mutateTree, readTree, writeTree } from "./der_mutations.ts";
import { mutatePem } from "./pem_mutations.ts";
import { type ChainDeps, makeRichChain, type RichChain, seal, type Signer } from "./rich_chain.ts";

/** A case as files in memory. */
export interface Mutant {
  /** What was changed where. */
  readonly label: string;
  readonly format: "pem" | "der";
  /** The certificate and what follows it. */
  readonly leaf: Uint8Array;
  /** What is trusted, and revocation lists. */
  readonly store: Uint8Array;
  readonly crlCheck: "none" | "leaf" | "all";
  readonly purpose: "any" | "server" | "client";
}

const CERTIFICATES = ["leaf", "leaf", "int", "root"] as const;

/** Case `index` of the run with this seed. */
export function makeMutant(
  at: { readonly seed: number; readonly index: number },
  deps: ChainDeps,
): Mutant {
  const random = new Random(at.seed * 7_368_787 + at.index);
  const chain = makeRichChain(random, deps);
  const purpose = random.oneIn(3) ? random.pick(["server", "client"] as const) : "any";
  const crlCheck = random.pick(["leaf", "all"] as const);
  switch (random.below(7)) {
    case 0:
      return { ...mutateText(chain, random), purpose, crlCheck: random.pick(["none", crlCheck]) };
    case 1:
    case 2:
      return { ...mutateList(chain, { random, deps }), purpose, crlCheck };
    default:
      return { ...mutateCertificate(chain, { random, deps }), purpose, crlCheck: "none" };
  }
}

type MutantFiles = Pick<Mutant, "label" | "format" | "leaf" | "store">;

interface Deps {
  readonly random: Random;
  readonly deps: ChainDeps;
}

function mutateCertificate(chain: RichChain, { random, deps }: Deps): MutantFiles {
  const which = random.pick(CERTIFICATES);
  const by = which === "leaf" ? chain.intSigner : chain.rootSigner;
  const { der, label } = mutate(chain[which], { random, deps, by });
  const changed = { ...chain, [which]: der };
  const text = `${which}, ${chain.kinds}, ${label}`;
  if (which === "leaf" || !random.oneIn(5)) return { label: text, ...pemFiles(changed) };
  return { label: `${text} (DER)`, format: "der", leaf: changed.int, store: changed.root };
}

function mutateList(chain: RichChain, { random, deps }: Deps): MutantFiles {
  const isLeafs = random.oneIn(2);
  const by = isLeafs ? chain.intSigner : chain.rootSigner;
  const { der, label } = mutate(chain.crls[isLeafs ? 0 : 1], { random, deps, by });
  const crls = isLeafs ? [der, chain.crls[1]] as const : [chain.crls[0], der] as const;
  return { label: `list, ${chain.kinds}, ${label}`, ...pemFiles({ ...chain, crls }) };
}

function mutateText(chain: RichChain, random: Random): MutantFiles {
  const files = pemFiles(chain);
  const isLeaf = random.oneIn(2);
  const text = String.fromCharCode(...(isLeaf ? files.leaf : files.store));
  const more = !isLeaf && random.oneIn(2) ? encodePem("CERTIFICATE", chain.int) : "";
  const { bytes, names } = mutatePem(more + text, random);
  const label = `text of the ${isLeaf ? "leaf" : "store"}: ${names.join(" + ")}`;
  return { ...files, label, ...(isLeaf ? { leaf: bytes } : { store: bytes }) };
}

function pemFiles({ leaf, int, root, crls }: RichChain): Omit<MutantFiles, "label"> {
  const pem = (der: Uint8Array): string => encodePem("CERTIFICATE", der);
  const lists = crls.map((crl) => encodePem("X509 CRL", crl)).join("");
  return { format: "pem", leaf: bytesOf(pem(leaf) + pem(int)), store: bytesOf(pem(root) + lists) };
}

/** Changes something in a piece, or in its signed part, which is then signed again. */
function mutate(
  der: Uint8Array,
  { random, deps, by }: Deps & { readonly by: Signer },
): { readonly der: Uint8Array; readonly label: string } {
  const tree = readTree(der);
  if (random.oneIn(3)) {
    const names = mutateTree(tree, random);
    return { der: writeTree(tree), label: `not signed again, ${names.join(", ")}` };
  }
  const [tbs, algorithm] = tree.members ?? [];
  if (tbs === undefined || algorithm === undefined) throw new Error("Neither certificate nor list");
  const names = mutateTree(tbs, random);
  const inner = tbs.members?.find(({ members }) => members?.[0]?.tag[0] === TAG.oid);
  const outer = writeTree(random.oneIn(2) ? inner ?? algorithm : algorithm);
  const sealed = seal(writeTree(tbs), { by, library: deps.library, algorithm: outer });
  return { der: sealed, label: `signed again, ${names.join(", ")}` };
}
