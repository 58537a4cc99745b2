/** Records handshakes of our TLS engine with `openssl s_server` into tests/golden/tls_handshakes.json (`deno task record:tls`). */

import { once } from "node:events";
import { connect } from "node:net";
import type { Step } from "../../src/tls_engine/mod.ts";
import { RECORDED_DATA, recordedClient, type RecordedHandshake } from "./recorded_handshakes.ts";
import { runProgram } from "./run_program.ts";
import { sharedPki } from "./shared_pki.ts";
import { startTlsServer } from "./tls_servers.ts";

interface Case {
  readonly name: string;
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  readonly server: readonly string[];
}

const EC = ["-cert", "server-ec.pem", "-key", "server-ec.key"];
const RSA = ["-cert", "server-good.pem", "-key", "server-good.key"];

function legacy(
  name: string,
  { suite, server = RSA, version = 0x0303 }: {
    readonly suite: number;
    readonly server?: readonly string[];
    readonly version?: number;
  },
): Case {
  return { name, versions: [version], suites: [suite], server };
}

const CASES: readonly Case[] = [
  legacy("TLS 1.0, RSA, AES-CBC, encrypt-then-MAC", { suite: 0x002f, version: 0x0301 }),
  legacy("TLS 1.0, RSA, AES-CBC, MAC-then-encrypt", {
    suite: 0x0035,
    server: [...RSA, "-no_etm"],
    version: 0x0301,
  }),
  legacy("TLS 1.0, ECDHE, AES-CBC", { suite: 0xc009, server: EC, version: 0x0301 }),
  legacy("TLS 1.1, RSA, AES-CBC, MAC-then-encrypt", {
    suite: 0x002f,
    server: [...RSA, "-no_etm"],
    version: 0x0302,
  }),
  legacy("TLS 1.1, DHE, Camellia (RFC 6367)", { suite: 0x0088, version: 0x0302 }),
  legacy("TLS 1.2, RSA, NULL", { suite: 0x0002 }),
  legacy("TLS 1.2, RSA, AES-CBC, SHA-256, encrypt-then-MAC (RFC 7366)", { suite: 0x003d }),
  legacy("TLS 1.2, RSA, AES-CBC, SHA-256, MAC-then-encrypt", {
    suite: 0x003c,
    server: [...RSA, "-no_etm"],
  }),
  legacy("TLS 1.2, ECDHE, AES-CBC, SHA-384", { suite: 0xc024, server: EC }),
  legacy("TLS 1.2, RSA, Camellia-128 (RFC 6367)", { suite: 0x0041 }),
  legacy("TLS 1.2, DHE, Camellia-256, MAC-then-encrypt (RFC 6367)", {
    suite: 0x0088,
    server: [...RSA, "-no_etm"],
  }),
  legacy("TLS 1.2, ECDHE, ChaCha20 (RFC 7905)", { suite: 0xcca9, server: EC }),
  legacy("TLS 1.2, DHE, ChaCha20 (RFC 7905)", { suite: 0xccaa }),
  legacy("TLS 1.2, ECDHE, AES-256-GCM", { suite: 0xc02c, server: EC }),
  legacy("TLS 1.2, ECDHE, AES-128-CCM", { suite: 0xc0ac, server: EC }),
  legacy("TLS 1.2, ECDHE, AES-128-CCM-8", { suite: 0xc0ae, server: EC }),
  legacy("TLS 1.2, ECDHE on brainpool", {
    suite: 0xc02b,
    server: [...EC, "-named_curve", "brainpoolP256r1"],
  }),
  ...[0x1301, 0x1302, 0x1303].map((suite) => ({
    name: `TLS 1.3, suite ${suite.toString(16)}`,
    versions: [0x0304],
    suites: [suite],
    server: EC,
  })),
  {
    name: "TLS 1.3, HelloRetryRequest for P-384",
    versions: [0x0304, 0x0303],
    suites: [0x1301, 0xc02b],
    server: [...EC, "-groups", "P-384"],
  },
  {
    name: "TLS 1.3, HelloRetryRequest with a cookie",
    versions: [0x0304],
    suites: [0x1301],
    server: [...EC, "-stateless"],
  },
];

async function record({ name, versions, suites, server }: Case): Promise<RecordedHandshake> {
  const command = ["openssl", "s_server", "-rev", "-quiet", "-accept", "{port}", ...server];
  const all = ["-cipher", "ALL:eNULL:@SECLEVEL=0", "-min_protocol", "TLSv1"];
  await using running = await startTlsServer([...command, ...all], await sharedPki());
  const socket = connect({ host: "127.0.0.1", port: running.port });
  const ended = once(socket, "close");
  const client = recordedClient({ versions, suites });
  const [ours, theirs]: string[][] = [[], []];
  let suite = "";
  let answer = "";
  const take = (step: Step) => {
    if (step.send.length > 0) {
      ours?.push(step.send.toBase64());
      socket.write(step.send);
    }
    for (const event of step.events) {
      if (event.type === "established") {
        suite = event.negotiated.suite;
        take(client.write(new TextEncoder().encode(RECORDED_DATA.ours)));
      } else if (event.type === "data") answer += new TextDecoder().decode(event.bytes);
      else socket.destroy(new Error(`${name}: ${JSON.stringify(event)}`));
    }
  };
  socket.on("data", (bytes) => {
    if (answer.length === RECORDED_DATA.theirs.length) return;
    theirs?.push(Uint8Array.from(bytes).toBase64());
    take(client.receive(Uint8Array.from(bytes)));
    if (answer.length === RECORDED_DATA.theirs.length) socket.end(client.close().send);
  });
  take(client.start());
  await ended;
  if (answer !== RECORDED_DATA.theirs) throw new Error(`${name}: ${answer}`);
  return { name, versions, suites, suite, ours: ours ?? [], theirs: theirs ?? [] };
}

const { stdout } = await runProgram({ command: "openssl", args: ["version"] }, { args: [] });
const handshakes: RecordedHandshake[] = [];
for (const one of CASES) handshakes.push(await record(one));
await Deno.writeTextFile(
  new URL("../golden/tls_handshakes.json", import.meta.url),
  `${JSON.stringify({ server: stdout.trim(), handshakes }, undefined, 1)}\n`,
);
