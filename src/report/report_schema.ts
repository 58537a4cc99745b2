// data table
/** The layout of JSON reports: one value for the published schema and for the types of our own code. */

import { TLS_WEAKNESSES } from "../common/tls_weaknesses.ts";
import {
  anything,
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
  type SchemaOf,
  text,
  type TypeOf,
} from "./schema.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
export const LAYOUT_VERSION = 1;

/** Of a text that is a time, UTC. */
export const TIME = {
  format: "date-time",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
};

const LOCAL_TIME = {
  format: "date-time",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d$",
};

const version = constant("Version of this layout.", LAYOUT_VERSION);

function milliseconds(what: string): SchemaOf<number> {
  return number(`${what}, in milliseconds.`, { minimum: 0 });
}

function seconds(what: string): SchemaOf<number> {
  return number(`${what}, in seconds.`, { minimum: 0 });
}

const ENDPOINT = record("An end point of a connection.", {
  required: {
    host: text("Host name or address."),
    port: integer("TCP port.", { maximum: 65_535 }),
  },
  optional: {},
});

const CHECK = record("What was asked for, all defaults applied.", {
  required: {
    host: text("Host name or address as it was given."),
    port: integer("TCP port.", { maximum: 65_535 }),
    callingAeTitle: text("Our AE title, as sent."),
    calledAeTitle: text("The peer's AE title, as sent."),
    echoes: integer("How many echoes were to be sent.", { minimum: 1 }),
    contexts: integer("How many presentation contexts were proposed.", { minimum: 1 }),
    transferSyntaxes: list("The transfer syntaxes proposed in each context.", text("A UID.")),
    maximumLength: integer("The maximum length announced, in bytes."),
    ending: choice("How the association was to end.", ["release", "abort"]),
    acseTimeoutSeconds: seconds("Limit for the answers to association and release requests"),
  },
  optional: {
    transferSyntaxNames: list("The names of these, in their order.", text("A name, or a UID.")),
    connectTimeoutSeconds: seconds("Limit for name lookup and connection"),
    dimseTimeoutSeconds: seconds("Limit for an echo response"),
    socketTimeoutSeconds: seconds("Limit for one read or write; 0: none"),
    userIdentity: record("The user identity that was sent, without its content (PS3.7 D.3.3.7).", {
      required: {
        type: integer("Its type: 1 to 5.", { maximum: 255 }),
        typeName: text("What the type is."),
        responseRequested: flag("Whether the peer was asked to confirm it."),
      },
      optional: {},
    }),
  },
});

const TIMING = record("How long one stage took.", {
  required: {
    stage: text("The stage: connect, associate, echo, release, abort."),
    startedMs: milliseconds("From the start of the check"),
    elapsedMs: milliseconds("Duration"),
  },
  optional: {},
});

const ECHO = record("One echo that was answered.", {
  required: {
    messageId: integer("Message ID of the request.", { maximum: 65_535 }),
    status: integer("Status of the response (PS3.7 Annex C); 0 is Success.", { maximum: 65_535 }),
    elapsedMs: milliseconds("From the first byte of the request to the last of the response"),
  },
  optional: {},
});

const CONTEXT = record("The answer to one presentation context (PS3.8 Table 9-18).", {
  required: {
    id: integer("Presentation context ID.", { maximum: 255 }),
    result: text("acceptance, why not, or reserved."),
  },
  optional: {
    abstractSyntax: text("The SOP class that was proposed in it, a UID."),
    abstractSyntaxName: text("Its name."),
    transferSyntax: text("The transfer syntax of an accepted context."),
    transferSyntaxName: text("Its name."),
    code: integer("The code of a reserved result.", { maximum: 255 }),
  },
});

/** What the names of a peer say of its software. */
export const SOFTWARE = record("Which software these two names are known of; nothing proves it.", {
  required: {
    claim: text("What the names say, as a clause that begins with `names itself`."),
    vendor: text("Who makes it."),
    isToolkit: flag("Whether products of other vendors give the same names."),
  },
  optional: {
    product: text("The product or toolkit; missing where only the vendor is known."),
  },
});

const ASSOCIATION = record("What the peer said of itself when it accepted.", {
  required: {
    peerMaximumLength: integer("The maximum length it announced, in bytes; 0: no limit."),
    contexts: list("Its answers to the presentation contexts.", CONTEXT),
  },
  optional: {
    implementationClassUid: text("Its implementation class UID."),
    implementationVersionName: text("Its implementation version name."),
    software: SOFTWARE,
    userIdentityAnswer: record("Its answer to our user identity, without its content.", {
      required: { lengthBytes: integer("How long the answer is, in bytes.") },
      optional: {},
    }),
  },
});

/** A certificate, in every document that shows one. */
export const CERTIFICATE = record("A certificate that the peer showed.", {
  required: {
    subject: text("Whose it is."),
    issuer: text("Who issued it."),
    serial: text("Serial number in hex."),
    publicKey: text("The public key, such as RSA 2048."),
    signatureAlgorithm: text("How it is signed, such as RSA-SHA256."),
    hostNames: list("DNS names and addresses it is for.", text("A name or address.")),
    isCa: flag("Whether it is a CA's."),
    isSelfSigned: flag("Whether it names itself as issuer."),
    sha256: text("SHA-256 of the whole certificate, in hex."),
  },
  optional: {
    notBefore: text("Start of validity, UTC.", TIME),
    notAfter: text("End of validity, UTC.", TIME),
    daysLeft: number("Whole days until it ends; negative: since it ended."),
  },
});

const TLS = record("What the TLS handshake found out.", {
  required: {
    protocol: text("Negotiated version, such as TLSv1.3."),
    cipherSuite: text("Negotiated cipher suite by its OpenSSL name."),
    cipherBits: integer("Bits of its key."),
    engine: choice("Who made the handshake: the runtime's TLS, or the program's own engine.", [
      "runtime",
      "own",
    ]),
    weaknesses: list(
      "What is weak in the connection, the worst first; empty: nothing.",
      choice("What is weak.", TLS_WEAKNESSES),
    ),
    profile: text("Profile that was asked for."),
    trust: choice("Whether the certificate was held against what is trusted, and the outcome.", [
      "trusted",
      "refused",
      "not checked",
    ]),
    name: record("Host name, and whether the certificate is for it.", {
      required: {
        wanted: text("The name."),
        matches: flag("Whether the certificate is for it."),
        required: flag("Whether that decided."),
      },
      optional: {},
    }),
    chain: list(
      "The peer's certificates in the order they came.",
      reference("certificate", CERTIFICATE),
    ),
  },
  optional: {
    ownCertificate: text("What became of our own certificate."),
    authorities: record(
      "Whose client certificates the peer says it accepts; left out where it asked for none, or the runtime's TLS made the handshake.",
      {
        required: {
          names: list("Subjects of the first 64; empty: it does not say.", text("A name.")),
          more: integer("How many more there are."),
        },
        optional: {},
      },
    ),
    revocation: record("Whether certificates of an accepted peer were held against lists.", {
      required: {
        checked: choice("Which: none, its own, or all of the path.", ["none", "leaf", "chain"]),
        lists: list(
          "The lists by which they are not revoked.",
          record("A revocation list.", {
            required: { issuer: text("Who issued it.") },
            optional: { nextUpdate: text("When the next one is due, UTC.", TIME) },
          }),
        ),
      },
      optional: {},
    }),
    refusal: anything("Why the peer was refused."),
  },
});

/** The layout of a failure. */
export const FAILURE = record("What went wrong.", {
  required: {
    name: text("Class of the failure: a stable code."),
    stage: text("How far the check got: resolve, connect, tls, associate, echo, release, abort."),
    fault: choice("On whose side it arose.", ["user", "network", "peer", "program"]),
    message: text("One clause for people."),
    fields: anything("Facts of this class of failures; docs/reports.md lists them."),
  },
  optional: {
    situation: text("Stable name of the situation, as docs/diagnosis.md lists them."),
    title: text("What the situation means, as a clause."),
    hint: text("One sentence: what to try."),
  },
});

const UNMET = record("An expectation that was not met.", {
  required: {
    name: text("Its name in the plan."),
    message: text("What was expected and what was found."),
  },
  optional: {},
});

const WARNING = record("A limit that was come near.", {
  required: {
    name: text("The name of the limit in the plan."),
    message: text("What was found."),
  },
  optional: {},
});

const STATISTICS = record("Response times of the answered echoes.", {
  required: {
    sent: integer("How many echoes were sent."),
    answered: integer("How many of them were answered."),
    minMs: milliseconds("The fastest"),
    avgMs: milliseconds("The mean"),
    maxMs: milliseconds("The slowest"),
    stddevMs: milliseconds("The standard deviation"),
    p50Ms: milliseconds("The median"),
    p95Ms: milliseconds("Of 100, 95 were at least as fast"),
    p99Ms: milliseconds("Of 100, 99 were at least as fast"),
  },
  optional: {},
});

const ENTRY_REQUIRED = {
  name: text("Name in the plan; for a single check host and port."),
  verdict: choice("Whether the peer did what was expected of it; skipped: not tried.", [
    "passed",
    "failed",
    "skipped",
  ]),
  attempts: integer("How many attempts were made."),
  tags: list("Tags of the plan.", text("A tag.")),
  unmet: list("Expectations that were not met.", reference("unmet", UNMET)),
} as const;

const ENTRY_OPTIONAL = {
  group: text("Group in the plan."),
  note: text("What this peer is, from the plan."),
  contact: text("Who looks after it, from the plan."),
  check: reference("check", CHECK),
  outcome: choice(
    "verified: every echo was answered with Success, however the association ended. Missing when not tried.",
    ["verified", "failed"],
  ),
  startedAt: text("When the last attempt began, UTC.", TIME),
  startedAtLocal: text("The same in local time with its offset from UTC.", LOCAL_TIME),
  elapsedMs: milliseconds("The last attempt as a whole"),
  local: reference("endpoint", ENDPOINT),
  remote: reference("endpoint", ENDPOINT),
  tls: reference("tls", TLS),
  association: reference("association", ASSOCIATION),
  timings: list("The stages in their order.", reference("timing", TIMING)),
  echoes: list("The echoes that were answered, in their order.", reference("echo", ECHO)),
  warnings: list(
    "What is worth a warning of a peer that did what was expected.",
    reference("warning", WARNING),
  ),
  unlistedEchoes: integer("How many more were answered than are listed."),
  statistics: reference("statistics", STATISTICS),
  failure: reference("failure", FAILURE),
  endingFailure: reference("failure", FAILURE),
} as const;

/** What is known of one peer after a check. */
export const ENTRY = record("One peer.", { required: ENTRY_REQUIRED, optional: ENTRY_OPTIONAL });

/** What an entry is made of, by the names that it refers to them by. */
export const ENTRY_PARTS = {
  entry: ENTRY,
  check: CHECK,
  endpoint: ENDPOINT,
  tls: TLS,
  certificate: CERTIFICATE,
  association: ASSOCIATION,
  timing: TIMING,
  echo: ECHO,
  statistics: STATISTICS,
  failure: FAILURE,
  unmet: UNMET,
  warning: WARNING,
} as const;

const ENTRY_LINE = record("A line of a jsonl report: one peer.", {
  required: { version, kind: constant("What this line is.", "entry"), ...ENTRY_REQUIRED },
  optional: ENTRY_OPTIONAL,
});

/** How many peers did what. */
export const SUMMARY = record("How many peers did what.", {
  required: {
    total: integer("All of them."),
    passed: integer("Those that did what was expected."),
    failed: integer("Those that did not."),
    skipped: integer("Those that were not tried."),
  },
  optional: {},
});

const RUN_REQUIRED = {
  program: text("Program and version that made the report."),
  startedAt: text("When the run began, UTC.", TIME),
  elapsedMs: milliseconds("The whole run"),
  summary: reference("summary", SUMMARY),
} as const;

const PLAN_FILE = record("A file that the plan was read from.", {
  required: {
    file: text("Its path, as it was given."),
    sha256: text("SHA-256 of its bytes, in hex."),
  },
  optional: {},
});

const RUN_OPTIONAL = {
  title: text("What the plan calls itself."),
  site: text("Where the peers are, from the plan."),
  operator: text("Who made the check: --operator."),
  machine: text("The name of the machine that the check was made from."),
  commit: text("The commit that the program was built from."),
  startedAtLocal: text("When the run began, in local time with its offset from UTC.", LOCAL_TIME),
  planFiles: list("The files of the plan, included ones first.", reference("planFile", PLAN_FILE)),
  interrupted: choice("Why the run ended early.", ["SIGINT", "SIGTERM", "deadline"]),
  failure: reference("failure", FAILURE),
  exitCode: integer("Of a run that could not begin, as `failure` says: the exit code."),
} as const;

const SUMMARY_LINE = record("The last line of a jsonl report: the run as a whole.", {
  required: { version, kind: constant("What this line is.", "summary"), ...RUN_REQUIRED },
  optional: RUN_OPTIONAL,
});

const REPORT = record("A json report.", {
  required: {
    version,
    kind: constant("What this value is.", "report"),
    ...RUN_REQUIRED,
    entries: list("The peers in the order of the plan.", reference("entry", ENTRY)),
  },
  optional: RUN_OPTIONAL,
});

/** A json report. */
export type ReportDocument = TypeOf<typeof REPORT>;
/** One peer. */
export type EntryDocument = TypeOf<typeof ENTRY>;
/** A line of a jsonl report: one peer. */
export type EntryLine = TypeOf<typeof ENTRY_LINE>;
/** The last line of a jsonl report. */
export type SummaryLine = TypeOf<typeof SUMMARY_LINE>;
/** What went wrong. */
export type FailureDocument = TypeOf<typeof FAILURE>;
/** What was asked for. */
export type CheckDocument = TypeOf<typeof CHECK>;
/** What the peer said of itself. */
export type AssociationDocument = TypeOf<typeof ASSOCIATION>;
/** What TLS found out. */
export type TlsDocument = TypeOf<typeof TLS>;
/** How many peers did what. */
export type SummaryDocument = TypeOf<typeof SUMMARY>;
/** Response times. */
export type StatisticsDocument = TypeOf<typeof STATISTICS>;

/** The schema of json reports and of the lines of jsonl reports, for the file in `docs/`. */
export const REPORT_SCHEMA: JsonSchema = schemaFile({
  title: "echoscu report",
  description: "What `echoscu --report json` prints, and each line that `--report jsonl` prints.",
  alternatives: ["report", "entryLine", "summaryLine"],
  definitions: {
    report: REPORT,
    entryLine: ENTRY_LINE,
    summaryLine: SUMMARY_LINE,
    summary: SUMMARY,
    planFile: PLAN_FILE,
    ...ENTRY_PARTS,
  },
});
