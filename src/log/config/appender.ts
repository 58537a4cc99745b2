/**
 * What all appenders share: name, threshold, filters, lock file, and the order in which they are asked.
 */
import { type HostFailure, isFailure, type LockFile } from "../host.ts";
import { type ByteText, toByteText, toText } from "./byte_text.ts";
import type { EngineContext } from "./context.ts";
import { OnceError } from "./diagnostics.ts";
import type { EngineEvent } from "./engine_event.ts";
import { type Filter, isAccepted, makeFilters } from "./filters.ts";
import { type Layout, makeLayout, simpleLayout } from "./layouts.ts";
import { NOT_SET, parseLevel } from "./levels.ts";
import type { Properties } from "./properties.ts";

/** Where an appender's events end up. */
export interface AppenderTarget {
  /** Takes an event that has passed threshold and filters. */
  write(event: EngineEvent): void;
  /** Ends it. May be called again when the appender hangs on several loggers. */
  close(): void;
  /** Lets go of what it holds without the ceremonies of an end; missing when it holds nothing. */
  release?(): void;
  /** Resolves once everything under way has arrived or failed. */
  settled?(): Promise<void>;
}

/** The properties that every appender has. */
export interface AppenderSettings {
  readonly layout: Layout;
  /** Lowest level, `NOT_SET` for none. */
  readonly threshold: number;
  readonly filters: readonly Filter[];
  /** Whether `UseLockFile` is on; the file appenders then need a lock even without a name for it. */
  readonly useLockFile: boolean;
  /** The lock file that was named, when it could be opened. */
  readonly lockFile: LockFile | undefined;
  /** Speaks up once. */
  readonly once: OnceError;
  /** The same about the lock file. */
  readonly lockComplaint: OnceError;
}

/** How an appender behaves when it goes away. */
export interface AppenderTraits {
  /** Lines of `Destroying appender named`: the rolling ones announce themselves twice, the asynchronous one never. */
  readonly farewells: 0 | 1 | 2;
}

/** Something that events are given to. */
export class Appender {
  /** Name in the configuration; empty for the built-in one and for the one inside an AsyncAppender. */
  name: ByteText = "";
  readonly #settings: AppenderSettings;
  readonly #target: AppenderTarget;
  readonly #context: EngineContext;
  readonly #traits: AppenderTraits;
  #closed = false;

  /** Puts a target after threshold and filters. */
  constructor(
    settings: AppenderSettings,
    target: AppenderTarget,
    rest: { readonly context: EngineContext; readonly traits?: AppenderTraits },
  ) {
    this.#settings = settings;
    this.#target = target;
    this.#context = rest.context;
    this.#traits = rest.traits ?? { farewells: 1 };
  }

  /** Takes an event: closed? threshold, filters, lock, write. */
  append(event: EngineEvent): void {
    const { threshold, filters, lockFile } = this.#settings;
    if (this.#closed) {
      this.#context.diagnostics.error(
        `Attempted to append to closed appender named [${this.name}].`,
      );
      return;
    }
    if (threshold !== NOT_SET && event.level < threshold) return;
    if (!isAccepted(filters, event)) return;
    const isHeld = lockFile !== undefined && acquire(lockFile, this.#settings.lockComplaint);
    this.#target.write(event);
    if (isHeld) lockFile.release();
  }

  /** Closes the target; once for every logger it hangs on. */
  close(): void {
    this.#target.close();
    this.#closed = true;
  }

  /** Ends it for good when no logger refers to it any more. */
  destroy(): void {
    const farewell = () =>
      this.#context.diagnostics.debug(`Destroying appender named [${this.name}].`);
    if (this.#traits.farewells > 0) farewell();
    if (!this.#closed) this.close();
    if (this.#traits.farewells > 1) farewell();
    this.#settings.lockFile?.close();
  }

  /** Lets go of files without rolling over and without a word: the end of an appender inside an AsyncAppender. */
  release(): void {
    this.#target.release?.();
    this.#settings.lockFile?.close();
    this.#closed = true;
  }

  /** Resolves once everything under way has arrived or failed; `undefined` when nothing can be. */
  settled(): Promise<void> | undefined {
    return this.#target.settled?.();
  }
}

/**
 * Reads the shared properties.
 *
 * A layout that cannot be made ends the reading: the appender then has the simple layout and neither threshold nor
 * filters nor lock. That is how the reference does it.
 */
export function readAppenderSettings(
  properties: Properties,
  context: EngineContext,
): AppenderSettings {
  const bare = bareSettings(context);
  let layout: Layout | undefined = bare.layout;
  if (properties.has("layout")) {
    layout = makeLayout(properties.get("layout"), {
      properties: properties.subset("layout."),
      context,
    });
    if (layout === undefined) return bare;
  }
  const threshold = parseLevel(properties.get("Threshold"));
  const filters = makeFilters(properties.subset("filters."), context.diagnostics);
  const useLockFile = properties.boolean("UseLockFile", false);
  const lockName = properties.get("LockFile");
  if (useLockFile && lockName === "") {
    context.diagnostics.debug("UseLockFile is true but LockFile is not specified");
  }
  const lockFile = useLockFile && lockName !== "" ? openLock(lockName, context) : undefined;
  return { ...bare, layout, threshold, filters, useLockFile, lockFile };
}

/** The settings of an appender that was given none. */
export function bareSettings(context: EngineContext): AppenderSettings {
  return {
    layout: simpleLayout,
    threshold: NOT_SET,
    filters: [],
    useLockFile: false,
    lockFile: undefined,
    once: new OnceError(context.diagnostics),
    lockComplaint: new OnceError(context.diagnostics),
  };
}

/**
 * Takes a lock; gives false where it was not got, which is said once: waiting for good would stop the check, and losing
 * the event would hide what happened. Only the first time is waited at all.
 */
export function acquire(lockFile: LockFile, complaint: OnceError): boolean {
  const outcome = lockFile.acquire(!complaint.spoken);
  if (outcome === "held") return true;
  complaint.warn(
    outcome === "taken"
      ? "Another process keeps a lock file. Logging goes on without it."
      : `Cannot lock a lock file (${toByteText(outcome.reason)}). Logging goes on without it.`,
  );
  return false;
}

/** Opens a lock file; complains when that fails. */
export function openLock(path: ByteText, context: EngineContext): LockFile | undefined {
  const lock: LockFile | HostFailure = context.host.files.openLock(toText(path));
  if (!isFailure(lock)) return lock;
  context.diagnostics.error(`could not open or create file ${path}`);
  return undefined;
}
