/** Hosts as people write them. */

/** `host` without the brackets of an IPv6 address. */
export function bareHost(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}
