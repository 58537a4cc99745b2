/** Appenders that write to files: plain, rolling by size, rolling by date. */
import {
  acquire,
  Appender,
  type AppenderSettings,
  type AppenderTarget,
  openLock,
  readAppenderSettings,
} from "../appender.ts";
import { AppendingFile } from "../appending_file.ts";
import { type NewName, renameFile, shiftBackups } from "../backups.ts";
import type { ByteText } from "../byte_text.ts";
import type { EngineContext } from "../context.ts";
import type { EngineEvent } from "../engine_event.ts";
import type { Instant } from "../moment.ts";
import { leadingInteger, type Properties, upperCase } from "../properties.ts";
import {
  nextRollOver,
  parseSchedule,
  periodName,
  periodStart,
  type Schedule,
} from "../schedule.ts";

/** Smallest `MaxFileSize`, and what smaller ones become: the reference's. */
const MIN_ROLLING_BYTES = 204_800;
/** Default of `MaxFileSize`. */
const DEFAULT_ROLLING_BYTES = 10_485_760;

/** A file with the settings of its appender. */
interface FileParts {
  readonly settings: AppenderSettings;
  readonly file: AppendingFile;
}

/** `log4cplus::FileAppender`. */
export function makeFileAppender(properties: Properties, context: EngineContext): Appender {
  const { settings, file } = openFile(properties, { append: false, context });
  const target: AppenderTarget = {
    write: (event) => file.append(settings.layout(event)),
    close: () => file.close(),
    release: () => file.close(),
    settled: () => file.settled(),
  };
  return new Appender(settings, target, { context });
}

/** `log4cplus::RollingFileAppender`: rolls over after the event that makes the file larger than `MaxFileSize`. */
export function makeRollingFileAppender(properties: Properties, context: EngineContext): Appender {
  const { settings, file } = openFile(properties, { append: true, context });
  const maxBytes = parseMaxFileSize(properties.get("MaxFileSize"));
  const count = Math.max(properties.integer("MaxBackupIndex", 1), 1);
  const moveAway = () => {
    shiftBackups({ path: file.path, count }, context);
    return announceAndRename({ from: file.path, to: `${file.path}.1` }, context);
  };
  const target: AppenderTarget = {
    write(event) {
      file.follow();
      file.append(settings.layout(event));
      if (file.size() > maxBytes) file.replace(moveAway);
    },
    close: () => file.close(),
    release: () => file.close(),
    settled: () => file.settled(),
  };
  return new Appender(settings, target, { context, traits: { farewells: 2 } });
}

/** `log4cplus::DailyRollingFileAppender`: rolls over by date, and every time it is closed. */
export function makeDailyRollingFileAppender(
  properties: Properties,
  context: EngineContext,
): Appender {
  const { settings, file } = openFile(properties, { append: true, context });
  const schedule = readSchedule(properties.get("Schedule"), context);
  const count = properties.integer("MaxBackupIndex", 10);
  const target = new DailyTarget({ settings, file, schedule, count }, context);
  return new Appender(settings, target, { context, traits: { farewells: 2 } });
}

/** What a daily rolling file is made of. */
interface DailyParts extends FileParts {
  readonly schedule: Schedule;
  /** `MaxBackupIndex`. */
  readonly count: number;
}

class DailyTarget implements AppenderTarget {
  readonly #parts: DailyParts;
  readonly #context: EngineContext;
  #rolledPath: ByteText;
  #nextRollOver: number;

  constructor(parts: DailyParts, context: EngineContext) {
    this.#parts = parts;
    this.#context = context;
    const start = periodStart(parts.schedule, this.#now());
    this.#rolledPath = this.#pathAt(start);
    this.#nextRollOver = this.#nextAfter(start);
  }

  write(event: EngineEvent): void {
    const { file, settings } = this.#parts;
    if (event.time / 1000 >= this.#nextRollOver) this.#rollOver();
    file.follow();
    file.append(settings.layout(event));
  }

  close(): void {
    this.#rollOver();
    this.#parts.file.close();
  }

  release(): void {
    this.#parts.file.close();
  }

  settled(): Promise<void> {
    return this.#parts.file.settled();
  }

  #rollOver(): void {
    const { file, count } = this.#parts;
    const path = this.#rolledPath;
    file.replace(() => {
      if (file.path !== "") {
        shiftBackups({ path, count }, this.#context);
        renameFile({ from: path, to: `${path}.1` }, this.#context);
      }
      return announceAndRename({ from: file.path, to: path }, this.#context);
    });
    const { seconds } = this.#now();
    if (seconds < this.#nextRollOver) return;
    this.#rolledPath = this.#pathAt(seconds);
    this.#nextRollOver = this.#nextAfter(seconds);
  }

  #pathAt(seconds: number): ByteText {
    const { file, schedule } = this.#parts;
    return `${file.path}.${periodName(schedule, { ...this.#now(), seconds })}`;
  }

  #nextAfter(seconds: number): number {
    return nextRollOver(this.#parts.schedule, { ...this.#now(), seconds });
  }

  #now(): Instant {
    const { host } = this.#context;
    return { seconds: host.now() / 1000, zone: host.zone };
  }
}

/** Opens the file of an appender; whatever fails is reported and the appender lives on without it. */
function openFile(
  properties: Properties,
  defaults: { readonly append: boolean; readonly context: EngineContext },
): FileParts {
  const { context } = defaults;
  const settings = readAppenderSettings(properties, context);
  const path = properties.get("File");
  const file = new AppendingFile({
    path,
    append: properties.boolean("Append", defaults.append),
    reopenDelaySeconds: properties.integer("ReopenDelay", 1),
    once: settings.once,
  }, context);
  if (path === "") {
    settings.once.error("Invalid filename");
    return { settings, file };
  }
  const locked = withFileLock(settings, { path, name: properties.get("LockFile"), context });
  if (locked === undefined) return { settings, file };
  const { lockFile, lockComplaint } = locked;
  const isHeld = lockFile !== undefined && acquire(lockFile, lockComplaint);
  file.openFirst();
  reportUnknownLocale(properties.get("Locale"), context);
  if (isHeld) lockFile.release();
  return { settings: locked, file };
}

/** Adds the lock that file appenders need under `UseLockFile`; `undefined` when it cannot be opened. */
function withFileLock(
  settings: AppenderSettings,
  { path, name, context }: {
    readonly path: ByteText;
    readonly name: ByteText;
    readonly context: EngineContext;
  },
): AppenderSettings | undefined {
  if (!settings.useLockFile || settings.lockFile !== undefined) return settings;
  const lockFile = openLock(name === "" ? `${path}.lock` : name, context);
  return lockFile === undefined ? undefined : { ...settings, lockFile };
}

/** Locales change nothing in a log of bytes; unknown names are reported as the reference does. */
function reportUnknownLocale(name: ByteText, { diagnostics }: EngineContext): void {
  const known = /^(?:|GLOBAL|DEFAULT|USER|CLASSIC|C|POSIX|C\.(?:UTF-8|utf8))$/;
  const plausible = /^[a-z]{2,3}_[A-Z]{2}(?:[.@][A-Za-z0-9@.-]+)?$/;
  if (!known.test(name) && !plausible.test(name)) {
    diagnostics.error(`Failed to create locale ${name}`);
  }
}

/** Decimal digits, times 1024 for `KB` or 1048576 for `MB` at the end, in any case; never below the minimum. */
function parseMaxFileSize(value: ByteText): number {
  if (value === "") return DEFAULT_ROLLING_BYTES;
  const text = upperCase(value);
  const factor = text.endsWith("MB") ? 1_048_576 : text.endsWith("KB") ? 1024 : 1;
  return Math.max(leadingInteger(text) * factor, MIN_ROLLING_BYTES);
}

function readSchedule(value: ByteText, { diagnostics }: EngineContext): Schedule {
  const schedule = parseSchedule(value);
  if (schedule !== undefined) return schedule;
  diagnostics.warn(`DailyRollingFileAppender::ctor()- "Schedule" not valid: ${value}`);
  return "DAILY";
}

function announceAndRename(name: NewName, context: EngineContext): boolean {
  context.diagnostics.debug(`Renaming file ${name.from} to ${name.to}`);
  return renameFile(name, context);
}
