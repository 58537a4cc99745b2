/** The HTML report in a real browser: with its script, without it, on paper, and with names that want to run. */

import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/mod.ts";
import { loadReports } from "../../src/report/mod.ts";
import type { RunReport } from "../../src/runner/mod.ts";
import { type BrowserPage, openBrowser } from "../support/browser.ts";
import { missing } from "../support/installed.ts";
import { entryOf, failed, FAILURES, hospitalRun, runOf, verified } from "../support/report_runs.ts";
import { runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

/** A browser, and a folder for its page. */
interface Scene {
  readonly page: BrowserPage;
  readonly folder: string;
}

async function show({ page, folder }: Scene, run: RunReport): Promise<void> {
  const { loadRenderer } = await loadReports();
  const text = (await loadRenderer("html"))(run, { program: "echoscu 1.2.3", diagnose });
  await Deno.writeTextFile(`${folder}/report.html`, text);
  await page.open(`${folder}/report.html`);
}

const ROWS = "[...document.querySelectorAll('tbody tr:not(.group)')].filter((row) => !row.hidden)";

/** Names of the rows that are shown, in their order. */
function shown(page: BrowserPage): Promise<readonly string[]> {
  return page.evaluate(`${ROWS}.map((row) => row.querySelector("th b").textContent)`);
}

async function click(page: BrowserPage, text: string, within = "document"): Promise<void> {
  await page.evaluate(
    `[...${within}.querySelectorAll("button")].find((one) => one.textContent === ${
      JSON.stringify(text)
    }).click()`,
  );
}

async function type(page: BrowserPage, text: string): Promise<void> {
  await page.evaluate(`{
    const field = document.querySelector("input[type=search]");
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new Event("input"));
  }`);
}

async function press(page: BrowserPage, key: string, text = ""): Promise<void> {
  const windowsVirtualKeyCode = key === "Tab" ? 9 : 13;
  const both = { key, code: key, windowsVirtualKeyCode };
  await page.call("Input.dispatchKeyEvent", { type: "keyDown", ...both, text });
  await page.call("Input.dispatchKeyEvent", { type: "keyUp", ...both });
}

async function sortsFiltersCopies(scene: Scene): Promise<void> {
  const { page } = scene;
  const run = hospitalRun(40);
  await show(scene, run);
  const planned = await shown(page);
  assert.equal(planned.length, 40);

  await click(page, "Total");
  const times = await page.evaluate<readonly string[]>(
    `${ROWS}.map((row) => row.querySelector("td.total").dataset.ms ?? "")`,
  );
  const known = times.filter((time) => time !== "").map(Number);
  assert.deepEqual(known, known.toSorted((a, b) => a - b));
  assert.deepEqual(times.slice(known.length), [""]);
  const sorted = `document.querySelector("[aria-sort]")`;
  assert.equal(await page.evaluate(`${sorted}.textContent`), "Total");
  assert.equal(await page.evaluate(`${sorted}.getAttribute("aria-sort")`), "ascending");
  const group = `getComputedStyle(document.querySelector("td.address"), "::after").content`;
  assert.equal(await page.evaluate(group), '"Ultrasound"');
  await click(page, "Total");
  assert.equal(await page.evaluate(`${sorted}.getAttribute("aria-sort")`), "descending");
  await click(page, "Peer");
  const byName = await shown(page);
  assert.deepEqual(byName.slice(0, 3), ["ARCHIVE_2", "ARCHIVE_6", "ARCHIVE_10"]);
  await click(page, "Verdict");
  assert.equal((await shown(page)).indexOf(run.entries[39]?.name ?? ""), 6);
  await click(page, "Verdict");
  await click(page, "Verdict");
  assert.deepEqual(await shown(page), planned);

  await click(page, "Not as expected");
  assert.equal((await shown(page)).length, 6);
  await type(page, "ULTRA 10.1.0.2");
  assert.deepEqual(await shown(page), ["ULTRASOUND_1", "ULTRASOUND_21"]);
  const said = `document.querySelector("[role=status]").textContent`;
  assert.equal(await page.evaluate(said), "2 of 40 peers");
  const cards = `[...document.querySelectorAll(".card")].filter((one) => !one.hidden).length`;
  assert.equal(await page.evaluate(cards), 2);
  await type(page, "nobody has this name");
  assert.deepEqual([await shown(page), await page.evaluate(cards)], [[], 0]);
  await type(page, "");
  await click(page, "All");
  assert.equal((await shown(page)).length, 40);

  await page.evaluate(
    `navigator.clipboard.writeText = async (text) => { globalThis.got = text; }`,
  );
  await click(page, "Copy", `document.querySelector("tr.failed")`);
  assert.equal(
    await page.evaluate("got"),
    "✗ failed\tCT_28\tan echo took 41 ms, at most 20 ms were expected\t" +
      "10.1.0.29:104 MONITOR calls DEV28\t79 ms\t168 ms",
  );
  await click(page, "Copy", `document.querySelector(".hint")`);
  assert.match(await page.evaluate("got"), /^10\.1\.0\.2 answers, but nothing listens .*\.$/);
  await click(page, "Copy all", `document.querySelector(".card")`);
  const whole = await page.evaluate<string>("got");
  assert.match(whole, /^✗ failed ULTRASOUND_1 Ultrasound · 10\.1\.0\.2:104\n/);
  assert.match(
    whole,
    /\nWhat to try: 10\.1\.0\.2 .*\.\n(.*\n)*AE titles: MONITOR calls DEV1\n/,
  );
  assert.match(whole, /\nsituation: port-refused\n(.*\n)*connect: 0\.6 ms\n2026-01-31 08:00/);
  assert.doesNotMatch(whole, /Copy/);
  // Where a page may not use the clipboard, the old way.
  await page.evaluate(`{
        navigator.clipboard.writeText = () => Promise.reject(new Error("denied"));
        addEventListener("copy", ({ target }) => { globalThis.got = target.value; });
      }`);
  await click(page, "Copy", `document.querySelectorAll(".hint")[1]`);
  await page.evaluate("new Promise((done) => setTimeout(done, 50))");
  assert.match(await page.evaluate("got"), /^accepted, but no echo response within 5 s/);
  assert.deepEqual(page.complaints, []);
}

async function usedWithKeyboard(scene: Scene): Promise<void> {
  const { page } = scene;
  await show(scene, hospitalRun(12));
  for (const width of [1440, 768, 360]) {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await page.call("Emulation.setDeviceMetricsOverride", size);
    assert.ok(
      await page.evaluate(`document.documentElement.scrollWidth <= ${width}`),
      `${width}`,
    );
  }
  const active = "document.activeElement.textContent";
  for (let presses = 0; await page.evaluate(active) !== "Peer"; presses++) {
    assert.ok(presses < 60, "the Tab key reaches the buttons that sort");
    await press(page, "Tab");
  }
  const place = await page.evaluate<{ readonly width: number; readonly height: number }>(
    "(({ width, height }) => ({ width, height }))(document.activeElement.getBoundingClientRect())",
  );
  assert.ok(place.width > 20 && place.height > 15);
  await press(page, "Enter", "\r");
  assert.equal(
    await page.evaluate(`document.querySelector("[aria-sort]").textContent`),
    "Peer",
  );
  assert.equal((await shown(page))[0], "ARCHIVE_2");
  // Every control has a name that says what it is for, of its own.
  await page.call("Accessibility.enable");
  const { nodes } = await page.call("Accessibility.getFullAXTree") as unknown as {
    nodes: readonly { role?: { value: string }; name?: { value: string } }[];
  };
  const names = nodes.filter(({ role }) => role?.value === "button" || role?.value === "searchbox")
    .map(({ name }) => name?.value ?? "");
  assert.ok(names.length > 15 && !names.includes(""), names.join());
  assert.equal(new Set(names).size, names.length);
}

/** What a page of `run` is as text on paper, and on how many sheets. */
async function printed({ page, folder }: Scene): Promise<readonly string[]> {
  const { data } = await page.call("Page.printToPDF", { paperWidth: 8.27, paperHeight: 11.69 });
  await Deno.writeFile(`${folder}/report.pdf`, Uint8Array.fromBase64(String(data)));
  const text = { command: "pdftotext", args: ["-raw", `${folder}/report.pdf`, "-"] };
  const { stdout } = await runProgram(text, { args: [] });
  return stdout.split("\f").slice(0, -1);
}

async function printsWhole(scene: Scene): Promise<void> {
  const { page } = scene;
  for (const isOff of [true, false]) {
    await page.call("Emulation.setScriptExecutionDisabled", { value: isOff });
    await show(scene, hospitalRun(40));
    const controls = await page.evaluate(`document.querySelectorAll("button, input").length`);
    assert.equal(controls === 0, isOff);
    assert.equal((await shown(page)).length, 40);
    const sheets = await printed(scene);
    const text = sheets.join("\n");
    // Of 40 peers one was not tried, and of four there was no association.
    assert.equal(text.match(/OFFIS_DCMTK_367/g)?.length, 35);
    assert.equal(text.match(/local-limit-exceeded/g)?.length, 1);
    assert.doesNotMatch(text, /Copy|Filter/);
    // Nothing is half empty: what is unfolded has the whole width.
    assert.ok(sheets.length <= 14, `${sheets.length} sheets`);
    for (const sheet of sheets.slice(0, -1)) {
      assert.ok(sheet.split("\n").length > 30, sheet);
    }
    assert.equal(await page.evaluate(`document.querySelectorAll("details[open]").length`), 0);
  }
}

/** Texts that run in a page that is careless with them. */
const HOSTILE = [
  `<script>globalThis.evil = 1</script>`,
  `<img src=x onerror="globalThis.evil = 1">`,
  `"><svg onload="globalThis.evil = 1">`,
  `' autofocus onfocus='globalThis.evil = 1`,
  `javascript:globalThis.evil = 1`,
  `</script><script>globalThis.evil = 1</script>`,
  `</style><script>globalThis.evil = 1</script>`,
  `<!--<script>globalThis.evil = 1`,
  "${globalThis.evil = 1}`",
  `=HYPERLINK("http://evil.example","x")`,
];

async function runsNothingHostile(scene: Scene): Promise<void> {
  const { page } = scene;
  const entries = HOSTILE.flatMap((name, at) => {
    const texts = { name, group: name, note: name, contact: name, tags: [name] };
    const failure = FAILURES[at] ?? assert.fail();
    return [entryOf(verified(), texts), entryOf(failed(failure), texts)];
  });
  await show(scene, runOf(entries, { title: HOSTILE.join(" ") }));
  assert.deepEqual(await page.evaluate("document.scripts.length"), 1);
  await page.evaluate(
    `globalThis.got = []; navigator.clipboard.writeText = async (text) => { got.push(text); }`,
  );
  await page.evaluate(
    `for (const one of document.querySelectorAll("button, summary")) one.click()`,
  );
  await type(page, HOSTILE[1] ?? "");
  await page.evaluate("new Promise((done) => setTimeout(done, 50))");
  assert.equal(await page.evaluate("typeof evil"), "undefined");
  assert.equal(await page.evaluate("document.scripts.length"), 1);
  // A row pasted into a spreadsheet is no formula there.
  const copied = await page.evaluate<readonly string[]>("got");
  assert.ok(copied.length > 30);
  assert.ok(copied.some((text) => text.includes("\t'=HYPERLINK(")));
  // The policy stops what comes in on another way: a script without the hash, a handler, an address.
  await page.evaluate(`{
        const script = document.createElement("script");
        script.textContent = "globalThis.evil = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", '<b onclick="globalThis.evil = 1">x</b>');
        document.body.lastElementChild.click();
      }`);
  assert.equal(await page.evaluate("typeof evil"), "undefined");
  assert.match(page.complaints.join(), /Content Security Policy/);
}

testWith({
  name: "the html report in a browser",
  missing: missing({ program: "chromium" }) ?? missing({ program: "pdftotext" }),
  fn: (t) =>
    withFolder(async (folder) => {
      await using page = await openBrowser();
      const steps = {
        "it sorts, filters and copies": sortsFiltersCopies,
        "it is used with the keyboard, and fits a telephone": usedWithKeyboard,
        "hostile names do not run, whatever is clicked": runsNothingHostile,
        "it is whole without its script, and prints everything either way": printsWhole,
      };
      for (const [name, step] of Object.entries(steps)) {
        await t.step(name, () => step({ page, folder }));
      }
    }),
});
