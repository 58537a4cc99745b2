/** What the locale of a terminal says. */

/**
 * Whether the locale says that the terminal shows ASCII only: where none is set, as on Windows, terminals of today show
 * more. `env` gives the value of a variable.
 */
export function isAsciiOnly(env: (name: string) => string | undefined): boolean {
  const locale = [env("LC_ALL"), env("LC_CTYPE"), env("LANG")].find((value) => value);
  return locale !== undefined && !/utf-?8/i.test(locale);
}
