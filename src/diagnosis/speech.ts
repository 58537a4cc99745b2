/** Hints in the words of whoever reads them: options of the command line, settings of a plan, columns of a list. */

/**
 * Whose words a hint speaks: `options` are those of the command line, as in `-aec`; `plan` those of a plan, as in
 * `called:`; `list` those of a list of peers, which has columns for the AE titles and leaves all else to the command line.
 */
export type Speech = "options" | "plan" | "list";

/** The settings of a plan by the options that do the same; what a plan cannot set keeps its option. */
const SETTINGS: Readonly<Record<string, string>> = {
  "-aec": "called",
  "-aet": "calling",
  "-to": "timeouts.connect",
  "-ta": "timeouts.acse",
  "-td": "timeouts.dimse",
  "-ts": "timeouts.socket",
  "-pts": "proposals.transferSyntaxes",
  "-ppc": "proposals.contexts",
  "-pdu": "maxPdu",
  "-i4": "family: ipv4",
  "-i6": "family: ipv6",
  "--repeat": "repeat",
  "--interval": "interval",
  "--abort": "abort: true",
  "--user": "user",
  "--peer-deadline": "deadline",
  "+tla": "tls",
  "+tls": "tls.key and tls.certificate",
  "+cf": "tls.ca",
  "+cd": "tls.caDirectories",
  "+crl": "tls.crl",
  "+crv": "tls.crlCheck: leaf",
  "+cra": "tls.crlCheck: chain",
  "-der": "tls.format: der",
  "-pem": "tls.format: pem",
  "+pg": "tls.profile: 8996",
  "+pm": "tls.profile: 8996-mod",
  "+py": "tls.profile: bcp195-nd",
  "+px": "tls.profile: bcp195",
  "+pz": "tls.profile: bcp195-ex",
  "+pb": "tls.profile: basic",
  "+pa": "tls.profile: aes",
  "+pn": "tls.profile: null",
  "+cs": "tls.ciphers",
  "-ic": "tls.peerCertificate: ignore",
  "--verify-hostname": "tls.verifyHostname",
  "--trust-public-roots": "tls.trustPublicRoots",
  "--verify-hostname-as": "tls.verifyHostnameAs",
  "--request-sni": "tls.serverName",
};

/** Several words of the command line that are one thing in a plan, or less than that. */
const PHRASES = [
  ["+tla, +tls", "+tla"],
  ["--password-file or ECHOSCU_KEY_PASSWORD", "tls.keyPassword, as ${NAME} of the environment"],
  ["CERT of +tls", "tls.certificate"],
  ["key file of +tls", "file of tls.key"],
  ["certificate file of +tls", "file of tls.certificate"],
  ["in +tls KEY CERT the key comes first, and", "tls.key names it, and"],
  ["in +tls KEY CERT it comes second, and", "tls.certificate names it, and"],
  [": give +tls KEY CERT", ": let tls.key name the key"],
  ["-der or -pem", "tls.format"],
  ["--tls-engine own", "tls.engine: own"],
] as const;

/** An option as hints write it, with the value after it, if any. */
const OPTION =
  /(?<![\w.+-])(?:--[a-z-]+|[+-][a-z]+[0-9]?)(?: (?:[A-Z]{2,}\b(?: CERT\b)?|[0-9]+\b))?/g;

/** The columns of a list; lines without a header have no place for our own title. */
const COLUMNS: Readonly<Record<string, string>> = {
  "-aec": 'the column "called"',
  "-aet": 'the column "calling" (or -aet)',
};

/** `text`, which is all our own, in the words of `speech`. */
export function inSpeech(text: string, speech: Speech): string {
  switch (speech) {
    case "options":
      return text;
    case "plan":
      return renamed(PHRASES.reduce((all, [from, to]) => all.replaceAll(from, to), text), SETTINGS);
    case "list":
      return renamed(text, COLUMNS);
  }
}

function renamed(text: string, names: Readonly<Record<string, string>>): string {
  return text.replace(OPTION, (found) => {
    const [option = "", value = ""] = found.split(" ");
    const name = names[option];
    if (name === undefined) return found;
    return /^[0-9]+$/.test(value) ? `${name}: ${value}` : name;
  });
}
