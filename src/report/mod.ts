/** From results to exit codes and reports. */

export * from "./exit_code.ts";

/** The reports about TLS. */
export type TlsReport = typeof import("./tls_report.ts");

/** Loads the reports about TLS. */
export async function loadTlsReport(): Promise<TlsReport> {
  return await import("./tls_report.ts");
}
