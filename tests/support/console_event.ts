/**
 * Our program, to which a console sends an event while it listens: what Windows does in a program at Ctrl-Break, or
 * when a console is closed.
 *
 *     deno run --allow-all console_event.ts EVENT PORT ARGUMENT...
 *
 * EVENT is its number in `SetConsoleCtrlHandler()`: 0 Ctrl-C, 1 Ctrl-Break, 2 the console is closed.
 */

import { untilListening } from "./ports.ts";

const [event = "", port = "", ...args] = Deno.args;

/** Windows has a thread of the program start there. */
const { symbols } = Deno.dlopen("kernelbase.dll", {
  CtrlRoutine: { parameters: ["usize"], result: "u32", nonblocking: true },
});

Object.defineProperty(Deno, "args", { value: args });
void untilListening(Number(port), { alive: () => true })
  .then(() => symbols.CtrlRoutine(BigInt(event)));
await import("../../main.ts");
