import assert from "node:assert/strict";
import { SocketError } from "./system_text.ts";

Deno.test("SocketError words what the system threw, and keeps it", () => {
  const cause = Object.assign(new Error("Es wird nichts (os error 104)"), { code: "ECONNRESET" });
  const error = new SocketError(cause);
  assert.equal(error.message, "Connection reset by peer");
  assert.equal(error.cause, cause);
});
