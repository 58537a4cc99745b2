/** TLS servers of other stacks than OpenSSL, and whether our engine speaks with them: GnuTLS, Java, stunnel. */

import { missing, pathOf } from "./installed.ts";
import { startRealPeer } from "./real_peers.ts";
import { runInProcess } from "./run_in_process.ts";
import { runProgram } from "./run_program.ts";
import { startTlsServer } from "./tls_servers.ts";

/** One way for a server to be set up. */
export interface TlsStack {
  /** Whose it is, and how. */
  readonly name: string;
  /** Why it cannot run here; `undefined` when it can. */
  readonly missing: string | undefined;
  /** Whether the tests of every change have it too; the matrix has all. */
  readonly isShort: boolean;
  /** What our check with our own engine comes to in the folder of the test PKI; `undefined`: as it should. */
  readonly trouble: (folder: string) => Promise<string | undefined>;
}

const TRUSTING = ["+tla", "+cf", "ca.pem"];
const MUTUAL = ["+tls", "client-good.key", "client-good.pem", "+cf", "ca.pem"];

interface Check {
  readonly folder: string;
  readonly port: number;
  readonly ours: readonly string[];
}

/** Checks a server that speaks no DICOM: the handshake counts, and that the engine is ours. */
async function handshakeTrouble({ folder, port, ours }: Check): Promise<string | undefined> {
  const args = ["--tls-report", "-ta", "1", "-ts", "20", ...ours, "--tls-engine", "own"];
  const { stdout, stderr } = await runInProcess([...args, "127.0.0.1", String(port)], { folder });
  const hasTls = /^ {2}engine: +our own$/m.test(stdout) && !/^ {2}trust: +refused/m.test(stdout);
  return hasTls ? undefined : stdout + stderr;
}

/** Checks a DICOM server: the echo counts. */
async function echoTrouble({ folder, port, ours }: Check): Promise<string | undefined> {
  const args = [...ours, "--tls-engine", "own", "127.0.0.1", String(port)];
  const { code, stderr } = await runInProcess(args, { folder });
  return code === 0 ? undefined : stderr;
}

interface Gnutls {
  readonly name: string;
  /** After `NORMAL`. */
  readonly priority: string;
  readonly key?: string;
  readonly ours: readonly string[];
  readonly isMutual?: boolean;
  readonly isShort?: boolean;
}

function gnutls({ name, priority, key = "good", ours, isMutual, isShort }: Gnutls): TlsStack {
  const files = [`--x509keyfile=server-${key}.key`, `--x509certfile=server-${key}.pem`];
  const clients = isMutual ? ["-r", "--x509cafile=ca.pem"] : ["-a"];
  const command = ["gnutls-serv", "--echo", "-q", "-p", "{port}", ...files, ...clients];
  return {
    name: `gnutls-serv, ${name}`,
    missing: missing({ program: "gnutls-serv" }),
    isShort: isShort === true,
    async trouble(folder) {
      await using server = await startTlsServer(
        [...command, `--priority=NORMAL:%COMPAT${priority}`],
        folder,
      );
      return await handshakeTrouble({ folder, port: server.port, ours });
    },
  };
}

const OLD_12 = ":-VERS-ALL:+VERS-TLS1.2";

const GNUTLS: readonly Gnutls[] = [
  { name: "as it is", priority: "", ours: TRUSTING, isShort: true },
  {
    name: "TLS 1.0",
    priority: ":-VERS-ALL:+VERS-TLS1.0",
    ours: [...TRUSTING, "+pa"],
    isShort: true,
  },
  { name: "TLS 1.1", priority: ":-VERS-ALL:+VERS-TLS1.1", ours: [...TRUSTING, "+px"] },
  {
    name: "3DES and RSA key transport",
    priority: `${OLD_12}:-KX-ALL:+RSA:-CIPHER-ALL:+3DES-CBC`,
    ours: [...TRUSTING, "+pb"],
    isShort: true,
  },
  { name: "DHE alone", priority: `${OLD_12}:-KX-ALL:+DHE-RSA`, ours: TRUSTING, isShort: true },
  {
    name: "Camellia",
    priority: `${OLD_12}:-KX-ALL:+RSA:-CIPHER-ALL:+CAMELLIA-256-CBC`,
    ours: [...TRUSTING, "+px", "+cs", "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"],
  },
  {
    name: "AES-CBC without encrypt-then-MAC",
    priority: `${OLD_12}:-KX-ALL:+RSA:-CIPHER-ALL:+AES-128-CBC:%NO_ETM`,
    ours: [...TRUSTING, "+pa"],
  },
  {
    name: "no extended master secret, no session ticket",
    priority: `${OLD_12}:%NO_SESSION_HASH:%NO_TICKETS`,
    ours: TRUSTING,
  },
  {
    name: "ChaCha20 in TLS 1.2",
    priority: `${OLD_12}:-CIPHER-ALL:+CHACHA20-POLY1305`,
    ours: [...TRUSTING, "+cs", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"],
  },
  { name: "P-521 alone", priority: ":-GROUP-ALL:+GROUP-SECP521R1", ours: TRUSTING },
  {
    name: "X448 alone",
    priority: ":-GROUP-ALL:+GROUP-X448",
    ours: [...TRUSTING, "+pg"],
  },
  { name: "an Ed448 key", priority: "", key: "ed448", ours: ["+tla", "-ic"] },
  { name: "an RSA-PSS key", priority: "", key: "rsapss", ours: ["+tla", "-ic"] },
  { name: "a certificate wanted", priority: "", ours: MUTUAL, isMutual: true, isShort: true },
  {
    name: "a certificate wanted, TLS 1.2",
    priority: OLD_12,
    ours: MUTUAL,
    isMutual: true,
  },
];

interface Java {
  readonly protocol: string;
  readonly suite?: string;
  readonly key?: string;
  readonly ours: readonly string[];
  readonly isMutual?: boolean;
  readonly isShort?: boolean;
}

/** Why Java cannot run a file of source; `undefined` when it can. */
function javaMissing(): string | undefined {
  const found = missing({ program: "java" });
  return found ??
    (missing({ program: "javac" }) && "javac is not installed, TlsEcho.java cannot be compiled");
}

function java({ protocol, suite = "any", key = "good", ours, isMutual, isShort }: Java): TlsStack {
  return {
    name: `Java, ${protocol}, ${suite}, key ${key}${isMutual ? ", a certificate wanted" : ""}`,
    missing: javaMissing() ?? missing({ program: "openssl" }),
    isShort: isShort === true,
    async trouble(folder) {
      await compiled(folder);
      const [own, trusted] = [`java-${key}.p12`, "java-ca.p12"];
      await pkcs12(
        ["-inkey", `server-${key}.key`, "-in", `server-${key}.pem`, "-out", own],
        folder,
      );
      // Java also trusts the certificate of a key: OpenSSL before 3.2 cannot mark one that has none.
      await pkcs12(["-inkey", "ca.key", "-in", "ca.pem", "-out", trusted], folder);
      const wish = isMutual ? "want" : "none";
      const program = ["java", "-XX:TieredStopAtLevel=1", "-cp", folder, "TlsEcho"];
      const command = [...program, "{port}", own, trusted, protocol, suite, wish];
      await using server = await startTlsServer(command, folder);
      return await handshakeTrouble({ folder, port: server.port, ours });
    },
  };
}

async function pkcs12(args: readonly string[], folder: string): Promise<void> {
  await ran(["openssl", "pkcs12", "-export", "-passout", "pass:secret", ...args], folder);
}

/** Compiles the server into `folder`, once for each. */
async function compiled(folder: string): Promise<void> {
  const made = classes.get(folder) ??
    ran(
      ["javac", "-J-XX:TieredStopAtLevel=1", "-d", folder, pathOf("foreign/TlsEcho.java")],
      folder,
    );
  classes.set(folder, made);
  await made;
}

const classes = new Map<string, Promise<void>>();

async function ran([command = "", ...args]: readonly string[], cwd: string): Promise<void> {
  const { code, stderr } = await runProgram({ command, args: [] }, { args, cwd });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${stderr}`);
}

const JAVA: readonly Java[] = [
  { protocol: "TLSv1.3", ours: TRUSTING, isShort: true },
  { protocol: "TLSv1.2", suite: "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", ours: TRUSTING },
  { protocol: "TLSv1.2", suite: "TLS_RSA_WITH_AES_128_CBC_SHA", ours: [...TRUSTING, "+pa"] },
  { protocol: "TLSv1", suite: "TLS_RSA_WITH_AES_128_CBC_SHA", ours: [...TRUSTING, "+pa"] },
  { protocol: "TLSv1.1", suite: "SSL_RSA_WITH_3DES_EDE_CBC_SHA", ours: [...TRUSTING, "+pb"] },
  { protocol: "TLSv1", suite: "SSL_RSA_WITH_NULL_SHA", ours: [...TRUSTING, "+pn"] },
  { protocol: "TLSv1.3", key: "ec521", ours: ["+tla", "-ic"] },
  { protocol: "TLSv1.3", ours: MUTUAL, isMutual: true },
  { protocol: "TLSv1.2", ours: MUTUAL, isMutual: true },
];

/** stunnel before a `storescp` that knows nothing of TLS. */
function stunnel(
  name: string,
  { lines, ours, isShort }: {
    readonly lines: readonly string[];
    readonly ours: readonly string[];
    readonly isShort: boolean;
  },
): TlsStack {
  return {
    name: `stunnel, ${name}, with storescp after it`,
    missing: missing({ program: "stunnel" }) ?? missing({ program: "storescp" }),
    isShort,
    async trouble(folder) {
      await using plain = await startRealPeer("storescp");
      const settings = [
        "foreground = yes",
        "pid =",
        "output = /dev/null",
        "[dicom]",
        "accept = 127.0.0.1:{port}",
        `connect = 127.0.0.1:${plain.port}`,
        "cert = server-good.pem",
        "key = server-good.key",
        ...lines,
      ];
      const file = `stunnel-${plain.port}.conf`;
      const script = `printf '%s\\n' '${settings.join("' '")}' > ${file}; exec stunnel ${file}`;
      await using server = await startTlsServer(["sh", "-c", script], folder);
      return await echoTrouble({ folder, port: server.port, ours });
    },
  };
}

/** All of them. */
export const TLS_STACKS: readonly TlsStack[] = [
  ...GNUTLS.map(gnutls),
  ...JAVA.map(java),
  stunnel("TLS 1.3", { lines: ["sslVersionMin = TLSv1.3"], ours: TRUSTING, isShort: false }),
  stunnel("TLS 1.2 and a certificate wanted", {
    lines: ["sslVersionMax = TLSv1.2", "verifyChain = yes", "CAfile = ca.pem"],
    ours: MUTUAL,
    isShort: true,
  }),
  stunnel("AES128-SHA alone", {
    lines: ["sslVersionMax = TLSv1.2", "ciphers = AES128-SHA:@SECLEVEL=0"],
    ours: [...TRUSTING, "+px"],
    isShort: false,
  }),
];
