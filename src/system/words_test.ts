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

/** `winerror.h`, with the names of `errno.h` that mean the same. */
const OF_WINDOWS = {
  ENOENT: [2, 3, 123], // FILE_NOT_FOUND, PATH_NOT_FOUND, INVALID_NAME
  EMFILE: [4], // TOO_MANY_OPEN_FILES
  EACCES: [5], // ACCESS_DENIED
  EROFS: [19], // WRITE_PROTECT
  EBUSY: [32, 33, 1224], // SHARING_VIOLATION, LOCK_VIOLATION, USER_MAPPED_FILE
  ENOSPC: [39, 112], // HANDLE_DISK_FULL, DISK_FULL
  EEXIST: [80, 183], // FILE_EXISTS, ALREADY_EXISTS
  ENAMETOOLONG: [206], // FILENAME_EXCED_RANGE
  ENOTDIR: [267], // DIRECTORY
  EDQUOT: [1295], // DISK_QUOTA_EXCEEDED
} as const;

Deno.test("errorCode() names errors of Windows by their numbers", () => {
  const named = (number: number, code?: string) =>
    errorCode(Object.assign(new Error(`Nein. (os error ${number})`), { code }), WINDOWS);
  for (const [code, numbers] of Object.entries(OF_WINDOWS)) {
    for (const number of numbers) assert.equal(named(number), code, `${number}`);
  }
  assert.equal(named(5, "EPERM"), "EACCES");
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
  assert.equal(errorCode(new Deno.errors.AddrInUse("Belegt")), "EADDRINUSE");
  assert.equal(errorCode(new Deno.errors.PermissionDenied("Nein")), "EACCES");
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
