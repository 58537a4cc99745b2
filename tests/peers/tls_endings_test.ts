/** Servers that end a handshake: what they wanted is what the hint names, and nothing that they do not speak. */

import assert from "node:assert/strict";
import { DEBIAN_PYTHON, missing, type Need, pathOf } from "../support/installed.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { clientTlsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { startTlsServer } from "../support/tls_servers.ts";
import { diagnosisIn } from "./diagnosis_lines.ts";

interface Ending {
  /** Reads as a fact. */
  readonly what: string;
  readonly need: Need;
  readonly server: readonly string[];
  readonly ours: readonly string[];
  /** The situations it may be told as: who closes first is a matter of microseconds. */
  readonly situations: readonly string[];
  readonly says: readonly string[];
}

const TRUST = ["+tla", "+cf", "ca.pem"];

function own(name: string): readonly string[] {
  return ["+tls", `${name}.key`, `${name}.pem`, "+cf", "ca.pem"];
}

function node(version: string): Pick<Ending, "need" | "server"> {
  const files = ["server-good.pem", "server-good.key", "ca.pem"];
  const server = ["node", pathOf("foreign/node_tls.cjs"), "{port}", ...files, version];
  return { need: { program: "node" }, server };
}

function python(...more: readonly string[]): Pick<Ending, "need" | "server"> {
  const script = [DEBIAN_PYTHON, pathOf("foreign/tls_scp.py"), "{port}"];
  return {
    need: { python: "ssl" },
    server: [...script, "server-good.pem", "server-good.key", ...more],
  };
}

function openssl(...more: readonly string[]): Pick<Ending, "need" | "server"> {
  const server = ["openssl", "s_server", "-quiet", "-accept", "{port}"];
  return {
    need: { program: "openssl" },
    server: [...server, "-cert", "server-good.pem", "-key", "server-good.key", ...more],
  };
}

const WANTED = [
  "tls-closed-certificate-wanted",
  "closed-certificate-wanted",
  "reset-certificate-wanted",
  "tls-own-certificate-wanted",
];
const SENT = ["tls-closed-certificate-sent", "closed-certificate-sent", "reset-certificate-sent"];
const NAME = "pacs.example.org";

const ENDINGS: readonly Ending[] = [
  ...["1.2", "1.3"].flatMap((version): readonly Ending[] => [
    {
      what: `Node with TLS ${version} that gets no certificate of ours`,
      ...node(version),
      ours: TRUST,
      situations: WANTED,
      says: ["+tls"],
    },
    {
      what: `Node with TLS ${version} that gets a certificate it does not trust`,
      ...node(version),
      ours: own("client-untrusted"),
      situations: SENT,
      says: [],
    },
  ]),
  ...["-tls1_2", "-tls1_3"].flatMap((version): readonly Ending[] => [
    {
      what: `s_server ${version} that gets no certificate of ours`,
      ...openssl(version, "-Verify", "3", "-verify_return_error", "-CAfile", "ca.pem"),
      ours: TRUST,
      situations: WANTED,
      says: ["+tls"],
    },
    {
      what: `s_server ${version} that gets our certificate without its intermediate CA`,
      ...openssl(version, "-Verify", "3", "-verify_return_error", "-CAfile", "ca.pem"),
      ours: own("client-int"),
      situations: ["tls-own-chain-incomplete"],
      says: ["CN=Test Intermediate CA", "CERT of +tls"],
    },
    {
      what: `s_server ${version} that gets our whole chain and does not know its root`,
      ...openssl(version, "-Verify", "3", "-verify_return_error", "-CAfile", "otherca.pem"),
      ours: own("client-int-chain-root"),
      situations: ["tls-own-certificate-refused"],
      says: ["unknown CA"],
    },
  ]),
  ...["runtime", "own"].flatMap((engine): readonly Ending[] => [
    {
      what: `a server that wants to be named, and says so, to the ${engine} engine`,
      ...python("--name", NAME, "--unnamed", "alert"),
      ours: [...TRUST, "--tls-engine", engine],
      situations: ["tls-name-wanted"],
      says: ["--request-sni NAME"],
    },
    {
      what: `a server that knows another name, to the ${engine} engine`,
      ...python("--name", NAME, "--unnamed", "alert"),
      ours: [...TRUST, "--tls-engine", engine, "--request-sni", "ris.example.org"],
      situations: ["tls-name-unknown"],
      says: ["ris.example.org", "--request-sni"],
    },
    {
      what: `a server that wants to be named, and just closes, to the ${engine} engine`,
      ...python("--name", NAME, "--unnamed", "close"),
      ours: [...TRUST, "--tls-engine", engine],
      situations: ["tls-closed"],
      says: ["--request-sni NAME"],
    },
    {
      what: `a server that knows another name, and just closes, to the ${engine} engine`,
      ...python("--name", NAME, "--unnamed", "close"),
      ours: [...TRUST, "--tls-engine", engine, "--request-sni", "ris.example.org"],
      situations: ["tls-closed-named"],
      says: ["ris.example.org"],
    },
  ]),
  {
    what: "a server that chooses ChaCha20",
    ...openssl("-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"),
    ours: [...TRUST, "--tls-engine", "runtime"],
    situations: ["tls-outside-profile"],
    says: ["+cs TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "+pm"],
  },
  {
    what: "a server that has only TLS 1.3 where the profile has only 1.2",
    ...openssl("-tls1_3"),
    ours: [...TRUST, "+pz"],
    situations: ["tls-version-refused"],
    says: ["1.2"],
  },
];

/** What a hint must not say of a peer that answered in TLS. */
const PLAIN = /plain|without TLS|try it without|\+tla/;

for (const { what, need, server, ours, situations, says } of ENDINGS) {
  testWith({
    name: `the hint is right about ${what}`,
    missing: missing(need) ?? await clientTlsMissing(),
    async fn() {
      const folder = await sharedPki();
      await Deno.copyFile(`${folder}/client-int.key`, `${folder}/client-int-chain-root.key`);
      const chain = ["client-int.pem", "int.pem"].map((name) =>
        Deno.readTextFileSync(`${folder}/${name}`)
      );
      await Deno.writeTextFile(`${folder}/client-int-chain-root.pem`, chain.join(""));
      await using running = await startTlsServer(server, folder);
      const args = ["--explain", "-ta", "5", ...ours, "127.0.0.1", String(running.port)];
      const run = await runInProcess(args, { folder });
      const { situation, hint } = diagnosisIn(run.stderr);
      assert.ok(situations.includes(situation), `${situation}: ${hint}`);
      for (const words of says) assert.ok(hint.includes(words), `${words} in: ${hint}`);
      if (!situation.startsWith("tls-closed-named") && situation !== "tls-closed") {
        assert.doesNotMatch(hint, PLAIN);
      }
    },
  });
}

testWith({
  name: "a server that wants to be named serves those who name it",
  missing: missing({ python: "ssl" }) ?? await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    for (const unnamed of ["alert", "close"]) {
      await using running = await startTlsServer(
        python("--name", NAME, "--unnamed", unnamed).server,
        folder,
      );
      const args = [...TRUST, "--request-sni", NAME, "127.0.0.1", String(running.port)];
      const run = await runInProcess(args, { folder });
      assert.equal(run.code, 0, run.stderr);
    }
  },
});
