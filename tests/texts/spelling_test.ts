/** Every word of the documents is one of hunspell's American dictionary, or of words.txt. */

import assert from "node:assert/strict";
import manual from "../../docs/echoscu.1" with { type: "text" };
import { documents, withoutCode } from "../support/documents.ts";
import { missing } from "../support/installed.ts";
import { testWith } from "../support/test_with.ts";
import words from "./words.txt" with { type: "text" };

const OWN = words.trimEnd().split("\n");

/** A manual page without what is typed: that is in bold or italics, in the synopsis, or in a list of values. */
function proseOfManual(roff: string): string {
  const bare = roff.replaceAll(/^\.(TH|B|BR)\b.*$|^One of .*$|\\f[BI].*?\\fR/gm, " ");
  return bare.replaceAll("\\-", "-").replaceAll("\\(aq", "'");
}

/** Markdown without code, tags, addresses, and the text of links that is a single name. */
function proseOfMarkdown(markdown: string): string {
  const bare = withoutCode(markdown).replaceAll(/<!--[^]*?-->|<[^>]+>|\bhttps?:\S+/g, " ");
  return bare.replaceAll(/\[[^\]\s]*\]\([^)]*\)|\]\([^)]*\)/g, " ");
}

/** An option, or a word with what is joined to it: by a dot, a slash or an underscore. */
const TOKEN = /(?<![\p{L}\p{N}_./-])[-+]{1,2}[\w-]+|[\p{L}\p{N}_][\p{L}\p{N}_'’./]*/gu;

/** Words for a dictionary: no acronyms, and nothing with a digit or anything joined to it. */
function wordsOf(prose: string): readonly string[] {
  return [...prose.matchAll(TOKEN)]
    .map(([token]) => token.replace(/[./'’]+$/, "").replace("’", "'").replace(/'s$/, ""))
    .filter((word) => /^\p{L}[\p{L}']+$/u.test(word) && !/^\p{Lu}{2,}s?$/u.test(word));
}

/** Each word with one document that has it. */
async function wordsOfDocuments(): Promise<ReadonlyMap<string, string>> {
  const texts = [...await documents()].map(([path, text]) =>
    [path, proseOfMarkdown(text)] as const
  );
  const all = [...texts, ["docs/echoscu.1", proseOfManual(manual)] as const];
  return new Map(
    all.flatMap(([path, prose]) => wordsOf(prose).map((word) => [word, path] as const)),
  );
}

/** The word as words.txt may have it: as it is inside a sentence, where it begins one. */
function formsOf(word: string): readonly string[] {
  return [word, word.slice(0, 1).toLowerCase() + word.slice(1)];
}

/** Those that hunspell's dictionary lacks. */
async function unknownWords(all: Iterable<string>): Promise<ReadonlySet<string>> {
  const hunspell = new Deno.Command("hunspell", {
    args: ["-d", "en_US", "-i", "utf-8", "-l"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = new Blob([[...all].join("\n")]).stream();
  const [{ stdout, success }] = await Promise.all([
    hunspell.output(),
    input.pipeTo(hunspell.stdin),
  ]);
  assert.ok(success);
  return new Set(new TextDecoder().decode(stdout).split("\n").filter((word) => word !== ""));
}

testWith({
  name: "every word of the documents is spelled as in American English, or is in words.txt",
  missing: missing({ program: "hunspell" }),
  async fn() {
    assert.deepEqual(
      await unknownWords(["colour", "recieve", "echo"]),
      new Set(["colour", "recieve"]),
    );
    const all = await wordsOfDocuments();
    assert.ok(all.size > 2000, `only ${all.size} words`);
    const unknown = [...await unknownWords(all.keys())];
    const wrong = unknown.filter((word) => !formsOf(word).some((form) => OWN.includes(form)));
    assert.deepEqual(wrong.map((word) => `${all.get(word)}: ${word}`), []);
  },
});

Deno.test("words.txt is sorted, and has no word that the documents do not have", async () => {
  assert.deepEqual(OWN, [...new Set(OWN)].sort());
  const used = new Set([...(await wordsOfDocuments()).keys()].flatMap(formsOf));
  assert.deepEqual(OWN.filter((word) => !used.has(word)), []);
});
