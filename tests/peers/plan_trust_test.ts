/**
 * Every TLS setting counts from every place it can be written in: command line, defaults, group, peer.
 *
 * Each cell is a check of a real server whose outcome turns on that one setting. The table is printed.
 */

import assert from "node:assert/strict";
import { loadPlanFiles, type PlanFiles } from "../../src/plan/mod.ts";
import { DEBIAN_PYTHON, missing, pathOf } from "../support/installed.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { clientTlsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { startTlsServer, type TlsServer } from "../support/tls_servers.ts";

type TlsKey = keyof PlanFiles["TLS_SETTINGS"];

const PLACES = ["nowhere", "command line", "defaults", "group", "peer"] as const;
type Place = typeof PLACES[number];
type Verdict = "passed" | "failed";

function storescp(certificate: string, ...more: readonly string[]): readonly string[] {
  const own = ["+tls", `server-${certificate}.key`, `server-${certificate}.pem`];
  return ["storescp", ...own, ...more, "--ignore", "{port}"];
}

const CHACHA20 = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";

const SERVERS = {
  "good": storescp("good", "-ic"),
  "mutual": storescp("good", "+cf", "ca.pem"),
  "revoked": storescp("revoked", "-ic"),
  "other host": storescp("wronghost", "-ic"),
  "untrusted": storescp("untrusted", "-ic"),
  "ChaCha20": storescp("good", "-ic", "+pn", "+cs", CHACHA20),
  "old": storescp("good", "-ic", "+pa"),
  "by name": [
    DEBIAN_PYTHON,
    pathOf("foreign/tls_scp.py"),
    "{port}",
    "server-good.pem",
    "server-good.key",
    "--name",
    "pacs.example.org",
  ],
} as const;

interface Setting {
  readonly server: keyof typeof SERVERS;
  /** The setting on the command line. */
  readonly options: readonly string[];
  /** The setting in a `tls` mapping. */
  readonly plan: string;
  /** What the check comes to with it, and the opposite without. */
  readonly verdict: Verdict;
  /** What else is on the command line. */
  readonly base?: readonly string[];
}

const TRUST = ["+tla", "+cf", "ca.pem"];
const LOCKED = ["+tls", "client-good.pbes2.key", "client-good.pem", "+cf", "ca.pem"];
const PAIR = {
  server: "mutual",
  options: ["+tls", "client-good.key", "client-good.pem"],
  plan: "key: client-good.key, certificate: client-good.pem",
  verdict: "passed",
} as const;

const SETTINGS: Readonly<Record<TlsKey, Setting>> = {
  enabled: { server: "good", options: ["-tls"], plan: "enabled: false", verdict: "failed" },
  ca: {
    server: "good",
    options: ["+cf", "ca.pem"],
    plan: "ca: [ca.pem]",
    verdict: "passed",
    base: ["+tla"],
  },
  caDirectories: {
    server: "good",
    options: ["+cd", "hashdir"],
    plan: "caDirectories: [hashdir]",
    verdict: "passed",
    base: ["+tla"],
  },
  key: PAIR,
  certificate: PAIR,
  keyPassword: {
    server: "mutual",
    options: ["+pw", "secret"],
    plan: 'keyPassword: "${KEY_PASSWORD}"',
    verdict: "passed",
    base: LOCKED,
  },
  format: {
    server: "good",
    options: ["-der"],
    plan: "format: der",
    verdict: "passed",
    base: ["+tla", "+cf", "ca.der"],
  },
  profile: {
    server: "ChaCha20",
    options: ["+pm"],
    plan: "profile: 8996-mod",
    verdict: "passed",
  },
  ciphers: {
    server: "ChaCha20",
    options: ["+cs", CHACHA20],
    plan: `ciphers: [${CHACHA20}]`,
    verdict: "passed",
  },
  serverName: {
    server: "by name",
    options: ["--request-sni", "pacs.example.org"],
    plan: "serverName: pacs.example.org",
    verdict: "passed",
  },
  crl: {
    server: "revoked",
    options: ["+crl", "ca.crl.pem"],
    plan: "crl: [ca.crl.pem]",
    verdict: "failed",
  },
  crlCheck: {
    server: "revoked",
    options: ["+crv"],
    plan: "crlCheck: leaf",
    verdict: "failed",
    base: ["+tla", "+cf", "ca-and-crl.pem"],
  },
  verifyHostname: {
    server: "other host",
    options: ["--verify-hostname"],
    plan: "verifyHostname: true",
    verdict: "failed",
  },
  verifyHostnameAs: {
    server: "other host",
    options: ["--verify-hostname-as", "pacs.example.org"],
    plan: "verifyHostnameAs: pacs.example.org",
    verdict: "passed",
    base: [...TRUST, "--verify-hostname"],
  },
  trustPublicRoots: {
    server: "other host",
    options: ["--trust-public-roots"],
    plan: "trustPublicRoots: true",
    verdict: "failed",
  },
  engine: {
    server: "old",
    options: ["--tls-engine", "runtime"],
    plan: "engine: runtime",
    verdict: "failed",
    base: [...TRUST, "+px"],
  },
  peerCertificate: {
    server: "untrusted",
    options: ["-ic"],
    plan: "peerCertificate: ignore",
    verdict: "passed",
  },
};

/** A plan of one peer that has a `tls` mapping, with `setting` at `place`. */
function planOf(setting: Setting, at: { readonly place: Place; readonly port: number }): string {
  const { place, port } = at;
  const said = (where: Place) => `{ tls: { ${place === where ? setting.plan : ""} } }`;
  const isPlain = setting.plan.startsWith("enabled") && place !== "peer";
  const own = isPlain ? "" : `, tls: { ${place === "peer" ? setting.plan : ""} }`;
  return `${place === "defaults" ? `defaults: ${said("defaults")}\n` : ""}groups:
  g: ${place === "group" ? said("group") : "{}"}
peers:
  - { name: p, host: 127.0.0.1, port: ${port}, group: g, timeouts: { acse: 5 }${own} }
`;
}

async function verdictOf(
  setting: Setting,
  at: { readonly place: Place; readonly port: number; readonly folder: string },
): Promise<Verdict> {
  const { base = TRUST } = setting;
  const isHere = at.place === "command line";
  // What switches TLS off takes the options away that need it.
  const options = isHere && setting.plan.startsWith("enabled") ? [] : base;
  const args = ["--plan", "plan.yaml", ...options, ...(isHere ? setting.options : [])];
  const files = { "plan.yaml": planOf(setting, at) };
  const run = await runInProcess(args, {
    folder: at.folder,
    files,
    env: { KEY_PASSWORD: "secret" },
  });
  const verdict = /^(passed|failed)\tp\t/m.exec(run.stdout)?.[1] ??
    /TLS cannot be set up for peer p/.exec(run.stderr)?.[0];
  assert.ok(verdict !== undefined, `${args.join(" ")}\n${run.stdout}${run.stderr}`);
  return verdict === "passed" ? "passed" : "failed";
}

testWith({
  name: "every TLS setting counts from the command line, defaults, group and peer",
  missing: missing({ program: "storescp" }) ?? await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    const servers = new Map<string, TlsServer>();
    const rows: Record<string, Record<Place, Verdict>> = {};
    try {
      const { TLS_SETTINGS } = await loadPlanFiles();
      for (const key of Object.keys(TLS_SETTINGS) as TlsKey[]) {
        const setting = SETTINGS[key];
        const { server } = setting;
        const running = servers.get(server) ?? await startTlsServer(SERVERS[server], folder);
        servers.set(server, running);
        const cells = [];
        for (const place of PLACES) {
          const verdict = await verdictOf(setting, { place, port: running.port, folder });
          cells.push([place, verdict] as const);
        }
        rows[`${key} (${setting.options.join(" ")})`] = Object.fromEntries(cells) as Record<
          Place,
          Verdict
        >;
      }
    } finally {
      for (const server of servers.values()) await server[Symbol.asyncDispose]();
    }
    console.table(rows);
    const wanted = Object.values(SETTINGS).map(({ verdict }) =>
      PLACES.map((place) => (verdict === "passed") === (place !== "nowhere") ? "passed" : "failed")
    );
    assert.deepEqual(Object.values(rows).map((row) => PLACES.map((place) => row[place])), wanted);
  },
});
