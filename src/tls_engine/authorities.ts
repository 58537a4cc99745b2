/** The CAs that a server names when it asks for a certificate, for people. */

import { shortened } from "../common/visible.ts";
import { DerError, parseName, renderName } from "../tls/mod.ts";
import type { AcceptedAuthorities } from "../tls/types.ts";
import type { ClientCertificateRequest } from "./types.ts";

const MOST_NAMES = 64;
const LONGEST_NAME = 250;

/** What `request` says, bounded in count and length; a name that cannot be read is shown as that. */
export function acceptedAuthorities(
  { authorities }: ClientCertificateRequest,
): AcceptedAuthorities {
  const shown = authorities.slice(0, MOST_NAMES);
  return {
    names: shown.map((name) => shortened(nameText(name), LONGEST_NAME)),
    more: authorities.length - shown.length,
  };
}

function nameText(name: Uint8Array): string {
  try {
    return renderName(parseName(name));
  } catch (error) {
    if (error instanceof DerError) return "(unreadable name)";
    throw error;
  }
}
