/**
 * Loggers: a tree by dotted names under the root logger.
 *
 * An event passes when its level is at least that of the nearest logger upwards that has one. Then it goes to the
 * appenders of its own logger, of the parent, and so on up to the root or to a logger that is not additive. The levels
 * of the ancestors are not asked again.
 */
import type { Appender } from "./appender.ts";
import type { ByteText } from "./byte_text.ts";
import { INFO, NOT_SET } from "./levels.ts";

/** One logger. */
interface Logger {
  level: number;
  additive: boolean;
  appenders: Appender[];
}

/** What an event of some logger has to know. */
export interface Route {
  /** Lowest level that passes. */
  readonly level: number;
  /** Where events go, in order; the same appender may come twice. */
  readonly appenders: readonly Appender[];
}

/** Name under which events reach the root logger. */
const ROOT_NAME = "root";

/** All loggers of a configuration. Appenders are ended when the last logger lets go of them. */
export class Hierarchy {
  readonly #root: Logger;
  readonly #loggers = new Map<ByteText, Logger>();
  readonly #routes = new Map<ByteText, Route>();
  readonly #held = new Set<Appender>();

  /** Begins with the root logger at INFO and its built-in appender. */
  constructor(builtIn: Appender) {
    this.#root = { level: INFO, additive: true, appenders: [builtIn] };
  }

  /** Level of the root logger. */
  get rootLevel(): number {
    return this.#root.level;
  }

  /** Keeps an appender alive although no logger has it, until `letGo`. */
  hold(appender: Appender): void {
    this.#held.add(appender);
  }

  /** Ends the appenders that no logger took, in the given order. */
  letGo(order: readonly Appender[]): void {
    this.#held.clear();
    for (const appender of order) {
      if (!this.#isAttached(appender)) appender.destroy();
    }
  }

  /** Gives a logger its level and takes its appenders away; an empty name is the root logger. */
  configure(name: ByteText, level: number): void {
    const logger = this.#logger(name);
    logger.level = level;
    this.#detachAll(logger);
  }

  /** Adds an appender to a logger; twice is once. */
  attach(name: ByteText, appender: Appender): void {
    const logger = this.#logger(name);
    if (!logger.appenders.includes(appender)) logger.appenders.push(appender);
  }

  /** Whether events of a logger go on to its parent. */
  setAdditive(name: ByteText, additive: boolean): void {
    this.#logger(name).additive = additive;
  }

  /** Where events of a logger go. Asked for only when the configuration is complete. */
  route(name: ByteText): Route {
    const known = this.#routes.get(name);
    if (known !== undefined) return known;
    const route = this.#findRoute(name);
    this.#routes.set(name, route);
    return route;
  }

  /** Closes and ends all appenders, the root logger's first; resolves when the network has taken everything. */
  close(): Promise<void> | undefined {
    const all = new Set<Appender>();
    const names = [...this.#loggers.keys()].sort((left, right) => left < right ? -1 : 1);
    const loggers = [this.#root, ...names.map((name) => this.#logger(name))];
    for (const logger of loggers) {
      for (const appender of logger.appenders) {
        all.add(appender);
        appender.close();
      }
      this.#detachAll(logger);
    }
    const pending = [...all].map((appender) => appender.settled())
      .filter((settled) => settled !== undefined);
    return pending.length === 0 ? undefined : Promise.all(pending).then(() => {});
  }

  #findRoute(name: ByteText): Route {
    const chain = this.#chain(name);
    const level = chain.find((logger) => logger.level !== NOT_SET)?.level ?? NOT_SET;
    const appenders: Appender[] = [];
    for (const logger of chain) {
      appenders.push(...logger.appenders);
      if (!logger.additive) break;
    }
    return { level, appenders };
  }

  /** The logger of this name if there is one, its ancestors, the root. */
  #chain(name: ByteText): Logger[] {
    const chain: Logger[] = [];
    let current = name === ROOT_NAME ? "" : name;
    while (current !== "") {
      const logger = this.#loggers.get(current);
      if (logger !== undefined) chain.push(logger);
      current = current.slice(0, Math.max(0, current.lastIndexOf(".")));
    }
    return [...chain, this.#root];
  }

  #logger(name: ByteText): Logger {
    if (name === "") return this.#root;
    const logger = this.#loggers.get(name) ?? { level: NOT_SET, additive: true, appenders: [] };
    this.#loggers.set(name, logger);
    return logger;
  }

  #detachAll(logger: Logger): void {
    const appenders = logger.appenders;
    logger.appenders = [];
    for (const appender of appenders) {
      if (!this.#held.has(appender) && !this.#isAttached(appender)) appender.destroy();
    }
  }

  #isAttached(appender: Appender): boolean {
    const has = (logger: Logger) => logger.appenders.includes(appender);
    return has(this.#root) || [...this.#loggers.values()].some(has);
  }
}
