/** From results to exit codes and reports. */

export * from "./exit_code.ts";
