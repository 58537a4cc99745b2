/**
 * Who is let in, where the page is not for everybody.
 *
 * Programs show the token itself. A browser shows it once, in the address of its first visit, and a cookie from then
 * on: not the token, but what only who knows it could have made, so that it also ends with the token.
 */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "../http/mod.ts";

/** How long a browser is let in after its first visit. */
const COOKIE_SECONDS = 180 * 86_400;

/** Longest text that is compared. */
const LONGEST = 4096;

/** Lets in who knows the token; without one, everybody. */
export class Gate {
  readonly #token: string | undefined;
  readonly #cookie: string;
  readonly #pass: string;

  /** A gate for `token`; `port` distinguishes its cookie from those of other servers on the same host. */
  constructor(token: string | undefined, port: number) {
    this.#token = token;
    this.#cookie = `echoscu_status_${port}`;
    this.#pass = token === undefined
      ? ""
      : createHmac("sha256", token).update("echoscu status cookie").digest("hex");
  }

  /** Whether whoever sends `request` may read. */
  lets({ headers }: HttpRequest): boolean {
    if (this.#token === undefined) return true;
    const [scheme = "", shown = ""] = (headers.authorization ?? "").split(" ", 2);
    if (scheme.toLowerCase() === "bearer") return isSame(shown, this.#token);
    const cookies = (headers.cookie ?? "").split(";").map((one) => one.trim().split("=", 2));
    return cookies.some(([name, value = ""]) => name === this.#cookie && isSame(value, this.#pass));
  }

  /** The cookie for a first visit with the right token; `undefined` where there is no such visit. */
  entry({ query, headers }: HttpRequest): string | undefined {
    const shown = query.get("token");
    if (this.#token === undefined || shown === null || !isSame(shown, this.#token)) {
      return undefined;
    }
    // A proxy may say that it is reached by HTTPS; the cookie goes nowhere else then.
    const secure = headers["x-forwarded-proto"] === "https" ? "; Secure" : "";
    return `${this.#cookie}=${this.#pass}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Strict${secure}`;
  }
}

/** Takes as long whatever the texts have in common. */
function isSame(shown: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text.slice(0, LONGEST)).digest();
  return timingSafeEqual(digest(shown), digest(wanted));
}
