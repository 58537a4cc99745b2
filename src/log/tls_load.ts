/** Fetches the texts about TLS, which a check over plain TCP does not need. */

/** The texts about TLS. */
export type TlsLines =
  & typeof import("./tls_lines.ts")
  & typeof import("./tls_setup_lines.ts");

/** Loads the texts about TLS. */
export async function loadTlsLines(): Promise<TlsLines> {
  const [lines, setup] = await Promise.all([
    import("./tls_lines.ts"),
    import("./tls_setup_lines.ts"),
  ]);
  return { ...lines, ...setup };
}
