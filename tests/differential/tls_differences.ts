/**
 * The lasting differences between the reference and ours over TLS, each with its reason.
 *
 * A row says by a rule, never by the name of a case, what ours must come to instead. A row that is never needed fails
 * the run.
 */

import type { Outcome } from "./outcome.ts";
import type { TlsCase } from "./tls_cases.ts";

/** One lasting difference. */
export interface TlsDifference {
  /** Also its row in `docs/differences.md`. */
  readonly id: string;
  /** Why ours differs. */
  readonly reason: string;
  /** What ours must come to; `undefined` when the row does not concern the case. */
  rewrite(expected: Outcome, one: TlsCase): Outcome | undefined;
}

const FAILED = "F: Association Request Failed: ";
const NO_SHARED_SUITE = `${FAILED}000b:0c10 TLS error: sslv3 alert handshake failure\n`;
const NO_SHARED_VERSION = `${FAILED}000b:0c2e TLS error: tlsv1 alert protocol version\n`;
const BLOCK = "D: ================== BEGIN TLS CONNECTION DETAILS";

/** All rows. */
export const TLS_DIFFERENCES: readonly TlsDifference[] = [
  {
    id: "D6",
    reason: "of +tls and +tla the rightmost counts",
    rewrite: (_, { args }) =>
      args.includes("+tls") && args.indexOf("+tla") > args.indexOf("+tls") &&
        args.includes("ca.pem")
        ? failure(`${FAILED}0006:0317 Peer aborted Association (or never connected)\n`)
        : undefined,
  },
  {
    id: "D11",
    reason: "--profile-basic exists in every build",
    rewrite: (expected) =>
      expected.stderr.endsWith("error: Unknown option +pb\n")
        ? failure(expected.stderr.replace(
          "Unknown option +pb",
          "--profile-basic only allowed with --enable-tls or --anonymous-tls",
        ))
        : undefined,
  },
  {
    id: "D60",
    reason: "the suites of the retired profiles cannot be spoken",
    rewrite: rewriteRetired,
  },
  {
    id: "D61",
    reason: "versions, suites and groups are those of the runtime",
    rewrite: (expected, one) => rewriteNegotiation(expected, one),
  },
  {
    id: "D62",
    reason: "kinds and sizes of keys are those of the runtime",
    rewrite: rewriteKeys,
  },
  {
    id: "D63",
    reason: "-ta is kept to, with session tickets too",
    rewrite: (expected, { args }) =>
      args.includes("-ta") && expected.stderr.includes(" 0006:0317 ")
        ? {
          ...expected,
          stderr: expected.stderr.replace(
            /0006:0317 .*/,
            "0006:031a DUL network read timeout",
          ),
        }
        : undefined,
  },
];

function failure(stderr: string): Outcome {
  return { exit: 1, stdout: "", stderr };
}

const RETIRED: Readonly<Record<string, string>> = {
  "+pa": "AES TLS Secure Transport Connection Profile",
  "+pn": "Authenticated unencrypted communication",
  "+pb": "Basic TLS Secure Transport Connection Profile",
};

function rewriteRetired(expected: Outcome, { args }: TlsCase): Outcome | undefined {
  const profile = args.findLast((arg) => /^\+p[abgmnxyz]$/.test(arg)) ?? "";
  const name = RETIRED[profile];
  const isTls = args.includes("+tla") || args.includes("+tls");
  if (name === undefined || !isTls || args.at(-1) !== "{port}") return undefined;
  const isUsage = expected.stderr.includes("\nerror: ") && profile !== "+pb";
  if (isUsage || expected.stderr.includes("F: 000b:")) return undefined;
  const [before = ""] = /^(?:[DW]: (?!Request Parameters).*\n)*/.exec(expected.stderr) ?? [];
  const text = "000b:0018 DICOM TLS Secure Transport Connection Profile not supported";
  return failure(`${before}F: ${text}: ${name}\n`);
}

function rewriteNegotiation(expected: Outcome, { serverCommand = [] }: TlsCase) {
  const { stderr } = expected;
  const words = serverCommand.join(" ");
  const connects = stderr.includes(BLOCK);
  const before = connects ? stderr.slice(0, stderr.indexOf(BLOCK)) : stderr;
  if (!connects && words.includes("-groups X25519")) {
    return failure(stderr.replace(NO_SHARED_SUITE, X25519_BLOCK));
  }
  if (connects && /-tls1(?:_1)?(?: |$)/.test(words)) return failure(before + NO_SHARED_VERSION);
  const isUnspoken = /-cipher (?:AES|DHE|CAMELLIA|NULL)|-groups P-521/.test(words);
  if (connects && isUnspoken) return failure(before + NO_SHARED_SUITE);
  if (!connects || !/Ciphersuite : (?:DHE-RSA-AES256|ECDHE-RSA-AES128)/.test(stderr)) {
    return undefined;
  }
  return {
    ...expected,
    stderr: stderr.replace(
      /Ciphersuite : .*/,
      "Ciphersuite : ECDHE-RSA-AES256-GCM-SHA384, encryption: 256 bits",
    ),
  };
}

/** What follows where the reference has no group in common with the server. */
const X25519_BLOCK = `${BLOCK} =================
D: Transport connection: TLS over TCP/IP
D:   Protocol    : TLSv1.3
D:   Ciphersuite : TLS_AES_256_GCM_SHA384, encryption: 256 bits
D: Peer X.509v3 Certificate
D:   Subject     : /O=Test PKI/CN=localhost
D:   Issued by   : /O=Test PKI/CN=Test Root CA
D:   Serial no.  : 4098
D:   Validity    : {VALIDITY}
D:   Public key  : RSA, 2048 bits
D: =================== END TLS CONNECTION DETAILS ==================
D: Constructing Associate RQ PDU
${FAILED}0006:031a DUL network read timeout
`;

const KEY_PROOF = `${FAILED}000b:0008 OpenSSL error 02000086: rsa routines: last octet invalid\n`;

function rewriteKeys(expected: Outcome, { args, serverCommand = [] }: TlsCase) {
  const own = args.find((arg) => /^client-rsa1024.*\.key$/.test(arg));
  const warnings = expected.stderr.replace(/^F: Association.*\n/m, "");
  if (own !== undefined) {
    return failure(`${warnings}F: 000b:0004 Unable to load private TLS key from '${own}'\n`);
  }
  if (expected.exit !== 0) return undefined;
  const server = serverCommand.join(" ");
  if (/server-(?:rsapss|ed448)\.key/.test(server)) return failure(NO_SHARED_SUITE);
  return /server-(?:rsa1024|critunk)\.key/.test(server) ? failure(KEY_PROOF) : undefined;
}
