// data table
/** The layout of the JSON of a scan: one value for the published schema and for the types of our own code. */

import { CERTIFICATE } from "./report_schema.ts";
import {
  choice,
  constant,
  flag,
  integer,
  type JsonSchema,
  list,
  number,
  record,
  reference,
  schemaFile,
  text,
  type TypeOf,
} from "./schema.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
export const SCAN_LAYOUT_VERSION = 1;

const version = choice("A version of TLS.", ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]);

const VERSION = record("One version of TLS.", {
  required: {
    version,
    offered: flag("Whether the server speaks it."),
    suites: list(
      "The cipher suites that it takes; in its order of preference where it has one.",
      record("A cipher suite.", {
        required: { code: text("Its number, such as 0x1301."), name: text("Its registered name.") },
        optional: {},
      }),
    ),
    groups: list(
      "Groups of the key exchange, in the order in which the server chose them.",
      text("A group, such as X25519."),
    ),
  },
  optional: {
    refusal: text("What the server answers where it does not speak the version."),
    order: choice("Whose order of suites counts; absent: not known.", ["server", "client"]),
  },
});

const CHAIN = record("A certificate of the server, with those that it sends along.", {
  required: {
    versions: list("Versions in which it was shown.", version),
    certificates: list("Its own first.", reference("certificate", CERTIFICATE)),
  },
  optional: {
    trusted: flag("Whether the trusted certificates that were given vouch for it."),
    distrust: text("Why they do not."),
  },
});

const PROFILE = record("A security profile of DICOM.", {
  required: {
    option: text("Its option."),
    short: text("Its short option."),
    name: text("Its name."),
    retired: flag("Whether newer ones take its place."),
    fits: choice(
      "Whether a client with it connects; `connects`: yes, but the server offers more than the profile allows.",
      ["fits", "connects", "no"],
    ),
    why: text("What is spoken then, or why nothing is."),
  },
  optional: {},
});

const COMMAND = record("A command line that connects.", {
  required: {
    client: choice("Whose program: ours, or DCMTK's.", ["echoscu", "dcmtk"]),
    words: list("Its words, the program's name first.", text("A word.")),
    line: text("The same for a shell."),
    needs: list("What must be put in place of made-up names, or be there.", text("One thing.")),
  },
  optional: {},
});

const AUDIT = record("What an auditor would complain about.", {
  required: {
    id: text("Stable name."),
    weight: choice("How grave it is.", ["must", "should", "note"]),
    text: text("In words."),
    reference: text("Where it is written."),
  },
  optional: {},
});

const EXTENSIONS = record("Extensions and old habits; absent: nothing was seen that says so.", {
  required: {},
  optional: {
    secureRenegotiation: flag("RFC 5746, up to TLS 1.2."),
    extendedMasterSecret: flag("RFC 7627, up to TLS 1.2."),
    encryptThenMac: flag("RFC 7366, with the CBC suites."),
    sessionTickets: flag("RFC 5077, up to TLS 1.2."),
    compression: flag("Whether it compresses."),
    signsSha1: flag("Whether it signs the key exchange of TLS 1.2 with SHA-1 when asked to."),
  },
});

const TIME = { format: "date-time" };

const SCAN = record("What a port speaks.", {
  required: {
    version: constant("Version of this layout.", SCAN_LAYOUT_VERSION),
    program: text("Name and version of the program."),
    host: text("Host name or address as it was given."),
    port: integer("TCP port.", { minimum: 1, maximum: 65_535 }),
    startedAt: text("Start, UTC.", TIME),
    elapsedMs: number("Time that it took, in milliseconds.", { minimum: 0 }),
    connections: integer("How many connections were made."),
    complete: flag("Whether everything was asked."),
    usable: flag("Whether a DICOM client can connect over TLS; the exit code is 0 then."),
    speaks: choice("What speaks there.", ["tls", "dicom", "other", "unknown", "unreachable"]),
    verdict: text("The whole in one sentence."),
    versions: list("Versions that were asked for, the highest first.", VERSION),
    chains: list("Certificates, each once.", CHAIN),
    dhBits: list("Sizes of DH primes in bits.", integer("Bits.")),
    signatureSchemes: list("Signature schemes that were seen.", text("A scheme.")),
    clientCertificate: record("What the server wants of a client.", {
      required: {
        wanted: choice("Whether it asks for a certificate, and takes clients without.", [
          "not asked for",
          "asked for",
          "optional",
          "required",
        ]),
        authorities: list("CAs that it accepts; empty: it names none.", text("A name.")),
      },
      optional: {},
    }),
    serverName: record("Whether the server must be asked for by name.", {
      required: {
        effect: choice("What the name changes.", [
          "not tried",
          "none",
          "changes",
          "needed",
          "refused",
        ]),
      },
      optional: { asked: text("The name.") },
    }),
    extensions: EXTENSIONS,
    profiles: list("Security profiles of DICOM, as --list-profiles has them.", PROFILE),
    commands: list("Command lines that connect.", COMMAND),
    audit: list("What an auditor would complain about, the gravest first.", AUDIT),
  },
  optional: {
    commit: text("The commit the program was built from."),
    machine: text("Name of the machine that asked."),
    operator: text("Who asked."),
    endedBy: choice("Why not everything was asked.", [
      "interrupted",
      "time",
      "connections",
      "peer",
    ]),
    protocol: text("What else speaks there, such as HTTP."),
    firstBytes: text("How that began."),
  },
});

/** A scan as data. */
export type ScanDocument = TypeOf<typeof SCAN>;

/** The schema of what `--tls-scan --json` prints, for the file in `docs/`. */
export const SCAN_SCHEMA: JsonSchema = schemaFile({
  title: "echoscu TLS scan",
  description: "What `echoscu --tls-scan --json` prints.",
  alternatives: ["scan"],
  definitions: { scan: SCAN, certificate: CERTIFICATE },
});
