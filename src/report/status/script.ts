/**
 * The script of the pages of watched peers: it has them refresh themselves, and search while somebody types.
 *
 * Every page is whole without it. What it shows it gets from the server as a page and takes over element by element:
 * it makes no HTML of any text.
 */

/** What is served as `/status.js`. */
export const STATUS_SCRIPT = `
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const parts = ["top", "live", "foot"];
  const form = byId("tools");
  const lost = byId("lost");
  let newest = 0;

  const keyOf = (element) => element && (element.id ? "#" + element.id
    : element.getAttribute("href") ? element.getAttribute("href") : "");
  const again = (key, root) => [...root.querySelectorAll("a, summary, [id]")]
    .find((one) => keyOf(one) === key);

  const take = (page) => {
    const said = document.querySelector("h1").textContent;
    const focused = document.activeElement;
    for (const id of parts) {
      const [old, made] = [byId(id), page.getElementById(id)];
      if (!old || !made) continue;
      const key = old !== focused && old.contains(focused) ? keyOf(focused) : "";
      const folds = new Map([...old.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
      for (const one of made.querySelectorAll("details[id]")) {
        if (folds.has(one.id)) one.open = folds.get(one.id);
      }
      const taken = document.adoptNode(made);
      old.replaceWith(taken);
      if (old === focused) taken.focus({ preventScroll: true });
      if (key) { const found = again(key, taken); if (found) found.focus({ preventScroll: true }); }
    }
    document.title = page.title;
    const icon = page.querySelector("link[rel=icon]");
    if (icon) document.querySelector("link[rel=icon]").href = icon.getAttribute("href");
    const now = document.querySelector("h1").textContent;
    if (now !== said) byId("said").textContent = now;
  };

  const refresh = async (address = location.href) => {
    const turn = ++newest;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (answer.status === 401) { location.reload(); return; }
      if (!answer.ok) throw new Error("status " + answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== newest) return;
      take(page);
      lost.hidden = true;
    } catch {
      if (turn !== newest || !lost.hidden) return;
      lost.textContent = "The program that checks has not answered since " +
        new Date().toLocaleTimeString() + ": what is below is old.";
      lost.hidden = false;
    }
  };

  const show = (address) => {
    history.replaceState(null, "", address);
    return refresh(address);
  };

  if (form) {
    const wanted = () => {
      const query = new URLSearchParams([...new FormData(form)]
        .filter(([name, value]) => value !== "" && !(name === "sort" && value === "state")));
      return "/" + (query.size ? "?" + query : "");
    };
    let timer = 0;
    form.addEventListener("submit", (event) => { event.preventDefault(); void show(wanted()); });
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void show(wanted()), 150);
    });
    form.querySelector("button").hidden = true;
    document.addEventListener("click", (event) => {
      const link = event.target.closest("thead a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const address = link.getAttribute("href");
      form.elements.sort.value = new URLSearchParams(address.slice(2)).get("sort") || "state";
      void show(address);
    });
  }

  let retry = 0;
  const listen = () => {
    const events = new EventSource("/events");
    events.addEventListener("run", () => void refresh());
    events.addEventListener("open", () => { if (retry > 0) void refresh(); retry = 0; });
    events.addEventListener("error", () => {
      void refresh();
      if (events.readyState !== EventSource.CLOSED) return;
      retry = Math.min(60, retry * 2 || 5);
      setTimeout(listen, retry * 1000);
    });
    addEventListener("pagehide", () => events.close());
  };
  listen();
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
})();
`;
