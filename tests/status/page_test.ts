/** The status page in a real browser: 60 peers, of which 5 go down and come up, by their names hostile. */

import assert from "node:assert/strict";
import axe from "axe-core";
import { type BrowserPage, openBrowser } from "../support/browser.ts";
import { missing } from "../support/installed.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, type Running, startProgram } from "../support/run_program.ts";
import { httpMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";
import { untilFound } from "../support/until.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

/** Names that run in a page that is careless with them. */
const HOSTILE = [
  "<script>globalThis.evil = 1</script>",
  `"onload="globalThis.evil = 1" autofocus onfocus="globalThis.evil = 1`,
  "javascript:globalThis.evil = 1",
  "\u202egpj.exe",
  "</title><img src=x onerror='globalThis.evil = 1'>",
];

/** 60 peers at two ports: five of the second. */
function plan(steady: number, shaky: number): string {
  const peers = Array.from({ length: 60 }, (_, at) => ({
    name: at % 12 === 5 ? HOSTILE[(at - 5) / 12] : `Device ${at}`,
    host: "127.0.0.1",
    port: at % 12 === 5 ? shaky : steady,
    note: at % 12 === 5 ? HOSTILE[0] : "room 7",
    contact: `team ${at}`,
    called: `DEV${at}`,
  }));
  return JSON.stringify({ title: "Radiology", peers });
}

async function listen(port: number): Promise<Running> {
  const program = startProgram(ourProgram(), { args: ["--listen", `127.0.0.1:${port}`] });
  assert.ok(await untilListening(port, { alive: () => program.alive }), program.output());
  return program;
}

/** Waits until an expression in the page has that value; the page has to get there by itself. */
async function until(
  page: BrowserPage,
  [expression, wanted]: readonly [string, unknown],
): Promise<void> {
  let found: unknown;
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    found = await page.evaluate(expression).catch(() => undefined);
    if (found === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(found, wanted, expression);
}

const HEADLINE = `document.querySelector("h1").textContent`;
const ROWS = `document.querySelectorAll("tbody tr").length`;

/** What axe-core finds wrong in the page, in the light and in the dark, on a telephone and on a desk. */
async function violations(page: BrowserPage): Promise<readonly string[]> {
  await page.evaluate(`${axe.source}; undefined`);
  const found: string[] = [];
  for (const [width, scheme] of [[360, "dark"], [1440, "light"]] as const) {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await page.call("Emulation.setDeviceMetricsOverride", size);
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await page.call("Emulation.setEmulatedMedia", { features });
    // The browser lays the page out for its new width when it can.
    await until(page, [`document.documentElement.scrollWidth <= ${width}`, true]);
    found.push(
      ...await page.evaluate<readonly string[]>(
        `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.flatMap(
          ({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`,
      ),
    );
  }
  return found;
}

/** Everything about the page while 5 of 60 peers go down and come up. */
async function followed(page: BrowserPage, folder: string): Promise<void> {
  const [steady, shaky] = [freePort(), freePort()];
  await Deno.writeTextFile(`${folder}/plan.json`, plan(steady, shaky));
  await Deno.writeTextFile(`${folder}/token`, `${TOKEN}\n`);
  await using _ = await listen(steady);
  let shakyPeer = await listen(shaky);
  await using program = startProgram(ourProgram(), {
    args: ["--plan", `${folder}/plan.json`, "--watch", "1", "--jobs-per-host", "30"]
      .concat("--serve", "0", "--serve-token-file", `${folder}/token`),
  });
  const base = await addressOf(program);

  // Somebody follows the link from a page elsewhere: the cookie is there at once.
  const link = `<a href="${base}?token=${TOKEN}">status</a>`;
  await Deno.writeTextFile(`${folder}/mail.html`, link);
  await page.open(`${folder}/mail.html`);
  await page.evaluate(`document.querySelector("a").click()`);
  await until(page, [HEADLINE, "All 60 peers are as expected"]);
  assert.equal(await page.evaluate("location.href"), base);
  assert.equal(await page.evaluate("document.cookie"), "");

  await page.evaluate(`{
    const field = document.querySelector("input[type=search]");
    field.focus();
    field.value = "DEV5";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }`);
  await until(page, [ROWS, 11]);
  await shakyPeer.stop();
  await until(page, [HEADLINE, "5 of 60 peers are down"]);
  assert.equal(await page.evaluate("document.title"), "5 of 60 peers are down · Radiology");
  assert.equal(await page.evaluate(`document.activeElement.value`), "DEV5");
  assert.equal(await page.evaluate(ROWS), 11);
  await until(page, [`document.getElementById("said").textContent`, "5 of 60 peers are down"]);

  await page.open(base);
  assert.equal(await page.evaluate(ROWS), 60);
  const cards = `document.querySelectorAll(".card .hint").length`;
  assert.equal(await page.evaluate(cards), 5);
  assert.deepEqual(await violations(page), []);
  await page.evaluate(`document.querySelector(".card a").click()`);
  await until(page, [`document.querySelector("pre").textContent.startsWith("D: ")`, true]);
  assert.equal(await page.evaluate(HEADLINE), HOSTILE[0]);
  assert.deepEqual(await violations(page), []);
  assert.equal(await page.evaluate("typeof evil"), "undefined");
  assert.equal(await page.evaluate("document.scripts.length"), 1);
  shakyPeer = await listen(shaky);
  const badge = `document.querySelector(".badge").textContent`;
  await until(page, [badge, "✓ up"]);

  await page.call("Emulation.setScriptExecutionDisabled", { value: true });
  await page.open(`${base}?q=DEV5&state=up&sort=name`);
  assert.equal(await page.evaluate(ROWS), 11);
  await page.call("Emulation.setScriptExecutionDisabled", { value: false });
  await page.open(base);
  assert.equal(await page.evaluate("typeof evil"), "undefined");
  assert.deepEqual(page.complaints, []);
  const elsewhere = page.requests.filter((one) =>
    !one.startsWith(base) && !one.startsWith("file:")
  );
  assert.deepEqual(elsewhere, []);

  // Streams are open: the end does not wait for them, and the page says that it is old.
  assert.equal(await program.stop("SIGINT"), 130);
  await until(page, [`document.getElementById("lost").hidden`, false]);
  assert.doesNotMatch(program.output(), new RegExp(TOKEN));
  await shakyPeer.stop();
}

/** Where the page is, as the program says when it is there. */
async function addressOf(program: Running): Promise<string> {
  const said = /Status page on (http:\/\/127\.0\.0\.1:\d+\/)\n/;
  return await untilFound(() => said.exec(program.output())?.[1], program);
}

testWith({
  name: "the status page follows 60 peers in a browser, and nothing hostile runs",
  missing: await httpMissing(ourProgram()) ?? missing({ program: "chromium" }),
  fn: () =>
    withFolder(async (folder) => {
      await using page = await openBrowser();
      await followed(page, folder);
    }),
});
