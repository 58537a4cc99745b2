import assert from "node:assert/strict";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  hospitalRun,
  oddRun,
  runOf,
  verified,
} from "../../tests/support/report_runs.ts";
import { AssociationRejected, TimedOut } from "../check/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { renderHtml } from "./html.ts";
import { SCRIPT, scriptSource } from "./html_script.ts";
import { markup } from "./markup.ts";

const SETTINGS = { program: "echoscu 1.2.3", diagnose };
const REJECTED = failed(
  new AssociationRejected({ result: 1, source: 1, reason: 7 }),
  checkOf({ calledAeTitle: "WRONG" }),
);

/** Elements that need no end tag. */
const VOID = ["meta", "col"];

/** The page's only script, which tests/reports/html_test.ts tries in a browser. */
const OWN_SCRIPT = `<script>${SCRIPT}</script>`;

/** The elements and attributes of a page; throws when they are not properly nested. */
function elements(page: string): readonly string[] {
  const found: string[] = [];
  const open: string[] = [];
  const body = page.replace(/^<!DOCTYPE html>\n/, "").replace(/<style>[^<]*<\/style>/, "")
    .replace(OWN_SCRIPT, "");
  const rest = body.replace(
    /<(\/?)([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)>/g,
    (_, slash: string, name: string, attributes: string) => {
      if (slash !== "") assert.equal(open.pop(), name);
      else if (!VOID.includes(name)) open.push(name);
      if (slash === "") found.push(`${name}${attributes}`);
      return "";
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]/);
  assert.doesNotMatch(rest, /&(?!(amp|lt|gt|quot|#39);)/);
  return found;
}

Deno.test("renderHtml() is well-formed, whatever the texts", () => {
  for (const run of [runOf([]), oddRun(), hospitalRun(60), runOf([entryOf(REJECTED)])]) {
    assert.ok(elements(renderHtml(run, SETTINGS)).length > 10);
  }
});

Deno.test("renderHtml() runs its own script only, loads nothing, and forbids the rest", async () => {
  const page = renderHtml(oddRun(), SETTINGS);
  for (const element of elements(page)) {
    assert.doesNotMatch(element, /^(script|link|img|iframe|object|embed|form|base|svg)\b/);
    assert.doesNotMatch(element, / (on[a-z]+|src|srcset|action)=/);
    const target = / href="([^"]*)"/.exec(element)?.[1];
    if (target !== undefined) assert.match(target, /^#(peer-\d+|failed|all)$/);
  }
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(SCRIPT));
  assert.equal(scriptSource(), `sha256-${new Uint8Array(hash).toBase64()}`);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptSource()}'; ` +
    "base-uri 'none'; form-action 'none'";
  assert.ok(page.includes(`"Content-Security-Policy" content="${markup`${policy}`.html}"`));
  assert.equal(page.split(OWN_SCRIPT).length, 2);
  assert.doesNotMatch(SCRIPT, /<|innerHTML|eval|Function/);
  assert.doesNotMatch(page, /url\(|@import|https?:\/\/(?!evil\.example)/);
});

Deno.test("renderHtml() shows control characters and direction marks instead of obeying them", () => {
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(renderHtml(oddRun(), SETTINGS), /[\u0000-\u0008\u000b-\u001f\u202e\u2066]/);
});

Deno.test("renderHtml() puts what failed first, with what to try", () => {
  const page = renderHtml(
    runOf([entryOf(verified(), { name: "good" }), entryOf(REJECTED, { name: "bad" })]),
    SETTINGS,
  );
  assert.match(page, /<title>DICOM echo report: 1 of 2 failed<\/title>/);
  const card = page.indexOf('<article class="card failed" id="peer-2">');
  assert.ok(card > 0 && card < page.indexOf("<table>"));
  assert.match(page.slice(card), /<b>What to try:<\/b> .*WRONG.*\.<\/p>/);
  assert.match(page, /<a href="#peer-2"><b>bad<\/b><span class="soft">the peer does not go by/);
  assert.match(page, /<a href="#failed">not as expected<\/a>.*<h2 id="failed">/s);
  assert.equal(page.match(/<article /g)?.length, 1);
});

Deno.test("renderHtml() says whom to ask besides what to try, and folds what few will read", () => {
  const bad = entryOf(REJECTED, { name: "bad", contact: "phone 4711", note: "room 12" });
  const page = renderHtml(runOf([entryOf(verified()), bad]), SETTINGS);
  const card = page.slice(page.indexOf("<article "), page.indexOf("</article>"));
  const [open = "", folded = ""] = card.split('<details class="more">');
  assert.match(open, /<dt>contact<\/dt><dd>phone 4711<\/dd>\s*<dt>note<\/dt><dd>room 12<\/dd>/);
  assert.match(folded, /<dd>the peer rejected the association \(AssociationRejected\)<\/dd>/);
  assert.match(folded, /<dd>result 1, source 1, reason 7<\/dd>/);
  assert.doesNotMatch(renderHtml(runOf([bad]), SETTINGS), /<details/);
});

Deno.test("renderHtml() says of a failure that was expected what it was", () => {
  const expected = entryOf(REJECTED, { name: "stranger", verdict: "passed" });
  const page = renderHtml(runOf([entryOf(verified()), expected]), SETTINGS);
  assert.match(page, /<summary><b>stranger<\/b><span class="soft">as expected: the peer does not/);
});

Deno.test("renderHtml() says what happened where no situation fits", () => {
  const error = new TimedOut("resolve", { timer: "deadline", seconds: 3, within: "idle" });
  const page = renderHtml(runOf([entryOf(failed(error))]), SETTINGS);
  assert.match(page, /<p class="what">No answer within 3 seconds\.<\/p>/);
});

Deno.test("renderHtml() has one h1, and no heading below a level that is missing", () => {
  const one = runOf([entryOf(REJECTED, { name: "Archive" })], { title: "Site" });
  for (const run of [hospitalRun(60), one, runOf([entryOf(REJECTED)])]) {
    const levels = [...renderHtml(run, SETTINGS).matchAll(/<h([1-6])/g)].map(([, at]) =>
      Number(at)
    );
    assert.equal(levels.indexOf(1), levels.lastIndexOf(1));
    for (const [at, level] of levels.entries()) assert.ok(level <= (levels[at - 1] ?? 0) + 1);
  }
});

Deno.test("renderHtml() shows one peer as a card, without a table", () => {
  const page = renderHtml(runOf([entryOf(verified())]), SETTINGS);
  assert.match(page, /<title>192\.0\.2\.1:104: as expected<\/title>/);
  assert.match(page, /<article class="card passed" id="peer-1">/);
  assert.doesNotMatch(page, /<table>/);
});

Deno.test("renderHtml() draws the stages where they were", () => {
  const page = renderHtml(runOf([entryOf(verified())]), SETTINGS);
  const bars = [
    ...page.matchAll(
      /<i class="(\w+)" style="margin-left:min\(([\d.]+)%,100% - 3px\);width:([\d.]+)%">/g,
    ),
  ]
    .map(([, stage, left, width]) => ({ stage, left: Number(left), width: Number(width) }));
  assert.deepEqual(bars.map(({ stage }) => stage), ["connect", "associate", "echo", "release"]);
  for (const { left, width } of bars) assert.ok(left >= 0 && width > 0 && left + width <= 100.1);
  for (const [at, bar] of bars.slice(1).entries()) {
    const before = bars[at] ?? assert.fail();
    assert.ok(Math.abs(before.left + before.width - bar.left) < 0.1);
  }
});

Deno.test("renderHtml() takes thousands of echoes and peers", () => {
  const many = runOf([entryOf(verified(checkOf({ repeat: 200_000 })))]);
  assert.ok(renderHtml(many, SETTINGS).length < 30_000);
  assert.match(
    renderHtml(many, SETTINGS),
    /200000 of 200000 answered: .*<dd>2\.33 ms on average, 2\.13 ms to 2\.52 ms, deviation 0\.14 ms/s,
  );
  assert.ok(renderHtml(hospitalRun(2000), SETTINGS).length < 5_000_000);
});

Deno.test("renderHtml() says how many echoes were lost", () => {
  const { echoes } = verified(checkOf({ repeat: 3 }));
  const silent = new TimedOut("echo", { timer: "dimse", seconds: 1, within: "idle" });
  const cut = { ...failed(silent, checkOf({ repeat: 9 })), echoes };
  assert.match(
    renderHtml(runOf([entryOf(cut)]), SETTINGS),
    /<dd>3 of 9 answered, 1 lost: 2\.13 ms/,
  );
});

Deno.test("renderHtml() shows every class of failures", () => {
  const page = renderHtml(
    runOf(FAILURES.map((error) => entryOf(failed(error), { name: error.name }))),
    SETTINGS,
  );
  assert.equal(page.match(/<b>What to try:<\/b>/g)?.length, FAILURES.length);
});

Deno.test("markup`` escapes texts, and leaves markup as it is", () => {
  const inner = markup`<b>${"<&>\"'"}</b>`;
  assert.equal(
    markup`<p title="${'"'}">${[inner, 1, undefined, "\u0000"]}</p>`.html,
    '<p title="&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b>1\\x00</p>',
  );
});
