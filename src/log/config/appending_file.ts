/**
 * A log file that is only ever added to, and that may be moved away by somebody at any time.
 *
 * Every event is one write at the end of the file, so lines of several processes never mix or overwrite each other.
 * Who wants to move the file to another name must hold the right to do so, which belongs to the file and not to its
 * name: of several processes that have the same file open, one moves it and the others, once they have the right, see
 * that the name leads elsewhere and open the new file. A file under its old name is never emptied after a move, because
 * another process may have begun to write there.
 */
import { isFailure, type LogFile } from "../host.ts";
import { type ByteText, toBytes, toByteText, toText } from "./byte_text.ts";
import type { EngineContext } from "./context.ts";
import { OnceError } from "./diagnostics.ts";
import { endInTime } from "./end.ts";

/** What a file needs to know. */
export interface AppendingFileOptions {
  /** Path as written; empty when none was given. */
  readonly path: ByteText;
  /** Whether old contents stay. */
  readonly append: boolean;
  /** Seconds between a failure and the next attempt to open the file; 0: at every event. */
  readonly reopenDelaySeconds: number;
  /** Speaks up once. */
  readonly once: OnceError;
}

/** Moves the file away; gives false when it is still under its old name. */
export type MoveAway = () => boolean;

/** A log file. */
export class AppendingFile {
  readonly #options: AppendingFileOptions;
  readonly #context: EngineContext;
  #file: LogFile | undefined;
  #good = true;
  #reopenAt: number | undefined;
  #failure = "";
  readonly #lockComplaint: OnceError;
  #leaving: Promise<void>[] = [];
  /** Which permission was missing when it was opened, as the end of a message. */
  #withheld = "";

  /** Does not open it yet. */
  constructor(options: AppendingFileOptions, context: EngineContext) {
    this.#options = options;
    this.#context = context;
    this.#lockComplaint = new OnceError(context.diagnostics);
  }

  /** Path as written. */
  get path(): ByteText {
    return this.#options.path;
  }

  /** Opens it for the first time. */
  openFirst(): void {
    const { path, append, once } = this.#options;
    if (this.#open()) {
      if (!append) this.#truncate();
      this.#context.diagnostics.debug(`Just opened file: ${path}`);
    } else {
      once.error(`Unable to open file: ${path}${this.#withheld}`);
    }
  }

  /** Adds text, opening the file again after a failure when it is time to. What cannot be written is lost. */
  append(text: ByteText): void {
    const { path, once } = this.#options;
    if (!this.#good) {
      if (!this.#reopen()) {
        const why = this.#failure === "" ? "" : ` (${this.#failure})`;
        once.error(`file is not open: ${path}${why}`);
        return;
      }
      once.reset();
    }
    if (this.#file === undefined) {
      // Its lock file could not be opened, which was reported then.
      this.#good = false;
      return;
    }
    const failure = this.#file.write(toBytes(text));
    if (failure === undefined) return;
    this.#good = false;
    this.#failure = failure.reason;
  }

  /** Bytes in the file, -1 when it is not in order. */
  size(): number {
    return this.#good && this.#file !== undefined ? this.#file.size() : -1;
  }

  /** Opens the file anew when its name has come to lead elsewhere, or when the system cannot tell. */
  follow(): void {
    const old = this.#file;
    if (old === undefined || !this.#good) return;
    if (old.identity() !== undefined && !this.#isMoved(old)) return;
    this.#open();
    old.close();
  }

  /**
   * Moves the file away and begins an empty one under its name.
   *
   * Somebody else may have done so already: then only the new file is opened.
   */
  replace(moveAway: MoveAway): void {
    const { path } = this.#options;
    const old = this.#file;
    if (old !== undefined && !this.#takeRight(old)) return;
    const movedByOthers = old !== undefined && this.#isMoved(old);
    const moved = movedByOthers || moveAway();
    if (!this.#open()) this.#context.diagnostics.error(`Failed to open file ${path}`);
    else if (!moved) this.#truncate();
    old?.unlock();
    old?.close();
  }

  /** Closes it, and says so if events were lost and nobody was told. */
  close(): void {
    const { path, once } = this.#options;
    if (!this.#good && this.#failure !== "") {
      once.error(`Unable to write to file: ${path} (${this.#failure})`);
    }
    this.#file?.close();
    const settled = this.#file?.settled?.();
    if (settled !== undefined) this.#leaving.push(settled);
    this.#file = undefined;
  }

  /** Resolves once all is written, or when waiting longer would hold up the end. */
  async settled(): Promise<void> {
    if (this.#leaving.length === 0) return;
    await endInTime(Promise.all(this.#leaving), this.#context.host);
  }

  /** Opens the file after the name. The one that was open before is the caller's to close. */
  #open(): boolean {
    const opened = this.#context.host.files.open(toText(this.#options.path));
    this.#good = !isFailure(opened);
    this.#file = isFailure(opened) ? undefined : opened;
    this.#withheld = isFailure(opened) && opened.isWithheld
      ? ` (${toByteText(opened.reason)})`
      : "";
    if (this.#good) this.#failure = "";
    return this.#good;
  }

  #reopen(): boolean {
    const { append, reopenDelaySeconds } = this.#options;
    const now = this.#context.host.now();
    if (this.#reopenAt === undefined && reopenDelaySeconds !== 0) {
      this.#reopenAt = now + reopenDelaySeconds * 1000;
      return false;
    }
    if (this.#reopenAt !== undefined && this.#reopenAt > now) return false;
    this.#reopenAt = undefined;
    this.#file?.close();
    if (!this.#open()) return false;
    if (!append) this.#truncate();
    return true;
  }

  /** Whether the file may be moved away. Only the first time is waited, and what keeps from it is said once. */
  #takeRight(file: LogFile): boolean {
    const { path } = this.#options;
    const outcome = file.lock(!this.#lockComplaint.spoken);
    if (outcome === "held") return true;
    if (outcome === "taken") {
      this.#lockComplaint.warn(`Another process keeps ${path} from being rolled over.`);
      return false;
    }
    // A file system without locks must not keep anybody from logging.
    const reason = toByteText(outcome.reason);
    this.#lockComplaint.warn(
      `Cannot lock ${path}, which is rolled over without a lock (${reason})`,
    );
    return true;
  }

  #truncate(): void {
    const { path } = this.#options;
    const failure = this.#file?.truncate();
    if (failure === undefined) return;
    this.#context.diagnostics.error(
      `Unable to empty file: ${path} (${toByteText(failure.reason)})`,
    );
  }

  #isMoved(file: LogFile): boolean {
    const identity = file.identity();
    if (identity === undefined) return false;
    return this.#context.host.files.identity(toText(this.#options.path)) !== identity;
  }
}
