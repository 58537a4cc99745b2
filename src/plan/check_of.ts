/** One check from the command line. */

import { aeTitleBytes, TRANSFER_SYNTAXES } from "../dicom/mod.ts";
import type { Check } from "../check/types.ts";
import type { CheckMode, Options } from "../options/mod.ts";

/** The check that `options` ask for at the peer of `mode`. */
export function checkOf(mode: CheckMode, options: Options): Check {
  const asked = options.maximumLength;
  const maximumLength = asked - asked % 2;
  const seconds = options.socketTimeoutSeconds;
  return {
    target: {
      host: mode.peer,
      port: mode.port,
      family: options.family,
      connectTimeoutSeconds: options.connectTimeoutSeconds,
      ...(options.sourceAddress === undefined ? {} : { source: options.sourceAddress }),
    },
    callingAeTitle: aeTitleBytes(options.callingAeTitle),
    calledAeTitle: aeTitleBytes(options.calledAeTitle),
    contexts: options.proposePresentationContexts,
    transferSyntaxes: TRANSFER_SYNTAXES.slice(0, options.proposeTransferSyntaxes)
      .map(({ uid }) => uid),
    maximumLength,
    ...(asked === maximumLength ? {} : { maximumLengthAsked: asked }),
    acseTimeoutSeconds: options.acseTimeoutSeconds,
    dimseTimeoutSeconds: options.dimseTimeoutSeconds,
    socketTimeoutSeconds: seconds < 0 ? undefined : seconds,
    repeat: options.repeat,
    ...(options.intervalSeconds === undefined ? {} : { intervalSeconds: options.intervalSeconds }),
    ...(options.userIdentity === undefined ? {} : { userIdentity: options.userIdentity }),
    ending: options.abort ? "abort" : "release",
  };
}
