import assert from "node:assert/strict";
import { optionsOf } from "./testing.ts";
import { shellWords, wordsOfCheck } from "./words.ts";

const LINES: readonly string[] = [
  "",
  "-i4 -aet A -aec B",
  "-i6 -pts 3 -ppc 2 -to 5 -ts 0 -ta 7 -td 9 -pdu 4096",
  "--source-address 10.1.2.3",
  "--source-address [fd00::3]:11112",
  "--source-address fd00::3",
  "--request-sni name",
  "+tla",
  "+tla -ic --request-sni name",
  "+tla +cf a +cf b +cd d +crl l +cra +px +cs S -rc --tls-engine own",
  "+tla +crv --trust-public-roots",
  "+tla --verify-hostname",
  "+tls k c -der +pz --verify-hostname-as name.test",
  "+tls k c --password-file f",
  "+tls k c -pw",
  "+tls k c +ps",
  "+tls k c +crl l +pg",
  "+tls k c +pm",
  "+tls k c +pb",
  "+tls k c +pa",
  "+tls k c +pn",
];

for (const line of LINES) {
  Deno.test(`wordsOfCheck() gives words that mean the same: ${line || "(nothing)"}`, async () => {
    const options = await optionsOf([...line.split(" ").filter(Boolean), "peer", "104"]);
    const words = wordsOfCheck(options, { peer: "peer", port: 104 });
    assert.deepEqual(await optionsOf(words), options);
  });
}

Deno.test("wordsOfCheck() shows no password", async () => {
  const options = await optionsOf(["+tls", "k", "c", "+pw", "secret", "peer", "104"]);
  const words = wordsOfCheck(options, { peer: "peer", port: 104 });
  assert.deepEqual(words, ["+tls", "k", "c", "+ps", "peer", "104"]);
});

Deno.test("shellWords() quotes what a shell would change, and nothing else", () => {
  assert.equal(
    shellWords(["-aec", "A B", "it's", "", "$x", "+cf", "a/b.pem"], "posix"),
    "-aec 'A B' 'it'\\''s' '' '$x' +cf a/b.pem",
  );
  assert.equal(shellWords(["-aec", "A B", "%x%", "a"], "windows"), '-aec "A B" "%x%" a');
});
