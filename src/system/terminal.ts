/** The terminal as something that is drawn on, and whose keys come one by one. Loaded when that is wanted. */

/** What whoever has the terminal wants to know, and how it is given back. */
export interface TerminalUse {
  /** What gives the screen back: written at once where the program ends without a chance to do so in order. */
  readonly leave: string;
  /** Gets what keys send. */
  readonly typed: (bytes: Uint8Array) => void;
  /** The screen has another size, or the program was stopped and goes on: everything must be drawn anew. */
  readonly spoiled: () => void;
  /** Gets what would have been written to standard error. */
  readonly said: (bytes: Uint8Array) => void;
}

/** How large a screen is. */
export interface ScreenSize {
  /** 1 or more. */
  readonly columns: number;
  /** 1 or more. */
  readonly rows: number;
}

/** Where a terminal does not say so. */
const USUAL: ScreenSize = { columns: 80, rows: 24 };

/** How large the screen is now. */
export function screenSize(): ScreenSize {
  try {
    const { columns, rows } = Deno.consoleSize();
    // A terminal that was never told its size has none.
    return { columns: columns || USUAL.columns, rows: rows || USUAL.rows };
  } catch {
    return USUAL;
  }
}

/**
 * Takes standard input, which every key comes from then as it is typed, Ctrl-C and Ctrl-Z too; gives what gives it back.
 * `undefined` where it is not a terminal. `ended`: there is no terminal any more.
 */
export function takeTerminal(
  { leave, typed, spoiled, ended }: Omit<TerminalUse, "said"> & { readonly ended: () => void },
): (() => void) | undefined {
  const { stdin } = Deno;
  if (!stdin.isTerminal()) return undefined;
  const take = () => {
    try {
      stdin.setRaw(true);
      return true;
    } catch {
      return false;
    }
  };
  if (!take()) return undefined;
  const over = new AbortController();
  const lost = () => {
    // Nobody writes after that, and nobody waits.
    Deno.stdout.writeSync(new TextEncoder().encode(leave));
    giveBack();
  };
  for (const event of ["unload", "error", "unhandledrejection"]) {
    globalThis.addEventListener(event, lost, { signal: over.signal });
  }
  const resume = () => {
    if (take()) spoiled();
  };
  const forget = [listen("SIGWINCH", spoiled), listen("SIGCONT", resume)];
  function giveBack(): void {
    over.abort();
    for (const one of forget) one();
    try {
      stdin.setRaw(false);
    } catch {
      // The terminal is gone.
    }
  }
  void readKeys({ typed, ended, signal: over.signal });
  return giveBack;
}

/** A read that is under way cannot be called back: what it gets goes nowhere. */
async function readKeys(
  { typed, ended, signal }: {
    readonly typed: (bytes: Uint8Array) => void;
    readonly ended: () => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const buffer = new Uint8Array(256);
  while (!signal.aborted) {
    const count = await Deno.stdin.read(buffer).catch(() => null);
    if (signal.aborted) return;
    if (count === null) return ended();
    typed(buffer.slice(0, count));
  }
}

/** Listens to a signal where the system has it; gives what ends that. */
function listen(name: Deno.Signal, listener: () => void): () => void {
  try {
    Deno.addSignalListener(name, listener);
    return () => Deno.removeSignalListener(name, listener);
  } catch {
    return () => {};
  }
}
