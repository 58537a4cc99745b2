/** `+vc` and `+rc` command lines, answered by the reference and by our rooms alone. */

import { loadTlsLines } from "../../src/log/mod.ts";
import { EXIT } from "../../src/report/mod.ts";
import {
  type Added,
  checkCertificateFile,
  checkRootFile,
  type FileFormat,
  TrustStore,
} from "../../src/tls/mod.ts";
import { askAgain } from "../support/ask_reference.ts";
import { diskReader } from "./x509_verdicts.ts";

const { libraryError } = await loadTlsLines();

/** What a program printed and how it ended. */
export interface OfflineOutcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Command lines whose first library error is the same in both; file names are those of the test PKI. */
export const OFFLINE_LINES: readonly string[] = [
  "+vc client-good.pem",
  "+vc nosuch.pem",
  "+tla +vc client-good.pem",
  "+tla +vc nosuch.pem",
  "+tla +vc emptydir",
  "+tla +vc empty.txt",
  "+tla +vc garbage.txt",
  "+tla +vc ca.trusted.pem",
  "+tla +vc ca.crl.pem",
  "+tla +vc ca.der",
  "+tla -der +vc ca.pem",
  "+tla -der +vc emptydir",
  "+tla -der +cf ca.der +vc client-good.der",
  "+tla -der +cf ca.pem +vc client-good.der",
  "+tla -der +cf empty.txt +vc client-good.der",
  "+tla -der +cf nosuch.der +vc client-good.der",
  "+tla -der +cf ca.der +crl ca.crl.der +vc client-good.der",
  "+tla +cf ca.pem +vc client-good.text.pem",
  "+tla +cf ca.pem +vc client-good.crlf.pem",
  "+tla +cf ca.pem +vc client-good.keycert.pem",
  "+tla +cf bundle.pem +vc client-good.certkey.pem",
  "+tla +cf ca.trusted.pem +vc client-good.pem",
  "+tla +cf nosuch.pem +vc client-good.pem",
  "+tla +cf emptydir +vc client-good.pem",
  "+tla +cf empty.txt +vc client-good.pem",
  "+tla +cf garbage.txt +vc client-good.pem",
  "+tla +cf ca.der +vc client-good.pem",
  "+tla +cf client-good.trad-aes128.key +vc client-good.pem",
  "+tla +crl nosuch.pem +cf ca.pem +vc client-good.pem",
  "+tla +crl garbage.txt +cf ca.pem +vc client-good.pem",
  "+tla +crl ca.pem +vc client-good.pem",
  "+tla +crl ca-and-crl.pem +vc client-revoked.pem",
  "+tla +cf ca-and-crl.pem +vc client-revoked.pem",
  "+tla +cf ca-and-crl.pem +crv +vc client-revoked.pem",
  "+tla +cf ca-int.pem +crl ca.crl.pem +crl int.crl.pem +cra +vc client-int.pem",
  "+tla +cf ca-int.pem +crl ca-introvoked.crl.pem +crl int.crl.pem +cra +vc client-int.pem",
  "+tla +cd hashdir +vc client-int.pem",
  "+tla +cd emptydir:hashdir +vc client-int.pem",
  "+tla +cd plaindir +vc client-int.pem",
  "+tla +cd nosuchdir +vc client-int.pem",
  "+tla +cd hashdir-der +vc client-int.pem",
  "+tla -der +cd hashdir-der +vc client-good.der",
  "+tla +cd hashdir-crl +crv +vc client-good.pem",
  "+tla +cd hashdir-crl +cra +vc client-int.pem",
  "+tla +cd hashdir-crl +cra +vc client-revoked.pem",
  "+tla +cd hashdir +crv +vc client-good.pem",
  "+rc ca.pem",
  "+rc int.pem",
  "+rc oldca.pem",
  "+rc ca-int.pem",
  "+rc server-int-chain.pem",
  "+rc client-selfsigned.pem",
  "+rc server-v1.pem",
  "+rc ecca.pem",
  "+rc p521ca.pem",
  "+rc ca.trusted.pem",
  "+rc nosuch.pem",
  "+rc emptydir",
  "+rc ca.der",
  "+tla -der +rc ca.der",
];

/** The reference's answer. */
export async function runReference(directory: string, line: string): Promise<OfflineOutcome> {
  const command = new Deno.Command("echoscu", { args: line.split(" "), cwd: directory });
  const { code, stdout, stderr } = await askAgain(() => command.output());
  const decoder = new TextDecoder();
  return { exit: code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Our answer: options read from left to right, files loaded from right to left as the reference does. */
export function runOurs(directory: string, line: string): OfflineOutcome {
  const words = line.split(" ");
  const values = (option: string): readonly string[] =>
    words.flatMap((word, i) => word === option ? [words[i + 1] ?? ""] : []).reverse();
  const format: FileFormat = words.includes("-der") ? "der" : "pem";
  const reader = {
    read: (path: string) => diskReader.read(`${directory}/${path}`),
  };
  const store = new TrustStore(reader, format);
  const log: string[] = [];
  const add = (kind: string, { path, added }: { path: string; added: Added }): void => {
    const first = added.ok ? undefined : added.errors[0];
    if (first === undefined) return;
    log.push(`E: ${libraryError(first)}`, `W: unable to load ${kind} '${path}', ignoring`);
  };
  for (const path of values("+cf")) add("certificate file", { path, added: store.addFile(path) });
  for (const path of values("+cd")) store.addDirectory(path);
  for (const path of values("+crl")) add("CRL file", { path, added: store.addFile(path) });
  const leaf = words.includes("+crv") || words.includes("+crl") ? "leaf" : "none";
  const settings = { reader, format, nowMs: Date.now() };
  const [certificate = ""] = values("+vc");
  const result = words.includes("+vc")
    ? checkCertificateFile(certificate, {
      ...settings,
      store: words.includes("+tla") ? store : undefined,
      crlCheck: words.includes("+cra") ? "all" : leaf,
    })
    : checkRootFile(values("+rc")[0] ?? "", settings);
  if (result.errorLine !== undefined) log.push(`E: ${result.errorLine}`);
  const stderr = log.map((entry) => `${entry}\n`).join("");
  return {
    exit: result.isAccepted ? EXIT.verified : EXIT.certificateFailed,
    stdout: `${result.output}\n`,
    stderr,
  };
}
