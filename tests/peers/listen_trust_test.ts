/**
 * Whom `--listen` takes, for every TLS setting there is: what is asked for is required, and what cannot be checked is
 * an error before anybody is listened to. The clients are the reference's. The table is printed.
 */

import assert from "node:assert/strict";
import { OPTION_ROWS } from "../../src/options/mod.ts";
import { missing } from "../support/installed.ts";
import { listenInProcess } from "../support/run_in_process.ts";
import { runProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

/** Certificates of clients: none, a good one, a revoked one, one of another CA, one with the name of this host in it. */
const CLIENTS = {
  "none": ["+tla"],
  "good": ["+tls", "client-good.key", "client-good.pem"],
  "revoked": ["+tls", "client-revoked.key", "client-revoked.pem"],
  "other CA": ["+tls", "client-untrusted.key", "client-untrusted.pem"],
  "named": ["+tls", "server-noeku.key", "server-noeku.pem"],
} as const;

type Client = keyof typeof CLIENTS;

const OWN = ["+tls", "server-good.key", "server-good.pem"];
const EVERYBODY: readonly Client[] = ["none", "good", "revoked", "other CA", "named"];
const OF_THE_CA: readonly Client[] = ["good", "revoked", "named"];
const NOT_REVOKED: readonly Client[] = ["good", "named"];
const BUNDLE = ["+cf", "ca-and-crl.pem"];

interface Row {
  readonly options: readonly string[];
  /** Who is taken; a text is the error before listening. */
  readonly takes: readonly Client[] | string;
  /** Other key and certificate than the usual ones. */
  readonly own?: readonly string[];
}

const NONE = "no trusted certificate is named";
function cannot(why: string): string {
  return `F: certificates of clients cannot be checked${why}`;
}

function notFound(where: string): string {
  return cannot(`: no trusted root certificate was found in ${where}`);
}

const ROWS: readonly Row[] = [
  { options: [], takes: EVERYBODY },
  { options: ["-ic"], takes: EVERYBODY },
  { options: ["-rc"], takes: cannot(` as -rc asks: ${NONE}`) },
  { options: ["+cf", "ca.pem"], takes: OF_THE_CA },
  { options: ["+cf", "ca.pem", "-rc"], takes: OF_THE_CA },
  { options: ["+cf", "ca.pem", "-ic"], takes: EVERYBODY },
  { options: ["+cf", "nowhere.pem"], takes: notFound("nowhere.pem") },
  { options: ["+cf", "int.pem"], takes: notFound("int.pem") },
  { options: ["+cd", "hashdir"], takes: OF_THE_CA },
  { options: ["+cd", "plaindir"], takes: notFound("plaindir") },
  { options: ["+cd", "nowhere"], takes: notFound("nowhere") },
  { options: ["+crl", "ca.crl.pem"], takes: cannot(` as +crl asks: ${NONE}`) },
  { options: ["+crl", "ca.crl.pem", "+cf", "ca.pem"], takes: NOT_REVOKED },
  { options: ["+crl", "ca.crl.pem", "+cf", "ca.pem", "-ic"], takes: EVERYBODY },
  // The certificates of such a file are trusted, as in the reference.
  { options: ["+crl", "ca-and-crl.pem"], takes: NOT_REVOKED },
  { options: ["+crl", "nowhere.pem", "+cf", "ca.pem"], takes: [] },
  { options: ["+crv"], takes: cannot(` as +crv asks: ${NONE}`) },
  { options: ["+crv", ...BUNDLE], takes: NOT_REVOKED },
  { options: ["+cra"], takes: cannot(` as +cra asks: ${NONE}`) },
  { options: ["+cra", ...BUNDLE], takes: NOT_REVOKED },
  { options: ["--trust-public-roots"], takes: [] },
  // Public roots vouch for names: then that of the client counts, whoever issued it.
  { options: ["--trust-public-roots", "+cf", "ca.pem"], takes: ["named"] },
  { options: ["--verify-hostname"], takes: cannot(` as --verify-hostname asks: ${NONE}`) },
  { options: ["--verify-hostname", "+cf", "ca.pem"], takes: ["named"] },
  {
    options: ["--verify-hostname-as", "localhost", "-rc"],
    takes: cannot(` as --verify-hostname-as, -rc ask: ${NONE}`),
  },
  { options: ["--verify-hostname-as", "localhost", "+cf", "ca.pem"], takes: ["named"] },
  { options: ["--verify-hostname-as", "localhost", "-ic"], takes: ["named"] },
  { options: ["-pem"], takes: EVERYBODY },
  {
    options: ["-der"],
    takes: EVERYBODY,
    own: ["+tls", "client-good.trad.key.der", "client-good.der"],
  },
  ...["+ps", "-pw", "+pw secret", "--password-file secret.txt"].map((words): Row => ({
    options: words.split(" "),
    takes: EVERYBODY,
    ...(words.includes("secret")
      ? { own: ["+tls", "client-good.pbes2.key", "client-good.pem"] }
      : {}),
  })),
  ...["+pg", "+pm", "+py", "+px", "+pz"].map((profile) => ({
    options: [profile],
    takes: EVERYBODY,
  })),
  { options: ["+cs", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"], takes: EVERYBODY },
  { options: ["--request-sni", "name"], takes: EVERYBODY },
  { options: ["--no-sni"], takes: EVERYBODY },
];

/** Options about TLS without a row, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "--disable-tls": "no TLS",
  "--enable-tls": "in every row",
  "--anonymous-tls": "refused with --listen",
  "--profile-basic": "cannot be spoken",
  "--profile-aes": "cannot be spoken",
  "--profile-null": "cannot be spoken",
  "--list-profiles": "prints a list",
  "--list-ciphers": "prints a list",
  "--tls-engine": "is about checks: the runtime serves",
  "--verify-cert": "listens to nobody",
  "--is-root-cert": "listens to nobody",
  "--seed": "changes nothing",
  "--write-seed": "changes nothing",
  "--write-seed-file": "changes nothing",
  "--tls-report": "refused with --listen",
  "--expiry-warn": "is about our own certificate and lists",
};

Deno.test("the table of whom --listen takes has every TLS option", () => {
  const words = ROWS.flatMap(({ options }) => options);
  for (const row of OPTION_ROWS) {
    const isTls = row.group.includes("(TLS)") ||
      ("subgroup" in row && /security/.test(row.subgroup));
    if (!isTls || row.long in LEFT_OUT) continue;
    const names = [row.long, ...("short" in row ? [row.short] : [])];
    assert.ok(names.some((name) => words.includes(name)), row.long);
  }
});

async function isTaken(client: Client, at: { port: number; cwd: string }): Promise<boolean> {
  const args = ["-v", "-ta", "5", ...CLIENTS[client], "-ic", "127.0.0.1", String(at.port)];
  const run = await runProgram({ command: "echoscu", args: [] }, { args, cwd: at.cwd });
  return run.stderr.includes("I: Received Echo Response (Success)");
}

testWith({
  name:
    "--listen takes those whom its TLS settings allow, and says before listening what it cannot check",
  missing: missing({ program: "echoscu" }) ?? await tlsTestsMissing(),
  async fn() {
    const cwd = await sharedPki();
    await Deno.writeTextFile(`${cwd}/secret.txt`, "secret\n");
    const table: Record<string, Record<string, string>> = {};
    for (const { options, takes, own = OWN } of ROWS) {
      await using listening = await listenInProcess([...own, ...options], { folder: cwd });
      const { port } = listening;
      const cells: Record<string, string> = {};
      if (port !== undefined) {
        const taken = await Promise.all(EVERYBODY.map((client) => isTaken(client, { port, cwd })));
        EVERYBODY.forEach((client, at) => cells[client] = taken[at] ? "taken" : "refused");
      }
      const { code, stderr } = await listening.stop();
      if (port === undefined) {
        assert.equal(code, 1);
        cells["error"] = stderr.trimEnd().split("\n").at(-1) ?? "";
      }
      table[options.join(" ")] = cells;
      const wanted = typeof takes === "string" ? { error: takes } : Object.fromEntries(
        EVERYBODY.map((client) => [client, takes.includes(client) ? "taken" : "refused"]),
      );
      assert.deepEqual(cells, wanted, `${options.join(" ")}\n${stderr}`);
    }
    console.table(table);
  },
});
