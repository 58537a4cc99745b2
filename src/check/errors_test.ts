import assert from "node:assert/strict";
import { ConnectionLost, DialFailed, TlsFailed } from "./errors.ts";

Deno.test("the message of a failure is bounded, whatever a peer sent or somebody typed", () => {
  const long = "x".repeat(200_000);
  const refusal = {
    kind: "certificate",
    code: 20,
    reason: long,
    role: "leaf",
    sentence: long,
    subject: long,
    issuer: long,
  } as const;
  const at = { host: long, port: 104, systemText: long, cause: undefined };
  for (
    const { message } of [
      new TlsFailed({ kind: "refused", refusal }),
      new DialFailed("unknown-host", at),
    ]
  ) {
    assert.equal(message.length, 400);
    assert.ok(message.endsWith("xxx..."));
  }
});

Deno.test("a TLS connection that broke is the peer's fault, and a reset the network's", () => {
  const broken = { kind: "malformed", text: "cannot decrypt" } as const;
  const lost = (tls?: typeof broken) =>
    new ConnectionLost("echo", { how: "reset", within: "idle", ...(tls && { tls }) });
  assert.equal(lost().fault, "network");
  assert.equal(lost(broken).fault, "peer");
  assert.match(lost(broken).message, /TLS broke after the handshake/);
});
