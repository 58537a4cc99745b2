import assert from "node:assert/strict";
import { hostWith, parse } from "./testing.ts";

/** The hint for these words on a terminal. */
async function hintFor(...words: string[]): Promise<string | undefined> {
  const result = await parse(words, hostWith({}, { stderrIsTerminal: true }));
  assert.equal(result.kind, "error");
  return result.kind === "error" ? /\nhint: (.*)\n$/.exec(result.stderr)?.[1] : undefined;
}

Deno.test("a hint names the nearest option", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["--verb", "--verbose"],
    ["--verbos", "--verbose"],
    ["--vrebose", "--verbose"],
    ["--HELP", "--help"],
    ["-V", "-v"],
    ["---help", "--help"],
    ["--socket-timeuot", "--socket-timeout"],
    ["--acse", "--acse-timeout"],
    ["-aetX", "-aet"],
    ["--repaet", "--repeat"],
    ["--ignore-peer-certs", "--ignore-peer-cert"],
  ];
  for (const [typed, meant] of cases) assert.equal(await hintFor(typed), `did you mean ${meant}?`);
});

Deno.test("a hint does not guess wildly", async () => {
  for (const word of ["--foo", "--", "--profile", "-.5555", "--xyzzy-plugh"]) {
    assert.equal(await hintFor(word), "echoscu --help lists all options", word);
  }
});

Deno.test("a hint says that values are words of their own", async () => {
  assert.equal(await hintFor("--aetitle=X"), "the value is a word of its own: --aetitle VALUE");
  assert.equal(await hintFor("-aet="), "the value is a word of its own: -aet VALUE");
  assert.equal(
    await hintFor("--use-passwd=SECRET"),
    "the value is a word of its own: --use-passwd VALUE",
  );
  assert.equal(await hintFor("+pwSECRET"), "the value is a word of its own: +pw VALUE");
  assert.equal(await hintFor("--help=x"), "--help takes no value");
});

Deno.test("a hint says what a value may be", async () => {
  assert.equal(
    await hintFor("-pts", "99", "a", "1"),
    "--propose-ts takes one decimal integer, 1..53",
  );
  assert.equal(
    await hintFor("-to", "5s", "a", "1"),
    "--timeout takes one decimal integer, at least 1",
  );
  assert.equal(
    await hintFor("-ll", "warning", "a", "1"),
    "--log-level takes one of fatal, error, warn, info, debug, trace, off, all",
  );
  assert.equal(await hintFor("--listen", "x"), "--listen takes [HOST:]PORT");
  assert.equal(
    await hintFor("+tls", "k"),
    "--enable-tls takes [p]rivate key file, [c]ertificate file: string",
  );
  assert.equal(await hintFor("a", "104x"), "a port is one decimal integer, 1..65535");
});

Deno.test("a hint shows how to write peer and port", async () => {
  const apart =
    "the port is a word of its own: echoscu [options] HOST PORT; or all is one: TITLE@HOST:PORT";
  for (const words of [["pacs:"], ["A@pacs"], ["A@pacs:104", "104"]]) {
    assert.equal(await hintFor(...words), apart);
  }
  const modes = "--listen, --selftest, --plan, --peers, --explain-code, --exporter, --since";
  assert.equal(
    await hintFor("a"),
    `usage: echoscu [options] peer port; in place of peer and port: ${modes}`,
  );
  assert.match(
    await hintFor("a", "1", "b") ?? "",
    /^usage: echoscu \[options\] peer port; .*--plan/,
  );
});

Deno.test("a hint names the option that is meant where the reference names another", async () => {
  assert.equal(
    await hintFor("+pa", "a", "1"),
    "this is about --profile-aes; add one of --enable-tls, --anonymous-tls, or leave it out",
  );
  assert.equal(await hintFor("+tla", "+ws", "a", "1"), "add --seed, or leave it out");
});

Deno.test("a hint never repeats what was typed, so that nothing typed can reach the terminal twice", async () => {
  const odd = "\u001b]0;title\u0007";
  const words = [[`--${odd}`], ["-to", odd, "a", "1"], ["a", odd], [`${odd}:1`, "1"], [`@${odd}`]];
  for (const one of words) assert.doesNotMatch(await hintFor(...one) ?? "", /title/);
});
