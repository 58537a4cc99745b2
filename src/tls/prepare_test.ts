import { ANONYMOUS_TLS } from "../common/tls_request.ts";
import assert from "node:assert/strict";
import { prepareTls } from "./prepare.ts";
import { TlsSetupError } from "./setup_error.ts";
import { makeThrowaway } from "./throwaway.ts";
import type { TlsRequest, TlsSetupEvent, TlsSetupProblem } from "./types.ts";

const NOW = Date.UTC(2026, 10, 23);
const ONE = makeThrowaway(NOW);
const OTHER = makeThrowaway(NOW);

const FILES: Readonly<Record<string, string>> = {
  "one.key": ONE.identity.key,
  "one.pem": ONE.identity.certificates,
  "other.pem": OTHER.identity.certificates,
  "text": "no certificate",
};

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  "hashed": ["1a2b3c4d.0", "ca.pem"],
  "plain": ["ca.pem", "1a2b3c4d.r0", "1A2B3C4D.0"],
};

const REQUEST = ANONYMOUS_TLS;

async function prepare(change: object, side: "client" | "server" = "client") {
  const events: TlsSetupEvent[] = [];
  const prepared = await prepareTls({ ...REQUEST, ...change } as TlsRequest, {
    reader: {
      read: (path) => {
        const text = FILES[path];
        if (text === undefined) return { ok: false, errno: 2 };
        return { ok: true, bytes: new TextEncoder().encode(text) };
      },
    },
    listFolder: (path) => Promise.resolve(FOLDERS[path]),
    now: () => NOW,
    password: () => Promise.resolve(undefined),
    report: (event) => void events.push(event),
    side,
  });
  return { ...prepared, events };
}

async function wholeProblemOf(change: object): Promise<TlsSetupProblem> {
  const error: unknown = await prepare(change).then(() => undefined, (reason) => reason);
  assert.ok(error instanceof TlsSetupError, String(error));
  return error.problem;
}

async function problemOf(change: object): Promise<string> {
  return (await wholeProblemOf(change)).kind;
}

const OWN = {
  mode: "authenticated",
  keyFile: "one.key",
  certificateFile: "one.pem",
  password: { kind: "unset" },
};

Deno.test("prepareTls() reports unusable trust files from the last to the first", async () => {
  const { events } = await prepare({
    certificateFiles: ["gone", "text"],
    certificateDirectories: [""],
    crlFiles: ["gone too"],
  });
  const told = events.map((event) => event.type === "trust-unusable" && [event.what, event.path]);
  assert.deepEqual(told.slice(0, 4), [
    ["certificate file", "text"],
    ["certificate file", "gone"],
    ["directory", ""],
    ["CRL file", "gone too"],
  ]);
});

Deno.test("prepareTls() shows the oldest entries of the library's queue, as the reference", async () => {
  const { events } = await prepare({ certificateFiles: ["a", "b", "c"] });
  const codes = events.flatMap((event) => event.type === "trust-unusable" ? event.error?.code : []);
  assert.deepEqual(codes, [0x80000002, 0x10000080, 0x05880002]);
});

Deno.test("prepareTls() matches key and certificate", async () => {
  const { settings } = await prepare(OWN);
  assert.match(settings.identity?.key ?? "", /^-----BEGIN PRIVATE KEY-----/);
  assert.equal(await problemOf({ ...OWN, certificateFile: "other.pem" }), "mismatch");
  assert.equal(await problemOf({ ...OWN, certificateFile: "text" }), "certificate");
  assert.equal(await problemOf({ ...OWN, keyFile: "text" }), "key");
  assert.equal(await problemOf({ ...OWN, keyFile: "gone" }), "key");
});

Deno.test("prepareTls() finds out that the files of +tls are swapped, and only then", async () => {
  const isSwapped = async (keyFile: string, certificateFile: string) => {
    const problem = await wholeProblemOf({ ...OWN, keyFile, certificateFile });
    return problem.kind === "key" && problem.isSwapped === true;
  };
  assert.equal(await isSwapped("one.pem", "one.key"), true);
  assert.equal(await isSwapped("one.pem", "one.pem"), false);
  assert.equal(await isSwapped("text", "one.key"), false);
  assert.equal(await isSwapped("gone", "one.key"), false);
});

Deno.test("prepareTls() keeps what is wrong with each file that was to be trusted", async () => {
  const { unloaded } = await prepare({
    certificateFiles: ["one.pem", "gone", "one.key"],
    crlFiles: ["text"],
  });
  assert.deepEqual(unloaded.map(({ path, option, trouble }) => [path, option, trouble.kind]), [
    ["one.key", "+cf", "contents"],
    ["gone", "+cf", "missing"],
    ["text", "+crl", "contents"],
  ]);
});

Deno.test("prepareTls() leaves to the own engine what the runtime cannot, and refuses it without", async () => {
  for (const profile of ["aes", "null", "basic"]) {
    assert.equal(await problemOf({ profile, engine: "runtime" }), "profile-unsupported");
    assert.equal((await prepare({ profile })).settings.engine, "own");
  }
  assert.equal((await prepare({ profile: "bcp195-ex" })).settings.maxVersion, "TLSv1.2");
  assert.equal((await prepare({ profile: "8996" })).settings.maxVersion, "TLSv1.3");
});

Deno.test("prepareTls() names the suites that cannot be offered", async () => {
  assert.deepEqual((await prepare({ profile: "bcp195", engine: "runtime" })).missingSuites, [
    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_128_CBC_SHA",
  ]);
  assert.deepEqual((await prepare({ profile: "bcp195" })).missingSuites, []);
});

Deno.test("prepareTls() chooses the engine by what is asked for", async () => {
  const engineOf = async (change: object, side: "client" | "server" = "client") =>
    (await prepare(change, side)).settings.engine;
  assert.equal(await engineOf({}), "own-too");
  assert.equal(await engineOf({}, "server"), "runtime");
  for (const engine of ["runtime", "own"]) assert.equal(await engineOf({ engine }), engine);
  const further = (name: string) => engineOf({ cipherSuites: [name] });
  assert.equal(await further("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), "own-too");
  assert.equal(await further("TLS_DHE_RSA_WITH_AES_256_CBC_SHA"), "own");
});

Deno.test("prepareTls() lets a server ask for certificates where anything about clients is asked for", async () => {
  const asks = async (change: object, side: "client" | "server" = "server") =>
    (await prepare({ ...OWN, ...change }, side)).settings.asksClients;
  const trusting = { certificateFiles: ["one.pem"] };
  assert.equal(await asks({}), false);
  assert.equal(await asks({ peerCertificate: "ignore" }), false);
  assert.equal(await asks(trusting, "client"), false);
  assert.equal(await asks({ certificateDirectories: ["plain:hashed"] }), true);
  for (
    const more of [
      {},
      { peerCertificate: "ignore" },
      { requiresCertificate: true },
      { crlFiles: ["text"], crlCheck: "leaf" },
      { crlCheck: "chain" },
      { wantedName: { kind: "name", name: "a" } },
    ]
  ) assert.equal(await asks({ ...trusting, ...more }), true, JSON.stringify(more));
});

Deno.test("prepareTls() lets no server ask for what it cannot check", async () => {
  const asked = async (change: object) => {
    const request = { ...OWN, ...change };
    const error = await prepare(request, "server").then(() => undefined, (reason) => reason);
    assert.ok(error instanceof TlsSetupError, JSON.stringify(change));
    const { problem } = error;
    assert.ok(problem.kind === "no-anchors");
    return [problem.asked.join(" "), problem.named.join(" ")];
  };
  assert.deepEqual(await asked({ requiresCertificate: true }), ["-rc", ""]);
  assert.deepEqual(await asked({ crlCheck: "leaf" }), ["+crv", ""]);
  assert.deepEqual(await asked({ crlCheck: "chain", crlFiles: ["text"] }), ["+crl +cra", ""]);
  assert.deepEqual(await asked({ wantedName: { kind: "peer" } }), ["--verify-hostname", ""]);
  assert.deepEqual(await asked({ certificateFiles: ["text", "missing"] }), ["", "text missing"]);
  assert.deepEqual(await asked({ certificateDirectories: ["plain:missing"], crlCheck: "leaf" }), [
    "+crv",
    "plain missing",
  ]);
});
