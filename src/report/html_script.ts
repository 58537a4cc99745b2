/**
 * The script of the HTML report: it filters, sorts, copies, and unfolds everything for printing.
 *
 * The page is whole without it: every control is made here. It makes elements and texts only, never HTML of a text,
 * and the page's policy lets this one script run, by its hash, and nothing else.
 */

import { createHash } from "node:crypto";

/** What stands in the page's `script` element; it has no `<`, so that no parser ends it early. */
export const SCRIPT = `
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, className, text = "") => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const button = (className, text, act) => {
    const made = make("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  const said = make("p", "said");
  said.setAttribute("role", "status");

  const textOf = (element) => {
    if (!element) return "";
    const copy = element.cloneNode(true);
    for (const one of all("button", copy)) one.remove();
    return copy.textContent.trim().split(/[ \\t\\r\\n]+/).join(" ");
  };
  const cell = (text) => (/^[=+@-]/.test(text) ? "'" : "") + text;
  const rowText = (row) =>
    [".badge", "th b", "th .soft", ".address", "td.echo", "td.total"].map((selector) => {
      const found = row.querySelector(selector);
      return cell(selector === ".address" && found ? lines(found) : textOf(found));
    }).join("\\t");
  const lines = (found) => [...found.childNodes].map((node) => node.textContent.trim()).join(" ");
  const cardText = (card) => [
    textOf(card.querySelector(".badge")) + " " +
      textOf(card.querySelector("h2, h3") || document.querySelector("h1")) + " " +
      textOf(card.querySelector(".head .soft")),
    ...all(".what, .hint", card).map(textOf),
    ...all("dt", card).map((name) => textOf(name) + ": " + textOf(name.nextElementSibling)),
    ...all(".times .track", card).map((track) =>
      textOf(track.previousElementSibling) + ": " + textOf(track.nextElementSibling)),
    textOf(document.querySelector("header .soft")),
  ].filter((text) => text !== "").join("\\n");

  const byHand = (text) => {
    const area = make("textarea", "aside");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return byHand(text);
    }
  };
  const copyButton = (label, of, textToCopy) => {
    const made = button("copy", label, async () => {
      const done = await copied(textToCopy());
      made.focus({ preventScroll: true });
      made.textContent = done ? "Copied" : "Not copied";
      said.textContent = done ? "Copied." : "The browser does not let this page copy.";
      setTimeout(() => { made.textContent = label; }, 1500);
    });
    made.setAttribute("aria-label", label + ": " + of);
    return made;
  };

  for (const card of all(".card")) {
    const name = textOf(card.querySelector("h2, h3") || document.querySelector("h1"));
    for (const hint of all(".hint", card)) {
      const text = textOf(hint).replace("What to try: ", "");
      hint.append(" ", copyButton("Copy", "what to try for " + name, () => text));
    }
    const whole = copyButton("Copy all", name, () => cardText(card));
    card.querySelector(".head").append(whole);
  }

  const table = document.querySelector("table");
  const rows = all("tbody tr:not(.group)").map((row) => {
    const group = row.parentNode.querySelector(".group");
    const link = row.querySelector("th a");
    const card = link && document.getElementById(link.getAttribute("href").slice(1));
    const text = [row, card, group].map(textOf).join(" ").toLowerCase();
    const name = row.querySelector("th");
    if (group) row.querySelector(".address").dataset.group = textOf(group);
    name.prepend(copyButton("Copy", "the row of " + textOf(name.querySelector("b")), () => rowText(row)));
    return { row, card, text, verdict: row.className, body: row.parentNode };
  });

  const choice = { words: [], verdict: "" };
  const show = () => {
    let count = 0;
    for (const { row, card, text, verdict } of rows) {
      const isShown = (choice.verdict === "" || choice.verdict === verdict) &&
        choice.words.every((word) => text.includes(word));
      row.hidden = !isShown;
      if (card) card.hidden = !isShown;
      if (isShown) count += 1;
    }
    for (const part of all("tbody, section:has(> .card)")) {
      part.hidden = all("tr:not(.group), .card", part).every((one) => one.hidden);
    }
    said.textContent = count === rows.length ? "" : count + " of " + rows.length + " peers";
  };

  const collator = new Intl.Collator(undefined, { numeric: true });
  const milliseconds = ({ dataset }) => dataset.ms === undefined ? "" : Number(dataset.ms);
  const order = ["failed", "skipped", "passed"];
  const keys = {
    Verdict: ({ verdict }) => order.indexOf(verdict),
    Peer: ({ row }) => textOf(row.querySelector("th b")),
    Address: ({ row }) => lines(row.querySelector(".address")),
    Echo: ({ row }) => milliseconds(row.querySelector("td.echo")),
    Total: ({ row }) => milliseconds(row.querySelector("td.total")),
  };
  const sort = (head, key, direction) => {
    for (const other of all("thead th")) other.removeAttribute("aria-sort");
    table.classList.toggle("sorted", direction !== "");
    if (direction === "") {
      for (const { row, body } of rows) body.append(row);
      return;
    }
    head.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const known = rows.map((one) => ({ row: one.row, value: key(one) }));
    known.sort((a, b) => {
      const [isLast, isFirst] = [a.value === "", b.value === ""];
      if (isLast || isFirst) return isLast - isFirst;
      const isNumber = typeof a.value === "number";
      return sign * (isNumber ? a.value - b.value : collator.compare(a.value, b.value));
    });
    rows[0].body.append(...known.map(({ row }) => row));
    rows[0].body.hidden = false;
  };
  const next = { ascending: "descending", descending: "" };

  if (table && rows.length > 0) {
    for (const head of all("thead th")) {
      const key = keys[head.textContent.split(" ")[0]];
      if (!key) continue;
      const text = head.textContent;
      head.textContent = "";
      head.append(button("sort", text, () => {
        const now = head.getAttribute("aria-sort");
        sort(head, key, now ? next[now] : "ascending");
        show();
      }));
    }
    const field = make("input", "");
    field.type = "search";
    field.placeholder = "name, address, AE title, hint";
    field.setAttribute("aria-label", "Filter by text");
    field.addEventListener("input", () => {
      choice.words = field.value.toLowerCase().split(" ").filter((word) => word !== "");
      show();
    });
    const names = { "": "All", failed: "Not as expected", passed: "As expected", skipped: "Not tried" };
    const verdicts = make("div", "verdicts");
    verdicts.setAttribute("role", "group");
    verdicts.setAttribute("aria-label", "Filter by verdict");
    for (const [verdict, name] of Object.entries(names)) {
      if (verdict !== "" && !rows.some((one) => one.verdict === verdict)) continue;
      const made = button("", name, () => {
        choice.verdict = verdict;
        for (const one of verdicts.children) one.setAttribute("aria-pressed", one === made);
        show();
      });
      made.setAttribute("aria-pressed", verdict === "");
      verdicts.append(made);
    }
    const tools = make("div", "tools");
    tools.setAttribute("role", "search");
    tools.append(field, verdicts, said);
    document.querySelector("main").prepend(tools);
    document.documentElement.classList.add("scripted");
  } else {
    said.classList.add("aside");
    document.querySelector("main").append(said);
  }

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
})();
`;

/** What the page's policy allows it by: `sha256-` and the hash in Base64. */
export function scriptSource(): string {
  return `sha256-${createHash("sha256").update(SCRIPT).digest("base64")}`;
}
