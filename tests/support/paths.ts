/** Paths from file URLs, on every system. */

/** The path that a file URL names. */
export function fromFileUrl(url: URL): string {
  return decodeURIComponent(url.pathname).replace(/^\/([A-Z]:)/, "$1");
}
