import assert from "node:assert/strict";
import { errorCode, errorNumber, errorWords } from "./words.ts";

const WINDOWS = { isWindows: true } as const;
const UNIX = { isWindows: false } as const;

Deno.test("errorNumber() takes the number that the runtime adds, whatever the system's words", () => {
  assert.equal(errorNumber(new Error("Der Host ist unbekannt. (os error 11001)")), 11001);
  assert.equal(errorNumber(new Error("Access is denied. (os error 5): open 'a (os error 7)'")), 5);
  assert.equal(errorNumber(new Error("no number (os error x)")), undefined);
  assert.equal(errorNumber("text (os error 5)"), undefined);
});

Deno.test("errorCode() names errors of Windows by their numbers", () => {
  const named = (number: number, code?: string) =>
    errorCode(Object.assign(new Error(`Nein. (os error ${number})`), { code }), WINDOWS);
  assert.equal(named(3, "ENOENT"), "ENOENT");
  assert.equal(named(5, "EPERM"), "EACCES");
  assert.equal(named(32, "EBUSY"), "EBUSY");
  assert.equal(named(10048, "EADDRINUSE"), "EADDRINUSE");
  assert.equal(named(1), undefined);
});

Deno.test("errorCode() does not take a number of Unix for one of Windows", () => {
  const error = Object.assign(new Error("Broken pipe (os error 32)"), { code: "EPIPE" });
  assert.equal(errorCode(error, UNIX), "EPIPE");
});

Deno.test("errorCode() names errors without a number by their class", () => {
  assert.equal(errorCode(new Deno.errors.IsADirectory("Ist ein Ordner")), "EISDIR");
  assert.equal(errorCode(new Deno.errors.NotFound("")), "ENOENT");
  assert.equal(errorCode(new Error("odd")), undefined);
  assert.equal(errorCode({ code: "EPIPE" }), undefined);
  assert.equal(errorCode(Object.assign(new Error(""), { code: 7 })), undefined);
});

Deno.test("errorWords() says the same in every language", () => {
  const error = Object.assign(new Error("Zugriff verweigert (os error 5): open 'x'"), {
    code: "EPERM",
  });
  assert.equal(errorWords(error, WINDOWS), "Permission denied");
  assert.equal(errorWords(new Error("odd thing (os error 99)"), UNIX), "odd thing");
  assert.equal(errorWords("text"), "text");
});
