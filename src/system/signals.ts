/** What wants an end: signals, and on Windows what a console sends to its programs. */

/** Who wants it: a person by Ctrl-C or Ctrl-Break, or the system, as when it ends or a terminal is closed. */
export type EndReason = "SIGINT" | "SIGTERM";

/** The part of the runtime that is used here. */
export interface SignalHost {
  /** Name of the system. */
  readonly os: typeof Deno.build.os;
  /** Listens to a signal; throws for one that the system does not have. */
  readonly addSignalListener: (signal: Deno.Signal, handler: () => void) => void;
  /** Ends the program at once. */
  readonly exit: (code: number) => void;
}

/** The wish for an end, for whoever can end politely. */
export interface Ending {
  /** Raised with an `EndReason`; whoever asks twice is not kept waiting: the program ends at once. */
  readonly signal: AbortSignal;
  /** Raises it, as Ctrl-C at a prompt does, which is no signal there. */
  readonly end: (reason: EndReason) => void;
  /** Sets what SIGHUP does in place of ending the program, where there is that signal. */
  readonly setHangup: (handler: () => void) => void;
  /** The exit code of that reason: 128 and the number of the signal. */
  readonly codeOf: (reason: EndReason) => number;
}

/**
 * Listens to everything that wants an end. `hangupIsIgnored`: SIGHUP is not to be minded, as under `nohup`.
 *
 * SIGUSR1 ends the program as it ends the reference: the runtime would open its debugger for everybody on the machine.
 */
export function watchSignals(
  host: SignalHost,
  { hangupIsIgnored }: { readonly hangupIsIgnored: boolean },
): Ending {
  const ending = new AbortController();
  const { signal } = ending;
  let onHangup = hangupIsIgnored ? () => {} : undefined;
  function end(reason: EndReason): void {
    if (signal.aborted) host.exit(codeOf(reason));
    else ending.abort(reason);
  }
  host.addSignalListener("SIGINT", () => end("SIGINT"));
  if (host.os === "windows") {
    host.addSignalListener("SIGBREAK", () => end("SIGINT"));
    // The console is closed. Windows ends who has not ended within five seconds.
    host.addSignalListener("SIGHUP", () => end("SIGTERM"));
  } else {
    host.addSignalListener("SIGTERM", () => end("SIGTERM"));
    host.addSignalListener("SIGHUP", () => {
      if (onHangup === undefined || signal.aborted) end("SIGTERM");
      else onHangup();
    });
    host.addSignalListener("SIGUSR1", () => host.exit(138));
  }
  return { signal, end, setHangup: (handler) => void (onHangup = handler), codeOf };
}

function codeOf(reason: EndReason): number {
  return reason === "SIGINT" ? 130 : 143;
}
