/** Date formats of layouts: three codes of the engine's own, the rest is the C library's. */
import type { ByteText } from "./byte_text.ts";
import { type Instant, takeApart } from "./moment.ts";
import { strftime } from "./strftime.ts";

/** Format where a layout gives none. */
export const DEFAULT_DATE_FORMAT = "%Y-%m-%d %H:%M:%S";

/**
 * Formats a time.
 *
 * `%q` are milliseconds, `%Q` milliseconds with microseconds (`827.852`), `%s` seconds since 1970. They take no flags
 * and no width. A percent sign at the very end vanishes.
 */
export function renderDate(format: ByteText, { seconds: time, zone }: Instant): ByteText {
  const micros = Math.round(time * 1_000_000);
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = String(micros - seconds * 1_000_000).padStart(6, "0");
  const replaced = format.replace(/%([^]?)/g, (whole, code: string) => {
    switch (code) {
      case "":
        return "";
      case "q":
        return fraction.slice(0, 3);
      case "Q":
        return `${fraction.slice(0, 3)}.${fraction.slice(3)}`;
      case "s":
        return String(seconds);
    }
    return whole;
  });
  return strftime(replaced, takeApart({ seconds, zone }));
}

/** Whether a format can never yield any text; the reference ends itself when it meets one. */
export function isEmptyDateFormat(format: ByteText): boolean {
  return format === "%";
}
