import assert from "node:assert/strict";

const TOP = new URL("../../", import.meta.url);
const FOLDERS = ["", "docs/", "docs/decisions/", ".github/"];

/** The documents by their paths from the top of the project. */
async function documents(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const folder of FOLDERS) {
    for await (const { name } of Deno.readDir(new URL(folder || ".", TOP))) {
      const path = folder + name;
      if (name.endsWith(".md")) found.set(path, await Deno.readTextFile(new URL(path, TOP)));
    }
  }
  return found;
}

/** The fragments that lead into a document: of its headings, as GitHub makes them, and those it names itself. */
function fragmentsOf(text: string): ReadonlySet<string> {
  const prose = text.replaceAll(/^```[^]*?^```$/gm, "");
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
    const prose = text.replaceAll(/^```[^]*?^```$/gm, "").replaceAll(/`[^`\n]*`/g, "");
    for (const [, link = ""] of prose.matchAll(/\]\((?!\w+:|\.\.\/\.\.\/)([^)\s]+)/g)) {
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
