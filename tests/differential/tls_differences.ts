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
    rewrite: (expected, one) =>
      expected.stderr.endsWith("error: Unknown option +pb\n")
        ? failure(pbOutcome(expected, one))
        : undefined,
  },
  {
    id: "D61",
    reason: "the runtime makes its own offer first",
    rewrite: (expected, one) => rewriteNegotiation(expected, one),
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

/** Without TLS it is refused as the others are; with TLS the check goes on, to a port where nobody listens. */
function pbOutcome({ stderr }: Outcome, { args }: TlsCase): string {
  if (args.includes("+tla") || args.includes("+tls")) {
    return `${FAILED}0006:031c TCP Initialization Error: Connection refused\n`;
  }
  const text = "--profile-basic only allowed with --enable-tls or --anonymous-tls";
  return stderr.replace("Unknown option +pb", text);
}

function rewriteNegotiation(expected: Outcome, { serverCommand = [] }: TlsCase) {
  const { stderr } = expected;
  const isX25519 = serverCommand.join(" ").includes("-groups X25519");
  if (isX25519 && !stderr.includes(BLOCK)) {
    return failure(stderr.replace(NO_SHARED_SUITE, X25519_BLOCK));
  }
  return {
    ...expected,
    stderr: stderr.replace(
      /Ciphersuite : (?:DHE-RSA-AES256|ECDHE-RSA-AES128).*/,
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
