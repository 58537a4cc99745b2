/**
 * Asks for a password without showing what is typed.
 *
 * As the reference does: on the controlling terminal, whatever standard input is; without one by a line of standard
 * input. Opening the terminal takes all permissions, so a terminal that is standard input is used as such. While it
 * waits, nothing else runs, no signal handler either: so Ctrl-C comes as a character, and ends the program at once.
 */

const ENTER = [0x0a, 0x0d];
const END_OF_INPUT = 0x04;
const CTRL_C = 0x03;
/** As for SIGINT: 128 and its number. */
const INTERRUPTED = 130;
const LONGEST = 1024;

/** A terminal or what stands for one. */
interface Dialogue {
  read(buffer: Uint8Array): number | null;
  write(text: string): void;
  /** Whether a person types there, character by character. */
  readonly isTerminal: boolean;
  close(): void;
}

/** Shows `prompt`, reads one line; `undefined` when there is none to be had. */
export function askOnTerminal(prompt: string): string | undefined {
  const dialogue = openTerminal() ?? standardStreams();
  try {
    dialogue.write(prompt);
    const line = readLine(dialogue);
    if (line !== "interrupted") return line?.text;
  } finally {
    dialogue.write("\n");
    dialogue.close();
  }
  Deno.exit(INTERRUPTED);
}

function openTerminal(): Dialogue | undefined {
  try {
    const file = Deno.openSync("/dev/tty", { read: true, write: true });
    file.setRaw(true);
    return {
      read: (buffer) => file.readSync(buffer),
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

function standardStreams(): Dialogue {
  const isTerminal = Deno.stdin.isTerminal();
  if (isTerminal) Deno.stdin.setRaw(true);
  return {
    read: (buffer) => Deno.stdin.readSync(buffer),
    write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
    isTerminal,
    close() {
      if (isTerminal) Deno.stdin.setRaw(false);
    },
  };
}

function readLine(dialogue: Dialogue): { readonly text: string } | "interrupted" | undefined {
  const bytes: number[] = [];
  const buffer = new Uint8Array(1);
  while (bytes.length < LONGEST) {
    const count = dialogue.read(buffer);
    const [byte = END_OF_INPUT] = buffer;
    if (count === null || byte === END_OF_INPUT) {
      return bytes.length === 0 ? undefined : { text: textOf(bytes) };
    }
    if (byte === CTRL_C && dialogue.isTerminal) return "interrupted";
    if (ENTER.includes(byte)) break;
    bytes.push(byte);
  }
  return { text: textOf(bytes) };
}

function textOf(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
