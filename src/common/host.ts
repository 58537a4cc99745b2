/** Hosts as people write them. */

/** `host` without the brackets of an IPv6 address. */
export function bareHost(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}

/** `host:port`, with brackets around an IPv6 address. */
export function hostAndPort(
  { host, port }: { readonly host: string; readonly port: number },
): string {
  const bracketed = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return `${bracketed}:${port}`;
}
