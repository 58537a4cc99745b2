/** The tables of a history, as docs/history.md explains them, and how older ones become those of today. */

/** `PRAGMA application_id` of every history: `ECHO` in ASCII. Other databases are never written to. */
export const APPLICATION_ID = 0x4543484f;

/** What makes version n + 1 of version n; a release never changes one of them, but adds one. */
const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE peer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  peer_group TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  calling_ae_title TEXT NOT NULL,
  called_ae_title TEXT NOT NULL,
  UNIQUE (name, host, port, calling_ae_title, called_ae_title)
) STRICT;
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started_ms INTEGER NOT NULL,
  elapsed_ms REAL NOT NULL,
  every_s REAL,
  title TEXT,
  site TEXT,
  machine TEXT
) STRICT;
CREATE TABLE result (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  peer INTEGER NOT NULL REFERENCES peer (id),
  started_ms INTEGER NOT NULL,
  elapsed_ms REAL NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('passed', 'failed')),
  outcome TEXT NOT NULL CHECK (outcome IN ('verified', 'failed')),
  attempts INTEGER NOT NULL,
  stage TEXT,
  fault TEXT,
  situation TEXT,
  message TEXT,
  resolve_ms REAL,
  connect_ms REAL,
  tls_ms REAL,
  associate_ms REAL,
  echo_ms REAL,
  end_ms REAL,
  tls_days_left INTEGER
) STRICT;
CREATE INDEX result_of_peer ON result (peer, started_ms);
CREATE INDEX result_of_run ON result (run);
CREATE INDEX result_at ON result (started_ms);
CREATE VIEW results AS
  SELECT strftime('%Y-%m-%dT%H:%M:%fZ', result.started_ms / 1000.0, 'unixepoch') AS time,
    peer.name, peer_group, host, port, calling_ae_title, called_ae_title,
    verdict, outcome, attempts, stage, fault, situation, message,
    result.elapsed_ms, resolve_ms, connect_ms, tls_ms, associate_ms, echo_ms, end_ms,
    tls_days_left, result.started_ms, every_s, title, site, machine
  FROM result JOIN peer ON peer.id = result.peer JOIN run ON run.id = result.run;
`,
];

/** The version that is written now: `PRAGMA user_version`. */
export const SCHEMA_VERSION: number = MIGRATIONS.length;

/** What a database says of itself. */
export interface DatabaseMarks {
  /** Tables, indexes and views it has. */
  readonly objects: number;
  /** `PRAGMA application_id`. */
  readonly applicationId: number;
  /** `PRAGMA user_version`. */
  readonly version: number;
}

/** Why a database is not a history that this program may write to; `undefined`: it is one, or is empty. */
export function whyNotHistory({ objects, applicationId, version }: DatabaseMarks) {
  const isEmpty = objects === 0 && applicationId === 0 && version === 0;
  if (!isEmpty && applicationId !== APPLICATION_ID) return "it is the database of another program";
  if (version > SCHEMA_VERSION) {
    return `a later echoscu wrote it (version ${version}, this one knows ${SCHEMA_VERSION})`;
  }
  return undefined;
}

/** What is to be executed, within a transaction, so that a database of `version` becomes one of today. */
export function migrationFrom(version: number): string {
  if (version >= SCHEMA_VERSION) return "";
  return `${MIGRATIONS.slice(version).join("")}PRAGMA application_id = ${APPLICATION_ID};` +
    `PRAGMA user_version = ${SCHEMA_VERSION};`;
}
