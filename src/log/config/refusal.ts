/**
 * A configuration that cannot be used at all. The program ends with exit code 1 and this text after `error: `.
 *
 * The first three are the reference's own words; the others replace what makes the reference hang or abort.
 */
export class LogConfigRefusal extends Error {
  /** Stable code. */
  override readonly name = "LogConfigRefusal";
}

/** Texts of the refusals that the reference knows too. */
export const REFUSAL = {
  noSettings: "Specified --log-config file does not contain any settings",
  noValidSettings: "Specified --log-config file does not contain any valid settings",
  noRootLogger: "Specified --log-config file does not set up log4cplus.rootLogger",
} as const;
