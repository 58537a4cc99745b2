import assert from "node:assert/strict";
import { errorCode, SocketError, systemText } from "./system_text.ts";

Deno.test("systemText() gives the C library's words for a code, without its number", () => {
  const error = Object.assign(new Error("Connection refused (os error 111)"), {
    code: "ECONNREFUSED",
  });
  assert.equal(systemText(error), "Connection refused");
  const foreign = Object.assign(new Error("Es wird nichts (os error 13)"), { code: "EACCES" });
  assert.equal(systemText(foreign), "Permission denied");
});

Deno.test("systemText() gives the runtime's words where there is no code", () => {
  assert.equal(systemText(new Error("odd thing (os error 99)")), "odd thing");
  assert.equal(systemText("text"), "text");
  assert.equal(new SocketError(new Error("odd thing")).message, "odd thing");
});

Deno.test("errorCode() takes codes of errors only", () => {
  assert.equal(errorCode({ code: "EPIPE" }), undefined);
  assert.equal(errorCode(Object.assign(new Error(""), { code: 7 })), undefined);
  assert.equal(errorCode(Object.assign(new Error(""), { code: "EPIPE" })), "EPIPE");
});
