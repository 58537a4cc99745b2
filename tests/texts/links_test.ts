import assert from "node:assert/strict";
import { documents, withoutBlocks, withoutCode } from "../support/documents.ts";

const TOP = new URL("../../", import.meta.url);
/** The fragments that lead into a document: of its headings, as GitHub makes them, and those it names itself. */
function fragmentsOf(text: string): ReadonlySet<string> {
  const prose = withoutBlocks(text);
  const headings = [...prose.matchAll(/^#{1,6} (.*)$/gm)].map(([, title = ""]) =>
    title.replaceAll(/<[^>]*>/g, "").trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-")
  );
  const named = [...prose.matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id);
  return new Set([...headings, ...named]);
}

Deno.test("every link between the documents leads to a file, and to a heading in it", async () => {
  const texts = await documents();
  assert.ok(texts.size > 8);
  const lost: string[] = [];
  for (const [path, text] of texts) {
    for (const [, link = ""] of withoutCode(text).matchAll(/\]\((?!\w+:|\.\.\/\.\.\/)([^)\s]+)/g)) {
      const [file = "", fragment] = link.split("#");
      const target = new URL(file === "" ? path : `${path}/../${file}`, TOP);
      const isThere = await Deno.stat(target).then(() => true, () => false);
      const inside = texts.get(target.href.slice(TOP.href.length));
      const isFound = fragment === undefined || inside === undefined ||
        fragmentsOf(inside).has(decodeURIComponent(fragment));
      if (!isThere || !isFound) lost.push(`${path}: ${link}`);
    }
  }
  assert.deepEqual(lost, []);
});
