/** The diagnosis of real peers and services, through the program as a process of its own. */

import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { missing } from "../support/installed.ts";
import { patiently } from "../support/patiently.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { available, type PeerName, startRealPeer } from "../support/real_peers.ts";
import {
  ourProgram,
  type Run,
  runProgram,
  SIGNALS_MISSING,
  startProgram,
} from "../support/run_program.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";
import { type Diagnosed, diagnosisIn } from "./diagnosis_lines.ts";

interface At {
  readonly host: string;
  readonly port: number;
}

function run(at: At, ...options: readonly string[]): Promise<Run> {
  return runProgram(ourProgram(), { args: [...options, at.host, `${at.port}`] });
}

/** Runs with `--explain` and reads what it adds. */
async function explain(at: At, ...options: readonly string[]): Promise<Diagnosed> {
  const explained = await run(at, "--explain", ...options);
  return diagnosisIn(explained.stderr);
}

interface RealCase {
  readonly peer: PeerName;
  readonly does: string;
  readonly situation: string;
  readonly options?: readonly string[];
  readonly says: readonly string[];
}

const REAL_CASES: readonly RealCase[] = [
  {
    peer: "storescp-refuse",
    does: "refuses everyone",
    situation: "rejected-by-application",
    says: ["refuse everyone"],
  },
  {
    peer: "dcmqrscp",
    does: "has another title",
    situation: "called-title-unknown",
    options: ["-aec", "STOREDESK", "-aet", "CT7"],
    says: ['"STOREDESK"', '"CT7"', "-aec"],
  },
  {
    peer: "wlmscpfs",
    does: "has another title than the default",
    situation: "called-title-default",
    says: ['"ANY-SCP"', "-aec"],
  },
  {
    peer: "orthanc-strict",
    does: "has another title",
    situation: "called-title-unknown",
    options: ["-aec", "STOREDESK"],
    says: ['"STOREDESK"'],
  },
  {
    peer: "orthanc-known",
    does: "serves known modalities only",
    situation: "echo-aborted",
    options: ["-aet", "STRANGER"],
    says: ['"STRANGER"', "Orthanc"],
  },
  {
    peer: "dcmqrscp-broken",
    does: "has lost its storage",
    situation: "echo-aborted",
    options: ["-aec", "DCMQRSCP"],
    says: ["storage"],
  },
  {
    peer: "ctn-silent",
    does: "never answers the echo",
    situation: "echo-silent",
    options: ["-td", "1", "-ta", "1"],
    says: ["within 1 s (-td)"],
  },
  {
    peer: "dcmjs-0122",
    does: "answers with a failing status",
    situation: "status-sop-class-unsupported",
    says: ["Verification"],
  },
];

for (const one of REAL_CASES) {
  testWith({
    name: `--explain names ${one.situation} when ${one.peer} ${one.does}`,
    missing: available(one.peer),
    fn: async () => {
      await using peer = await startRealPeer(one.peer);
      await patiently(async (limits) => {
        const { situation, hint } = await explain(peer, ...limits.args(one.options ?? []));
        assert.equal(situation, one.situation);
        for (const words of one.says) assert.ok(hint.includes(limits.text(words)), hint);
      });
    },
  });
}

/** A-ASSOCIATE-RQ of DCMTK's echoscu to DCMQRSCP, with one context for Verification. */
const REQUEST = Uint8Array.fromHex(
  "0100000000cd00010000" + "44434d5152534350" + "20".repeat(8) + "4f54484552534355" +
    "20".repeat(8) + "00".repeat(32) +
    "10000015312e322e3834302e31303030382e332e312e312e31" +
    "2000002e0100ff0030000011312e322e3834302e31303030382e312e31" +
    "40000011312e322e3834302e31303030382e312e32" +
    "5000003a51000004000040005200001b312e322e3237362e302e373233303031302e332e302e332e362e37" +
    "5500000f4f464649535f44434d544b5f333637",
);

testWith({
  name: "--explain says to try again when all associations of dcmqrscp are taken",
  missing: available("dcmqrscp-single"),
  fn: async () => {
    await using peer = await startRealPeer("dcmqrscp-single");
    using other = await Deno.connect({ hostname: peer.host, port: peer.port });
    await other.write(REQUEST);
    assert.ok((await other.read(new Uint8Array(512)) ?? 0) > 0);
    const { situation, hint } = await explain(peer, "-aec", peer.aeTitle);
    assert.equal(situation, "local-limit-exceeded");
    assert.match(hint, /try again/);
  },
});

testWith({
  name: "--explain says that storescp may be busy while somebody holds a silent connection to it",
  missing: available("storescp"),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    using _silent = await Deno.connect({ hostname: peer.host, port: peer.port });
    const { situation, hint } = await explain(peer, "-ta", "1");
    assert.equal(situation, "association-silent");
    assert.match(hint, /busy with someone else \(then try again\)/);
  },
});

testWith({
  name: "--explain says that storescp wants TLS",
  missing: missing({ program: "openssl" }) ?? available("storescp"),
  fn: async () => {
    const folder = await Deno.makeTempDir();
    await makeCertificate(folder);
    const port = freePort("0.0.0.0");
    const args = ["+tls", "key.pem", "cert.pem", "-ic", "--ignore", `${port}`];
    const options = { args, cwd: folder };
    await using _peer = startProgram({ command: "storescp", args: [] }, options);
    assert.ok(await untilListening(port, { alive: () => true }));
    const { situation, hint } = await explain({ host: "127.0.0.1", port });
    assert.ok(
      ["foreign-tls", "closed-without-answer", "reset-without-answer"].includes(situation),
      situation,
    );
    assert.match(hint, /TLS.*\+tla/);
    await Deno.remove(folder, { recursive: true });
  },
});

async function makeCertificate(folder: string): Promise<void> {
  const words =
    "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost";
  const { success } = await new Deno.Command("openssl", {
    args: words.split(" "),
    cwd: folder,
    stdout: "null",
    stderr: "null",
  }).output();
  assert.ok(success);
}

Deno.test("--explain reports a web server by its answer", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("hello"),
  );
  const { situation, hint } = await explain({ host: "127.0.0.1", port: server.addr.port });
  assert.equal(situation, "foreign-http");
  assert.match(hint, /web server/);
});

Deno.test("--explain reports a service that closes what it does not understand", async () => {
  await using peer = await startScriptedPeer([{ expect: "bytes 1", send: "close" }]);
  const { situation } = await explain(peer);
  assert.match(situation, /^(closed|reset)-without-answer$/);
});

Deno.test("a captured failure has no hint, and nothing is added on standard output", async () => {
  await using peer = await startScriptedPeer([{ expect: "A-ASSOCIATE-RQ" }, {
    send: "03000000000400010107",
  }, { send: "close" }]);
  const captured = await run(peer);
  assert.equal(
    captured.stderr,
    "F: Association Rejected:\nF: Result: Rejected Permanent, Source: Service User\n" +
      "F: Reason: Called AE Title Not Recognized\n",
  );
  const explained = await run(peer, "--explain");
  assert.ok(explained.stderr.startsWith(`${captured.stderr}hint: `));
  assert.deepEqual([captured.stdout, explained.stdout], ["", ""]);
  assert.deepEqual([captured.code, explained.code], [1, 1]);
});

testWith({
  name: "a failure on a terminal has one line of hint without --explain, and none with -q",
  missing: missing({ program: "script" }),
  fn: async () => {
    const port = freePort();
    const line = new RegExp(
      `\\nhint: 127\\.0\\.0\\.1 answers, but nothing listens on port ${port}: `,
    );
    const usual = await onTerminal({ host: "127.0.0.1", port });
    assert.match(usual, line);
    assert.doesNotMatch(usual, /stage: /);
    assert.doesNotMatch(await onTerminal({ host: "127.0.0.1", port }, "-q"), /hint: /);
  },
});

/** What the program prints when its streams are a terminal. */
async function onTerminal(at: At, ...options: readonly string[]): Promise<string> {
  const { command, args } = ourProgram();
  const words = [command, ...args, ...options, at.host, `${at.port}`];
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const { stdout } = await runProgram({ command: "script", args: ["-qec", quoted, "/dev/null"] }, {
    args: [],
  });
  // The console of Windows hides the cursor while it draws.
  return stripVTControlCharacters(stdout).replaceAll("\r\n", "\n");
}

testWith({
  name: "a check that was interrupted says what it was waiting for",
  missing: SIGNALS_MISSING,
  async fn() {
    await using peer = await startScriptedPeer([{ expect: "A-ASSOCIATE-RQ" }]);
    const args = ["--explain", "-d", peer.host, `${peer.port}`];
    await using program = startProgram(ourProgram(), { args });
    await untilTrue(() => program.output().includes("D: Constructing Associate RQ PDU"), program);
    assert.equal(await program.stop("SIGINT"), 130);
    const { situation, hint } = diagnosisIn(program.output());
    assert.equal(situation, "interrupted-associating");
    assert.match(hint, /-ta sets the limit of that wait \(30 s now\)/);
  },
});
