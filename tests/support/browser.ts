/** A real browser for one page, driven by its DevTools protocol. */
import { signalChild } from "./signal_child.ts";

/** A page that is open. */
export interface BrowserPage extends AsyncDisposable {
  /** Loads the page of that path or address; resolves when all of it, scripts included, is done. */
  open(place: string): Promise<void>;
  /** Value of an expression in the page; what JSON can hold. */
  evaluate<T>(expression: string): Promise<T>;
  /** One call of the protocol, with its result. */
  call(method: string, params?: object): Promise<Values>;
  /** The addresses of everything that was asked for. */
  readonly requests: readonly string[];
  /** What the page and the browser complained of: the console, exceptions, policies. */
  readonly complaints: readonly string[];
}

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--remote-debugging-port=0",
];

/** Longest wait for the browser to start, and for one answer. */
const PATIENCE_MS = 60_000;

type Values = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Values;
  readonly result?: Values;
  readonly error?: { readonly message: string };
}

/** Starts Chromium with an empty page. */
export async function openBrowser(): Promise<BrowserPage> {
  const folder = await Deno.makeTempDir({ prefix: "browser-" });
  const process = new Deno.Command("chromium", {
    args: [...FLAGS, `--user-data-dir=${folder}`, "about:blank"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const end = async () => {
    signalChild(process, "SIGKILL");
    await process.status;
    await removed(folder);
  };
  try {
    const port = await debuggingPort(folder);
    const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    const page = targets.find(({ type }: { type: string }) => type === "page");
    return await connected(page.webSocketDebuggerUrl, end);
  } catch (error) {
    await end();
    throw error;
  }
}

/** The browser writes the port it has chosen into its folder. */
async function debuggingPort(folder: string): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const text = await Deno.readTextFile(`${folder}/DevToolsActivePort`).catch(() => "");
    const [port = "", path = ""] = text.split("\n");
    if (path !== "") return port;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the browser has not started");
}

/** Its helpers may write a little longer than the browser lives. */
async function removed(folder: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const left = await Deno.remove(folder, { recursive: true }).then(() => false, () => true);
    if (!left) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function connected(url: string, end: () => Promise<void>): Promise<BrowserPage> {
  const tools = new DevTools(new WebSocket(url));
  await tools.opened();
  const call = tools.call.bind(tools);
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await call(`${domain}.enable`);
  await call("Emulation.setFocusEmulationEnabled", { enabled: true });
  return {
    complaints: tools.complaints,
    requests: tools.requests,
    call,
    open: async (place) => {
      const loaded = tools.nextLoad();
      await call("Page.navigate", { url: place.startsWith("/") ? `file://${place}` : place });
      await inTime(loaded, place);
    },
    evaluate: async <T>(expression: string) => {
      const all = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
      const { result, exceptionDetails } = await call("Runtime.evaluate", all);
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { readonly value: T }).value;
    },
    [Symbol.asyncDispose]: async () => {
      await tools.close();
      await end();
    },
  };
}

/** The connection: calls and their answers, and what the page says on its own. */
class DevTools {
  readonly complaints: string[] = [];
  readonly requests: string[] = [];
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, PromiseWithResolvers<Values>>();
  #loaded = Promise.withResolvers<void>();
  #last = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
  }

  async opened(): Promise<void> {
    const opened = Promise.withResolvers<void>();
    this.#socket.onopen = () => opened.resolve();
    this.#socket.onerror = () => opened.reject(new Error("no connection to the browser"));
    await inTime(opened.promise, "the connection");
  }

  call(method: string, params: object = {}): Promise<Values> {
    const answer = Promise.withResolvers<Values>();
    this.#answers.set(++this.#last, answer);
    this.#socket.send(JSON.stringify({ id: this.#last, method, params }));
    return inTime(answer.promise, method);
  }

  nextLoad(): Promise<void> {
    this.#loaded = Promise.withResolvers();
    return this.#loaded.promise;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.onclose = resolve);
    this.#socket.close();
    await closed;
  }

  #take({ id, method = "", params, result, error }: Message): void {
    if (id !== undefined) {
      const answer = this.#answers.get(id);
      this.#answers.delete(id);
      if (error === undefined) answer?.resolve(result ?? {});
      else answer?.reject(new Error(error.message));
    }
    if (method === "Page.loadEventFired") this.#loaded.resolve();
    if (method === "Network.requestWillBeSent") {
      this.requests.push((params?.request as { readonly url: string }).url);
    }
    if (/exceptionThrown|consoleAPICalled|entryAdded/.test(method)) {
      this.complaints.push(JSON.stringify(params));
    }
  }
}

async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer: ${what}`)), PATIENCE_MS);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
