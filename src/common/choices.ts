/** Closed lists of words that options, plans, logs and reports share. */

/** IP versions to connect over. */
export const ADDRESS_FAMILIES = ["any", "ipv4", "ipv6"] as const;

/** One of them; `any`: the one that answers first. */
export type AddressFamily = typeof ADDRESS_FAMILIES[number];

/** Levels of events of the log, the gravest first, as the usage text lists them. */
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace"] as const;

/** One of them. */
export type LogLevel = typeof LOG_LEVELS[number];

/** Formats of reports, as the usage text lists them. */
export const REPORT_FORMATS = [
  "text",
  "json",
  "jsonl",
  "junit",
  "prometheus",
  "nagios",
  "csv",
  "html",
] as const;

/** One of them. */
export type ReportFormat = typeof REPORT_FORMATS[number];

/** Security profiles by the names that options and plans have for them. */
export const TLS_PROFILES = [
  "bcp195-nd",
  "bcp195",
  "bcp195-ex",
  "8996",
  "8996-mod",
  "basic",
  "aes",
  "null",
] as const;

/** One of them. */
export type TlsProfileName = typeof TLS_PROFILES[number];

/** Who makes a handshake: the runtime's TLS, or the program's own engine. */
export const TLS_ENGINES = ["runtime", "own"] as const;

/** One of them. */
export type TlsEngine = typeof TLS_ENGINES[number];

/** What is looked up in revocation lists: nothing, the peer's certificate, or its whole chain. */
export const CRL_CHECKS = ["none", "leaf", "chain"] as const;

/** One of them. */
export type CrlCheck = typeof CRL_CHECKS[number];

/** Formats of key, certificate and CRL files. */
export const FILE_FORMATS = ["pem", "der"] as const;

/** One of them. */
export type FileFormat = typeof FILE_FORMATS[number];

/** Whether the peer's certificate must verify. */
export const PEER_CERTIFICATES = ["require", "ignore"] as const;

/** One of them. */
export type PeerCertificate = typeof PEER_CERTIFICATES[number];

/** What servers that take messages by HTTP understand. */
export const NOTIFY_FORMATS = [
  "json",
  "slack",
  "mattermost",
  "teams",
  "discord",
  "ntfy",
  "alertmanager",
] as const;

/** One of them. */
export type NotifyFormat = (typeof NOTIFY_FORMATS)[number];
