/**
 * Asks for a password without showing what is typed.
 *
 * As the reference does: on the controlling terminal, whatever standard input is; without one by a line of standard
 * input. Opening the terminal takes all permissions, so a terminal that is standard input is used as such. A terminal
 * gives every key as it is typed, Ctrl-C too. While it waits everything else goes on, and a signal ends the wait.
 */

import { LONGEST, TypedLine } from "./typed_line.ts";

const END_OF_INPUT = 0x04;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How a password is asked for. */
export interface Prompting {
  /** Shown before. */
  readonly prompt: string;
  /** Prints the prompt where there is no terminal of its own. */
  readonly print: (text: string) => void;
  /** Raised when nobody is to be asked any more. */
  readonly signal: AbortSignal;
}

/** A terminal or what means one. */
interface Dialogue {
  read(buffer: Uint8Array): Promise<number | null>;
  write(text: string): void;
  /** Whether a person types there, key by key. */
  readonly isTerminal: boolean;
  close(): void;
}

/**
 * Shows the prompt and reads one line; `undefined` when there is none to be had, `interrupted` after Ctrl-C.
 *
 * Rejects with the reason of `signal` once that is raised; the terminal is as it was then.
 */
export async function askOnTerminal(
  { prompt, print, signal }: Prompting,
): Promise<{ readonly text: string } | "interrupted" | undefined> {
  signal.throwIfAborted();
  const dialogue = openTerminal() ?? standardStreams(print);
  try {
    dialogue.write(prompt);
    return await unlessRaised(
      dialogue.isTerminal ? readTyped(dialogue) : readPlain(dialogue),
      signal,
    );
  } finally {
    dialogue.write("\n");
    dialogue.close();
  }
}

function openTerminal(): Dialogue | undefined {
  if (Deno.build.os === "windows") return undefined;
  try {
    const file = Deno.openSync("/dev/tty", { read: true, write: true });
    file.setRaw(true);
    return {
      read: (buffer) => file.read(buffer),
      write: (text) => void file.writeSync(new TextEncoder().encode(text)),
      isTerminal: true,
      close() {
        file.setRaw(false);
        file.close();
      },
    };
  } catch {
    return undefined;
  }
}

function standardStreams(print: (text: string) => void): Dialogue {
  const isTerminal = Deno.stdin.isTerminal();
  if (isTerminal) Deno.stdin.setRaw(true);
  return {
    read: (buffer) => Deno.stdin.read(buffer),
    write: print,
    isTerminal,
    close() {
      if (isTerminal) Deno.stdin.setRaw(false);
    },
  };
}

/** A read that is under way cannot be called back: it is left to itself. */
async function unlessRaised<T>(reading: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([reading, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Byte by byte: what comes after the line is somebody else's. */
async function readTyped(
  dialogue: Dialogue,
): Promise<{ readonly text: string } | "interrupted" | undefined> {
  const line = new TypedLine();
  const buffer = new Uint8Array(1);
  for (;;) {
    const count = await dialogue.read(buffer);
    const byte = count === null ? END_OF_INPUT : buffer[0] ?? END_OF_INPUT;
    if (byte === END_OF_INPUT && line.isEmpty) return undefined;
    const typed = line.take(byte);
    if (typed === "interrupted") return "interrupted";
    if (typed === "done") return { text: line.text };
  }
}

/** What no person types is taken as it is. */
async function readPlain(dialogue: Dialogue): Promise<{ readonly text: string } | undefined> {
  const bytes: number[] = [];
  const buffer = new Uint8Array(1);
  while (bytes.length < LONGEST) {
    const count = await dialogue.read(buffer);
    const [byte = LINE_FEED] = buffer;
    if (count === null && bytes.length === 0) return undefined;
    if (count === null || byte === LINE_FEED) break;
    bytes.push(byte);
  }
  if (bytes.at(-1) === CARRIAGE_RETURN) bytes.pop();
  return { text: new TextDecoder().decode(Uint8Array.from(bytes)) };
}
