/**
 * Who can be spoken to, in one run: versions, suites, keys of servers and of ours, with our own engine alone. Against
 * `openssl s_server` a cell is a handshake after which the server has the first PDU; against `storescp` a complete
 * C-ECHO.
 *
 * `+`: it speaks. `.`: the standard leaves nothing to speak (such a cell must fail). `X`: it should speak and does not.
 * `-`: left out, and why.
 */

import { startOpensslServer } from "../support/openssl_server.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { startTlsServer } from "../support/tls_servers.ts";
import { TLS_STACKS } from "../support/tls_stacks.ts";
import { SUITES } from "../../src/tls/mod.ts";

const VERSIONS = ["tls1", "tls1_1", "tls1_2"] as const;
const ALL = ["-cipher", "ALL:eNULL:@SECLEVEL=0"];
const OWN = ["--tls-engine", "own"];
const folder = await sharedPki();
let wrong = 0;
let cells = 0;

function mark(isSpoken: boolean, isWanted: boolean): string {
  cells += 1;
  if (isSpoken === isWanted) return isSpoken ? "+" : ".";
  wrong += 1;
  return "X";
}

/** Whether the server gets the first PDU of a check with these options. */
async function reaches(server: readonly string[], ours: readonly string[]): Promise<boolean> {
  await using running = await startOpensslServer(server, folder);
  const args = ["-ta", "1", "-ts", "3", ...ours, "127.0.0.1", String(running.port)];
  await runInProcess(args, { folder });
  return (await running.stop()).received[0] === 1;
}

async function echoes(server: readonly string[], ours: readonly string[]): Promise<boolean> {
  const command = ["storescp", ...server, "--ignore", "{port}"];
  await using running = await startTlsServer(command, folder);
  const args = [...ours, "127.0.0.1", String(running.port)];
  return (await runInProcess(args, { folder })).code === 0;
}

function shown(name: string): readonly string[] {
  return ["-cert", `${name}.pem`, "-key", `${name}.key`];
}

/** A certificate whose key fits a suite. */
function fitting(suite: string): string {
  if (suite.includes("_ECDSA_")) return "server-ec";
  return suite.includes("_DSS_") ? "server-dsa" : "server-good";
}

console.log(`suites with openssl s_server: ${VERSIONS.join(", ")}`);
for (const { name, logName } of SUITES) {
  const isNew = /GCM|POLY1305|SHA256|SHA384/.test(logName);
  const row: string[] = [];
  for (const version of VERSIONS) {
    const server = [...shown(fitting(name)), `-${version}`, ...ALL];
    const profile = name.includes("NULL") ? ["+pn"] : ["+pa", "+cs", name];
    // The profile's own suite would do as well, so the server has this one alone.
    const only = [...server.slice(0, -1), `${logName}:@SECLEVEL=0`];
    const ours = ["+tla", "+cf", "ca.pem", ...profile, ...OWN];
    row.push(mark(await reaches(only, ours), !isNew || version === "tls1_2"));
  }
  console.log(`  ${row.join(" ")}  ${name}`);
}

const KEYS = {
  "good": "1 1.1 1.2 1.3",
  "rsa1024": "1 1.1 1.2 1.3",
  "rsa4096": "1 1.1 1.2 1.3",
  "rsapss": "1.2 1.3",
  "ec": "1 1.1 1.2 1.3",
  "ec384": "1 1.1 1.2 1.3",
  "ec521": "1 1.1 1.2 1.3",
  "ed25519": "1.2 1.3",
  "ed448": "1.2 1.3",
  "bp256": "1 1.1 1.2",
  "k256": "1 1.1 1.2",
  "dsa": "1 1.1 1.2",
} as const;
const NAMES = { "1": "tls1", "1.1": "tls1_1", "1.2": "tls1_2", "1.3": "tls1_3" } as const;
const WIDE = ["ECDHE_ECDSA", "ECDHE_RSA", "DHE_DSS"].flatMap((exchange) => [
  "+cs",
  `TLS_${exchange}_WITH_AES_128_CBC_SHA`,
]);

console.log("keys of servers with openssl s_server: TLS 1.0, 1.1, 1.2, 1.3");
for (const [key, spoken] of Object.entries(KEYS)) {
  const row: string[] = [];
  for (const [version, flag] of Object.entries(NAMES)) {
    const server = [...shown(`server-${key}`), `-${flag}`, ...ALL];
    const ours = ["+tla", "-ic", "+px", ...WIDE, ...OWN];
    row.push(mark(await reaches(server, ours), spoken.split(" ").includes(version)));
  }
  console.log(`  ${row.join(" ")}  ${key}`);
}

const OURS = {
  "client-good": "1 1.1 1.2 1.3",
  "client-rsa1024": "1 1.1 1.2 1.3",
  "client-ec": "1 1.1 1.2 1.3",
  "client-ed25519": "1.2 1.3",
  "client-dsa": "1 1.1 1.2",
  "server-ec384": "1.2 1.3",
  "server-ec521": "1.2 1.3",
  "server-ed448": "1.2 1.3",
  "server-rsapss": "1.2 1.3",
} as const;

console.log("keys of ours with openssl s_server that wants one: TLS 1.0, 1.1, 1.2, 1.3");
for (const [key, spoken] of Object.entries(OURS)) {
  const row: string[] = [];
  for (const [version, flag] of Object.entries(NAMES)) {
    const wanting = ["-Verify", "2", "-CAfile", "ca.pem"];
    const server = [...shown("server-good"), `-${flag}`, ...ALL, ...wanting];
    const ours = ["+tls", `${key}.key`, `${key}.pem`, "-ic", "+px", ...OWN];
    row.push(mark(await reaches(server, ours), spoken.split(" ").includes(version)));
  }
  console.log(`  ${row.join(" ")}  ${key}`);
}

const PROFILES = ["+py", "+px", "+pz", "+pa", "+pn"] as const;
/** Profiles of a client that each profile of the reference's server meets. */
const MEETS: Readonly<Record<string, string>> = {
  "+py": "+py +px +pz",
  "+px": "+py +px +pz +pa",
  "+pz": "+py +px +pz",
  "+pa": "+px +pa",
  "+pn": "+pn",
};

console.log(`complete C-ECHO with storescp, ours ${PROFILES.join(", ")}:`);
for (const theirs of PROFILES) {
  const row: string[] = [];
  for (const profile of PROFILES) {
    const server = ["+tls", "server-good.key", "server-good.pem", "+cf", "ca.pem", theirs];
    const own = ["+tls", "client-good.key", "client-good.pem", "+cf", "ca.pem"];
    const isWanted = (MEETS[theirs] ?? "").split(" ").includes(profile);
    row.push(mark(await echoes(server, [...own, profile, ...OWN]), isWanted));
  }
  console.log(`  ${row.join(" ")}  storescp ${theirs}`);
}

console.log("servers of other stacks: a handshake, with stunnel a complete C-ECHO");
for (const { name, missing, trouble } of TLS_STACKS) {
  const found = missing ?? await trouble(folder);
  const sign = missing === undefined ? mark(found === undefined, true) : "-";
  console.log(`  ${sign}  ${name}${found === undefined ? "" : `: ${found.trim()}`}`);
}

console.log(`${cells} cells, ${wrong} not as they should be`);
Deno.exitCode = wrong === 0 ? 0 : 1;
