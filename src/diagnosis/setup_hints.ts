/** The hints for TLS that cannot be prepared. */

import { unreachable } from "../errors.ts";
import type { TlsSetupProblem } from "../tls/types.ts";
import { troubleText } from "./file_trouble.ts";
import { inSpeech, type Speech } from "./speech.ts";

/** What to try when TLS cannot be prepared, in the words of `speech`. */
export function setupHint(problem: TlsSetupProblem, speech: Speech = "options"): string {
  return inSpeech(hintFor(problem), speech);
}

function hintFor(problem: TlsSetupProblem): string {
  switch (problem.kind) {
    case "key":
      if (problem.detail !== undefined) return problem.detail;
      return problem.why === "unreadable" ? unreadableHint(problem) : KEY_HINTS[problem.why];
    case "certificate":
      return problem.trouble === undefined
        ? "no certificate was found in the file: in +tls KEY CERT it comes second, and -der or -pem must fit all files"
        : `the certificate file of +tls ${troubleText(problem.trouble, ["certificate"])}`;
    case "mismatch":
      return "key and certificate are not of one pair: check which files belong together";
    case "password-file":
      return "the key is encrypted: --password-file takes the path of a file whose first line is its password";
    case "suite-unknown":
      return "--list-ciphers shows the names that --cipher takes; those of TLS 1.3 are always offered";
    case "suite-unsupported":
      return "this suite is out of use; --list-ciphers shows the names that can be taken";
    case "suite-forbidden":
      return "the profile does not allow this suite: choose another profile or none of its own";
    case "profile-unsupported":
      return "only the program's own TLS engine speaks this retired profile, and only as a client: leave --tls-engine out, or use a newer profile, such as +py";
    case "no-anchors":
      return "name the CA of the clients by +cf, or a folder by +cd (openssl rehash makes its links); -ic takes clients without a check";
    case "public-roots":
      return "start the program with --allow-sys, which reading the built-in root certificates takes";
    default:
      return unreachable(problem);
  }
}

const KEY_HINTS = {
  "missing": "the key file cannot be opened: check its path and its permissions",
  "no-password":
    "the key is encrypted and no password came: give it by --password-file or ECHOSCU_KEY_PASSWORD",
  "wrong-password": "the password does not open the key",
  "unsupported":
    "keys of this kind or size cannot be used here: leave --tls-engine out, or take RSA from 2048 bits, or EC P-256",
} as const;

function unreadableHint({ trouble, isSwapped }: Extract<TlsSetupProblem, { kind: "key" }>): string {
  if (isSwapped === true) {
    return "the files of +tls are in the wrong order, the first holds the certificate and the second the key: give +tls KEY CERT";
  }
  return trouble === undefined
    ? "no private key was found in the file: in +tls KEY CERT the key comes first, and -der or -pem must fit all files"
    : `the key file of +tls ${troubleText(trouble, ["private key"])}`;
}
