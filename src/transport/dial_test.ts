import assert from "node:assert/strict";
import { freePort } from "../../tests/support/ports.ts";
import { startScriptedPeer } from "../../tests/support/scripted_peer.ts";
import { dial, DialError, reasonOfError } from "./dial.ts";
import type { DialReason, Target } from "./types.ts";

function target(more: Partial<Target>): Target {
  return { host: "127.0.0.1", port: 1, family: "any", connectTimeoutSeconds: undefined, ...more };
}

async function reasonOf(to: Partial<Target>, signal?: AbortSignal): Promise<DialReason> {
  try {
    (await dial(target(to), signal)).close();
  } catch (error) {
    if (error instanceof DialError) return error.reason;
    throw error;
  }
  throw new Error("connected");
}

Deno.test("dial() connects, and says to where", async () => {
  await using peer = await startScriptedPeer([{ expect: "eof" }]);
  for (const family of ["any", "ipv4"] as const) {
    for (const host of ["127.0.0.1", "127.1", "2130706433", "0x7f000001"]) {
      const stream = await dial(target({ host, port: peer.port, family }));
      assert.deepEqual(stream.remote, { host: "127.0.0.1", port: peer.port });
      stream.close();
      stream.close();
    }
  }
});

Deno.test("dial() reports refusals in the system's words", async () => {
  const port = freePort();
  assert.equal(await reasonOf({ port }), "refused");
  assert.equal(await reasonOf({ port, family: "ipv4" }), "refused");
  await assert.rejects(dial(target({ port })), { message: "Connection refused" });
});

Deno.test("dial() reports names that cannot be ones, and families that an address has not", async () => {
  assert.equal(await reasonOf({ host: "a b" }), "invalid-host");
  assert.equal(await reasonOf({ host: "x".repeat(300) }), "invalid-host");
  assert.equal(await reasonOf({ host: "127.0.0.1", family: "ipv6" }), "unknown-host");
  assert.equal(await reasonOf({ host: "::1", family: "ipv4" }), "unknown-host");
});

Deno.test("dial() ends at its limit when nobody answers, in the reference's words", async () => {
  await using peer = await startScriptedPeer([], { mode: "full-backlog" });
  const { port } = peer;
  assert.equal(await reasonOf({ port, connectTimeoutSeconds: 0.2 }), "timed-out");
  await assert.rejects(dial(target({ port, connectTimeoutSeconds: 0.2 })), {
    message: "Operation now in progress",
  });
});

Deno.test("dial() takes limits that no timer can hold", async () => {
  await using peer = await startScriptedPeer([{ expect: "eof" }]);
  for (const connectTimeoutSeconds of [2_147_483, 2_147_484, 4_294_968, 2 ** 53]) {
    (await dial(target({ port: peer.port, connectTimeoutSeconds }))).close();
  }
});

Deno.test("dial() ends when the signal is raised, with the signal's reason", async () => {
  await using peer = await startScriptedPeer([], { mode: "full-backlog" });
  const interrupt = new AbortController();
  const dialling = dial(target({ port: peer.port }), interrupt.signal);
  interrupt.abort("SIGINT");
  assert.equal(await dialling.then(() => "connected", (reason) => reason), "SIGINT");
  const before = dial(target({ port: peer.port }), AbortSignal.abort("SIGTERM"));
  assert.equal(await before.then(() => "connected", (reason) => reason), "SIGTERM");
});

Deno.test("dial() reports names that do not exist by codes, not by words", async () => {
  const reason = await reasonOf({ host: "no.such.host.invalid" });
  // Without a name server nobody can know.
  assert.ok(["unknown-host", "lookup-failed"].includes(reason), reason);
});

Deno.test("reasonOfError() reports lookups on Windows by number, in every language", () => {
  const reason = (number: number, code = "ENOENT") =>
    reasonOfError(Object.assign(new Error(`Unbekannt. (os error ${number})`), { code }), {
      isWindows: true,
    });
  assert.equal(reason(11001), "unknown-host");
  assert.equal(reason(11004), "unknown-host");
  assert.equal(reason(11002), "lookup-failed");
  assert.equal(reason(11003), "lookup-failed");
  assert.equal(reason(10061, "ECONNREFUSED"), "refused");
  assert.equal(reason(10060, "ETIMEDOUT"), "timed-out-by-system");
  assert.equal(reason(10013, "EACCES"), "not-permitted");
  assert.equal(reason(10065, "EHOSTUNREACH"), "host-unreachable");
});

Deno.test("reasonOfError() knows that macOS says so of hosts in a network that it keeps a program out of", () => {
  const error = Object.assign(new Error("No route to host (os error 65)"), {
    code: "EHOSTUNREACH",
  });
  assert.equal(reasonOfError(error, { isMac: true }), "host-unreachable-macos");
  assert.equal(reasonOfError(error, { isMac: false }), "host-unreachable");
});

Deno.test("reasonOfError() reports errors without a number by their class", () => {
  assert.equal(reasonOfError(new Deno.errors.ConnectionRefused("")), "refused");
  assert.equal(reasonOfError(new Deno.errors.NotCapable("")), "not-allowed");
  assert.equal(reasonOfError(new URIError("")), "invalid-host");
  assert.equal(reasonOfError(new Error("failed to lookup address information: x")), undefined);
});
