/** Further cipher suites (`--cipher`): looked up, and held against the profile, as the reference does. */

import { ABSENT_SUITES, type CipherSuite, SUITES, type TlsProfileRow } from "./suites.ts";
import { TlsSetupError } from "./setup_error.ts";
import type { TlsSetupEvent } from "./types.ts";

const RFC_8996 = ["8996", "8996-mod"];

/** The code points of the suites called `names`, from the last to the first. Throws `TlsSetupError`. */
export function chooseSuites(
  names: readonly string[],
  given: {
    readonly profile: TlsProfileRow;
    readonly report: (event: TlsSetupEvent) => void;
  },
): readonly number[] {
  return names.toReversed().map((name) => {
    const found = lookUp(name);
    requirePermitted(found, given.profile);
    const isJudged = given.profile.option !== "null";
    const keyTransport = name.startsWith("TLS_RSA_");
    const isDiscouraged = keyTransport || !RFC_8996.includes(given.profile.option);
    if (isJudged && isDiscouraged) {
      given.report({ type: "suite-discouraged", suite: name, keyTransport });
    }
    return found.code;
  });
}

function lookUp(name: string): CipherSuite {
  const found = SUITES.find((one) => one.name === name);
  if (found !== undefined) return found;
  const kind = ABSENT_SUITES.includes(name) ? "suite-unsupported" : "suite-unknown";
  throw new TlsSetupError({ kind, suite: name });
}

function requirePermitted({ name, bits }: CipherSuite, { option }: TlsProfileRow): void {
  const forbid = (why: "unencrypted" | "sha1" | "any") =>
    new TlsSetupError({ kind: "suite-forbidden", suite: name, profile: option, why });
  if (option === "8996-mod") throw forbid("any");
  if (bits === 0 && option !== "null") throw forbid("unencrypted");
  if (option === "8996" && name.endsWith("_SHA")) throw forbid("sha1");
}
