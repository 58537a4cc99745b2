// data table
/** The part of JSON reports about TLS. */

import { choice, flag, integer, list, record, reference, text, type TypeOf } from "./schema.ts";

const DATE = {
  format: "date-time",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
};

/** One certificate. */
export const CERTIFICATE = record("A certificate.", {
  required: {
    subject: text("Whose it is."),
    issuer: text("Who issued it."),
    serial: text("Serial number in hex."),
    sha256: text("SHA-256 of the whole certificate, in hex."),
    publicKey: text("Kind and size of its key."),
    signatureAlgorithm: text("How it is signed."),
    hostNames: list("DNS names and addresses it is for.", text("A name or address.")),
    isCa: flag("Whether it is a CA's."),
    isSelfSigned: flag("Whether it names itself as issuer."),
  },
  optional: {
    notBefore: text("Start of its validity, UTC.", DATE),
    notAfter: text("End of its validity, UTC.", DATE),
    daysLeft: integer("Whole days until it ends; negative: since it ended.", {
      minimum: Number.MIN_SAFE_INTEGER,
    }),
  },
});

/** What TLS found out. */
export const TLS = record(
  "What TLS found out, also of a peer that was refused after the handshake.",
  {
    required: {
      protocol: text("Negotiated version."),
      cipherSuite: text("Negotiated cipher suite."),
      cipherBits: integer("Bits of its key."),
      profiles: list("Profiles that allow both, by their options.", text("An option's name.")),
      trust: choice("Whether the peer's certificate verifies by what is trusted.", [
        "trusted",
        "refused",
        "not checked",
      ]),
      name: text("Host name as dialled or as asked for."),
      nameMatches: flag("Whether the certificate is for it."),
      certificates: list(
        "Certificates in the order the peer sent them.",
        reference("certificate", CERTIFICATE),
      ),
    },
    optional: {
      clientCertificate: choice("What became of our own certificate.", [
        "not asked for",
        "sent",
        "asked for, none sent",
      ]),
    },
  },
);

/** One certificate. */
export type CertificateDocument = TypeOf<typeof CERTIFICATE>;
/** What TLS found out. */
export type TlsDocument = TypeOf<typeof TLS>;
