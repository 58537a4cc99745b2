/** The schema of a plan. */

import {
  ADDRESS_FAMILIES,
  CRL_CHECKS,
  FILE_FORMATS,
  PEER_CERTIFICATES,
  TLS_ENGINES,
  TLS_PROFILES,
} from "../common/choices.ts";
import { hasLeadingZeros, NO_LEADING_ZEROS } from "../common/ipv4.ts";
import { TLS_WEAKNESSES } from "../common/tls_weaknesses.ts";
import { ADDRESS_PATTERN, HOST_PATTERN } from "./host_pattern.ts";
import type { FieldRow, Fields, FilledBy, MappingOf, MappingRow } from "./schema.ts";

/** Longest time that can be set: a day. Whoever writes more has mistaken the unit. */
const DAY = 86_400;

const AE_TITLE = {
  pattern: "^ *[!-\\[\\]-~]([ -\\[\\]-~]{0,14}[!-\\[\\]-~])? *$",
  words: "1 to 16 printable ASCII characters without backslash",
} as const;

const NAME = { pattern: "^\\S(.*\\S)?$", words: "text without blanks around it" } as const;

const USER_NAME = { pattern: "^.+$", words: "text of one line" } as const;

const TAG = {
  pattern: "^[^\\s,;]+$",
  words: "a word without blanks, commas and semicolons",
} as const;

const VARIABLE = {
  pattern: "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$",
  words: "an environment variable, as in ${NAME_1}",
} as const;

const TIMEOUTS = {
  connect: {
    sets: "connectTimeoutSeconds",
    kind: "duration",
    minimum: 0.001,
    maximum: DAY,
    doc: "Longest wait for the connection, name lookup included; 10 s unless -to says otherwise.",
  },
  acse: {
    sets: "acseTimeoutSeconds",
    kind: "duration",
    minimum: 0.001,
    maximum: DAY,
    doc: "Longest wait for association and release answers; 30 s unless -ta says otherwise.",
  },
  dimse: {
    sets: "dimseTimeoutSeconds",
    kind: "duration",
    minimum: 0.001,
    maximum: DAY,
    doc: "Longest wait for the answer to an echo; 30 s unless -td says otherwise.",
  },
  socket: {
    sets: "socketTimeoutSeconds",
    kind: "duration",
    minimum: 0,
    maximum: DAY,
    doc: "Longest wait of a single read or write, 0 for none; 60 s unless -ts says otherwise.",
  },
} as const satisfies Fields;

const PROPOSALS = {
  transferSyntaxes: {
    sets: "proposeTransferSyntaxes",
    kind: "integer",
    minimum: 1,
    maximum: 53,
    doc: "Number of transfer syntaxes to offer in each presentation context.",
  },
  contexts: {
    sets: "proposePresentationContexts",
    kind: "integer",
    minimum: 1,
    maximum: 128,
    doc: "Number of presentation contexts to offer.",
  },
} as const satisfies Fields;

const TLS = {
  enabled: {
    kind: "boolean",
    doc: "Whether to use TLS; true where tls is given, so that false switches inherited TLS off.",
  },
  ca: {
    kind: "list",
    item: { kind: "file", of: "file", doc: "A file with trusted certificates." },
    doc: "Files with trusted certificates.",
  },
  caDirectories: {
    kind: "list",
    item: { kind: "file", of: "directory", doc: "A directory with trusted certificates." },
    doc: "Directories with trusted certificates.",
  },
  key: {
    kind: "file",
    of: "file",
    doc: "Our private key, together with certificate; or a PKCS#12 file (.p12, .pfx) with both.",
  },
  certificate: { kind: "file", of: "file", doc: "Our certificate; only together with key." },
  keyPassword: {
    kind: "text",
    secret: true,
    form: VARIABLE,
    doc: "The environment variable with the password of the private key, as in ${NAME}.",
  },
  format: { kind: "choice", choices: FILE_FORMATS, doc: "Format of all these files." },
  profile: {
    kind: "choice",
    choices: TLS_PROFILES,
    doc: "Security profile; bcp195-nd by default.",
  },
  ciphers: {
    kind: "list",
    item: { kind: "text", form: NAME, doc: "Name of a cipher suite." },
    doc: "Cipher suites to offer besides those of the profile.",
  },
  serverName: { kind: "text", form: NAME, doc: "Name to ask for (SNI); none by default." },
  crl: {
    kind: "list",
    item: { kind: "file", of: "file", doc: "A file with a revocation list." },
    doc: "Files with revocation lists; those of defaults, group and command line are added.",
  },
  crlCheck: {
    kind: "choice",
    choices: CRL_CHECKS,
    doc: "What is looked up in the revocation lists; leaf where crl is given, else none.",
  },
  verifyHostname: {
    kind: "boolean",
    doc:
      "Whether the peer's certificate must be for its host; true by default with trustPublicRoots, else false.",
  },
  verifyHostnameAs: {
    kind: "text",
    form: { ...NAME, because: zerosIn },
    doc: "The name that the peer's certificate must be for, instead of its host.",
  },
  trustPublicRoots: {
    kind: "boolean",
    doc: "Whether public root certificates are trusted too; false by default.",
  },
  engine: {
    kind: "choice",
    choices: ["auto", ...TLS_ENGINES],
    doc: "Who speaks TLS: the runtime, our own engine, or (auto, the default) own where it must.",
  },
  peerCertificate: {
    kind: "choice",
    choices: PEER_CERTIFICATES,
    doc: "Whether the peer's certificate must be trusted; require by default.",
  },
} as const satisfies Fields;

const USER = {
  enabled: {
    kind: "boolean",
    doc:
      "Whether to send it; true where user is given, so that false switches an inherited one off.",
  },
  name: { kind: "text", form: USER_NAME, doc: "User name." },
  password: {
    kind: "text",
    secret: true,
    form: VARIABLE,
    doc: "The environment variable with the password, as in ${NAME}; only together with name.",
  },
  passwordFile: {
    kind: "file",
    of: "file",
    doc: "A file with the password, without its line end; only together with name.",
  },
  jwtFile: { kind: "file", of: "file", doc: "A file with a JSON Web Token, in place of a name." },
  samlFile: { kind: "file", of: "file", doc: "A file with a SAML assertion, in place of a name." },
  kerberosFile: {
    kind: "file",
    of: "file",
    doc: "A file with a Kerberos service ticket, in place of a name.",
  },
  response: { kind: "boolean", doc: "Ask the peer to confirm it; false by default." },
} as const satisfies Fields;

const EXPECT = {
  reachable: {
    kind: "boolean",
    doc:
      "False where no connection may come about, as with a firewall in between; true by default.",
  },
  rejected: {
    kind: "text",
    form: {
      pattern: "^(any|[0-9]{1,3}/[0-9]{1,3}/[0-9]{1,3})$",
      words: "any, or RESULT/SOURCE/REASON such as 1/1/3",
    },
    doc: "The association must be rejected: any reason, or these codes (PS3.8 Table 9-21).",
  },
  refused: {
    kind: "choice",
    choices: ["any"],
    doc:
      "The peer must refuse: reject the association, or accept it and abort before an echo is answered.",
  },
  maxLatency: {
    kind: "duration",
    minimum: 0.0001,
    maximum: DAY,
    doc: "Longest time that an echo may take.",
  },
  implementationVersion: {
    kind: "text",
    form: NAME,
    doc: "Implementation version name of the peer; * means any text, ? one character.",
  },
  tls: {
    kind: "mapping",
    fields: {
      minDaysValid: {
        kind: "integer",
        minimum: 0,
        maximum: 36_500,
        doc: "Days for which the peer's certificate must still be valid.",
      },
      warnDaysValid: {
        kind: "integer",
        minimum: 1,
        maximum: 36_500,
        doc:
          "Days before the end of a certificate of the peer from which on there is a warning; those of --expiry-warn by default.",
      },
      allow: {
        kind: "list",
        item: { kind: "choice", choices: TLS_WEAKNESSES, doc: "What may be weak." },
        doc: "What may be weak in the connection without a warning; nothing by default.",
      },
    },
    doc: "What is expected of the secured connection.",
  },
} as const satisfies Fields;

const SETTINGS = {
  calling: {
    sets: "callingAeTitle",
    kind: "text",
    form: AE_TITLE,
    doc: "Our AE title; ECHOSCU unless -aet says otherwise.",
  },
  called: {
    sets: "calledAeTitle",
    kind: "text",
    form: AE_TITLE,
    doc: "AE title of the peer; ANY-SCP unless -aec says otherwise.",
  },
  family: {
    sets: "family",
    kind: "choice",
    choices: ADDRESS_FAMILIES,
    doc: "IP version to connect over.",
  },
  sourceAddress: {
    kind: "text",
    form: {
      pattern: ADDRESS_PATTERN,
      words: "an IPv4 or IPv6 address of this machine, without a port",
      because: zerosIn,
    },
    doc: "Address of this machine to connect from; by default as the system chooses.",
  },
  timeouts: { kind: "mapping", fields: TIMEOUTS, doc: "Limits of waiting." },
  deadline: {
    kind: "duration",
    minimum: 0.001,
    maximum: DAY,
    doc: "Longest time of one attempt from beginning to end; none by default.",
  },
  repeat: {
    sets: "repeat",
    kind: "integer",
    minimum: 1,
    maximum: 1_000_000,
    doc: "Number of echoes over one association.",
  },
  interval: {
    sets: "intervalSeconds",
    kind: "duration",
    minimum: 0,
    maximum: DAY,
    doc: "Pause between echoes; none by default.",
  },
  maxPdu: {
    sets: "maximumLength",
    kind: "integer",
    minimum: 4096,
    maximum: 131_072,
    doc: "Largest PDU we accept, in bytes.",
  },
  proposals: {
    kind: "mapping",
    fields: PROPOSALS,
    doc: "What to offer in the association request.",
  },
  abort: { sets: "abort", kind: "boolean", doc: "End with an abort instead of a release." },
  tls: { kind: "mapping", fields: TLS, doc: "Use TLS, with these settings." },
  user: {
    kind: "mapping",
    fields: USER,
    doc: "The user identity to send (PS3.7 D.3.3.7); it replaces an inherited one as a whole.",
  },
  tags: {
    kind: "list",
    item: { kind: "text", form: TAG, doc: "A word to choose peers by." },
    doc:
      "Words to choose peers by, for --only and --except; those of defaults and group are added.",
  },
  note: { kind: "text", doc: "What this peer is; shown in reports." },
  contact: { kind: "text", doc: "Who looks after it; shown where it fails." },
  notify: {
    kind: "boolean",
    doc: "False where --notify shall say nothing about this peer; true by default.",
  },
  expect: { kind: "mapping", fields: EXPECT, doc: "What the peer is expected to do." },
} as const satisfies Fields;

/** Settings that defaults and groups can make. */
export const SETTINGS_ROW = {
  kind: "mapping",
  fields: SETTINGS,
  doc: "Settings for many peers.",
} as const satisfies MappingRow;

/** One peer. */
export const PEER_ROW = {
  kind: "mapping",
  fields: {
    name: { kind: "text", form: NAME, doc: "Name in reports, unique; by default HOST:PORT." },
    host: {
      kind: "text",
      required: true,
      form: {
        pattern: HOST_PATTERN,
        words: "a host name, an IPv4 or an IPv6 address; the port is a key of its own",
        because: zerosIn,
      },
      doc: "Host name or IP address.",
    },
    port: { kind: "integer", required: true, minimum: 1, maximum: 65_535, doc: "TCP port." },
    group: { kind: "text", form: NAME, doc: "Name of the group whose settings apply." },
    ...SETTINGS,
  },
  doc: "A peer.",
} as const satisfies MappingRow;

/** A whole file. */
export const PLAN_ROW = {
  kind: "mapping",
  fields: {
    title: { kind: "text", form: NAME, doc: "What reports call this plan." },
    site: { kind: "text", form: NAME, doc: "Where the peers are, for reports." },
    include: {
      kind: "list",
      item: { kind: "file", of: "plan", doc: "A plan file." },
      doc: "Other plan files, as if their content stood before that of this file.",
    },
    defaults: { ...SETTINGS_ROW, doc: "Settings for all peers." },
    groups: {
      kind: "named",
      names: NAME,
      item: { ...SETTINGS_ROW, doc: "Settings for the peers of this group." },
      doc: "Groups by name, with the settings of their peers.",
    },
    peers: { kind: "list", item: PEER_ROW, doc: "The peers in the order of reports." },
  },
  doc: "A plan for checking many DICOM peers with echoscu --plan.",
} as const satisfies FieldRow;

function zerosIn(host: string): string | undefined {
  return hasLeadingZeros(host) ? NO_LEADING_ZEROS : undefined;
}

/** Settings as they were read. */
export type Settings = MappingOf<typeof SETTINGS>;

/** What settings say in place of options. */
export type FilledOptions =
  & FilledBy<typeof SETTINGS>
  & FilledBy<typeof TIMEOUTS>
  & FilledBy<typeof PROPOSALS>;

/** A peer as it was read. */
export type PeerEntry = MappingOf<typeof PEER_ROW["fields"]>;

/** A file as it was read. */
export type PlanFile = MappingOf<typeof PLAN_ROW["fields"]>;
