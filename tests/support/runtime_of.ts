/** Which runtime an executable was made with, where that decides what can be expected of it. */

import { missing } from "./installed.ts";
import { namespacesMissing } from "./network_namespace.ts";
import { ourProgram, type Program, runProgram, SIGNALS_MISSING } from "./run_program.ts";

/** Why TLS cannot be expected of a program; `undefined` when it can. */
export async function tlsMissing(program: Program): Promise<string | undefined> {
  const old = await oldRuntime(program);
  return old && `the TLS of its runtime, ${old}, runs over the runtime's own sockets only`;
}

/** Why our program cannot be tested over TLS with certificates made for it; `undefined` when it can. */
export async function tlsTestsMissing(): Promise<string | undefined> {
  return missing({ program: "openssl" }) ?? await tlsMissing(ourProgram());
}

/**
 * Why our program cannot be tested as a client over TLS; `undefined` when it can: an older runtime leaves it to our own
 * engine, which wants methods for hexadecimal digits.
 */
export async function clientTlsMissing(): Promise<string | undefined> {
  const old = await oldRuntime(ourProgram());
  const isTooOld = old !== undefined && minorOf(old) < FIRST_WITH_HEX;
  return missing({ program: "openssl" }) ??
    (isTooOld ? `its runtime, ${old}, has no Uint8Array.fromHex` : undefined);
}

/** The same where RSA key transport is needed, as with `+pa` and `+pn`. */
export async function keyTransportMissing(): Promise<string | undefined> {
  const old = await oldRuntime(ourProgram());
  return await clientTlsMissing() ?? (old && `its runtime, ${old}, has no RSA without padding`);
}

const FIRST_WITH_HEX = 5;

function minorOf(runtime: string): number {
  return Number(runtime.split(".")[1]);
}

/** Why several addresses of a name cannot be expected to be tried side by side; `undefined` when they can. */
export async function racingMissing(program: Program): Promise<string | undefined> {
  const old = await oldRuntime(program);
  return old &&
    `its runtime, ${old}, tries one address after another and adds a warning of its own`;
}

/** Why its HTTP server cannot be expected to answer; `undefined` when it can. */
export async function httpMissing(program: Program): Promise<string | undefined> {
  const old = program.args.length > 0 ? undefined : await oldRuntime(program);
  return old &&
    `the HTTP server of its runtime, ${old}, reads nothing from sockets that it is given`;
}

/** Why it cannot know that `nohup` has started it; `undefined` when it can, as on Linux. */
export async function nohupMissing(program: Program): Promise<string | undefined> {
  if (Deno.build.os !== "linux" || await isOfWindows(program)) {
    return "Linux alone says which signals are ignored";
  }
  const old = await oldRuntime(program);
  return old && `its runtime, ${old}, imports no texts, such as what Linux says of a process`;
}

/** Why a signal cannot be expected to end it while it opens a pipe that nobody writes to; `undefined` when it can. */
export async function pipesMissing(program: Program): Promise<string | undefined> {
  const old = await oldRuntime(program);
  return old && `its runtime, ${old}, does nothing else while it waits for a pipe's writer`;
}

/** Why the runtime cannot be expected to keep files from databases as it does from all else; `undefined` when it can. */
export async function keepingMissing(program: Program): Promise<string | undefined> {
  const old = await oldRuntime(program);
  return old && `its runtime, ${old}, keeps no file from databases`;
}

/** Why our program cannot be put into a network of its own; `undefined` when it can. */
export async function ownNetworkMissing(): Promise<string | undefined> {
  const missing = namespacesMissing();
  if (missing !== undefined) return missing;
  return await isOfWindows(ourProgram())
    ? "wine's server opens the sockets of all programs, in its own network"
    : undefined;
}

/** Why our program cannot be expected to mind other signals than SIGINT; `undefined` when it can. */
export async function signalsMissing(): Promise<string | undefined> {
  return SIGNALS_MISSING ??
    (await isOfWindows(ourProgram())
      ? "Windows has no such signals: wine ends it at once"
      : undefined);
}

/** Whether it is a program of Windows, as one that wine runs is, too. */
export async function isOfWindows(program: Program): Promise<boolean> {
  const { stdout } = await runProgram(program, { args: ["--version"] });
  return /^Host type: .*windows/m.test(stdout);
}

/** The runtime's name when it is older than 2.9: the laboratory one. */
async function oldRuntime(program: Program): Promise<string | undefined> {
  const { stdout } = await runProgram(program, { args: ["--version"] });
  const version = /^- Deno, Version (.*)$/m.exec(stdout)?.[1] ?? "";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 2 || (major === 2 && minor >= 9) ? undefined : `Deno ${version}`;
}
