/**
 * Makes a throwaway test PKI with the openssl program: CAs, servers, clients, keys in every encoding, CRLs, hashed
 * directories. Nothing in it is secret; the pass phrase of every encrypted key is `secret`.
 *
 *     deno run --allow-read --allow-write --allow-run=openssl tests/tools/test_pki.ts DIRECTORY
 */

import {
  CA_ROWS,
  type CertificateRow,
  EXTENSION_SECTIONS,
  type KeyRow,
  LEAF_ROWS,
} from "./test_pki_rows.ts";

/** Pass phrase of the encrypted keys. */
export const PASS_PHRASE = "secret";

const START = "20200101000000Z";
const END = "20491231235959Z";

/** Whether the openssl program is there. */
export async function hasOpenssl(): Promise<boolean> {
  try {
    await new Deno.Command("openssl", { args: ["version"], stdout: "null" }).output();
    return true;
  } catch {
    return false;
  }
}

/** Makes the PKI in a directory that exists. Takes a few seconds. */
export async function makeTestPki(directory: string): Promise<void> {
  const pki = new PkiMaker(directory);
  await pki.prepare();
  for (const row of CA_ROWS) await pki.makeCertificate(row);
  for (const row of LEAF_ROWS) await pki.makeCertificate(row);
  await pki.makeOddCertificates();
  await pki.makeBrokenHierarchies();
  await pki.makeBundles();
  await pki.encodeKeys();
  await pki.makeCrls();
  await pki.makeDirectories();
}

class PkiMaker {
  readonly #directory: string;
  #leafCount = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async prepare(): Promise<void> {
    let config = `[ req ]
distinguished_name = dn
prompt = no
string_mask = utf8only
[ dn ]
CN = placeholder
[ pol ]
countryName = optional
organizationName = optional
commonName = supplied
`;
    for (const { name } of CA_ROWS) {
      await Deno.mkdir(`${this.#directory}/db/${name}`, { recursive: true });
      await this.write(`db/${name}/index.txt`, "");
      await this.write(`db/${name}/serial`, "1000\n");
      await this.write(`db/${name}/crlnumber`, "01\n");
      config += `[ ${name} ]
database = db/${name}/index.txt
serial = db/${name}/serial
crlnumber = db/${name}/crlnumber
new_certs_dir = db/${name}
certificate = ${name}.pem
private_key = ${name}.key
default_md = sha256
policy = pol
unique_subject = no
email_in_dn = no
copy_extensions = none
default_days = 3650
default_crl_days = 3650
`;
    }
    await this.write("openssl.cnf", config + EXTENSION_SECTIONS);
    await this.openssl(
      "genpkey",
      "-genparam",
      "-algorithm",
      "DSA",
      "-out",
      "dsa.params",
      "-pkeyopt",
      "dsa_paramgen_bits:2048",
    );
    for (const i of [0, 1, 2]) await this.openssl(...generate("rsa"), "-out", `shared${i}.key`);
  }

  /** Runs openssl in the directory; its complaints are the error. */
  async openssl(...args: readonly string[]): Promise<string> {
    const command = new Deno.Command("openssl", {
      args: [...args],
      cwd: this.#directory,
      stdin: "null",
    });
    const { code, stdout, stderr } = await command.output();
    const decoder = new TextDecoder();
    if (code !== 0) throw new Error(`openssl ${args.join(" ")}: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  }

  async write(path: string, text: string): Promise<void> {
    await Deno.writeTextFile(`${this.#directory}/${path}`, text);
  }

  async read(path: string): Promise<string> {
    return await Deno.readTextFile(`${this.#directory}/${path}`);
  }

  /** Joins files of the directory into one. */
  async join(target: string, ...sources: readonly string[]): Promise<void> {
    const texts: string[] = [];
    for (const source of sources) texts.push(await this.read(source));
    await this.write(target, texts.join(""));
  }

  async makeKey(name: string, kind: KeyRow): Promise<void> {
    const isLeaf = name.startsWith("server") || name.startsWith("client");
    if (kind === "rsa" && isLeaf) {
      await this.join(`${name}.key`, `shared${this.#leafCount++ % 3}.key`);
    } else {
      await this.openssl(...generate(kind), "-out", `${name}.key`);
    }
  }

  async makeCertificate(row: CertificateRow): Promise<void> {
    await this.makeKey(row.name, row.key);
    const subject = `/O=Test PKI/CN=${row.commonName}`;
    await this.makeRequest(row.name, subject);
    const [start, end] = row.validity ?? [START, END];
    const isRoot = row.issuer === row.name;
    if (isRoot) {
      await this.openssl(
        "req",
        "-x509",
        "-config",
        "openssl.cnf",
        "-key",
        `${row.name}.key`,
        "-subj",
        subject,
        "-days",
        "1",
        "-out",
        `${row.name}.pem`,
      );
    }
    const hash = row.hash ?? "sha256";
    await this.openssl(
      ...["ca", "-batch", "-notext", "-config", "openssl.cnf", "-name", row.issuer],
      ...(isRoot ? ["-selfsign"] : []),
      ...["-in", `${row.name}.csr`, "-extensions", row.section, "-md", hash],
      ...["-startdate", start, "-enddate", end, "-out", `${row.name}.new`],
    );
    await Deno.rename(`${this.#directory}/${row.name}.new`, `${this.#directory}/${row.name}.pem`);
  }

  async makeRequest(name: string, subject: string): Promise<void> {
    await this.openssl(
      "req",
      "-new",
      "-utf8",
      "-multivalue-rdn",
      "-config",
      "openssl.cnf",
      "-key",
      `${name}.key`,
      "-subj",
      subject,
      "-out",
      `${name}.csr`,
    );
  }

  /** Signs a request without the CA's database. */
  async signRequest(name: string, issuer: string, more: readonly string[]): Promise<void> {
    await this.openssl(
      ...["x509", "-req", "-in", `${name}.csr`, "-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`],
      ...["-days", "9000", "-sha256", "-out", `${name}.pem`, ...more],
    );
  }

  async makeOddCertificates(): Promise<void> {
    for (const [name, cn] of [["server", "localhost"], ["client", "Self Signed Client"]]) {
      const file = `${name}-selfsigned`;
      await this.makeKey(file, "rsa");
      await this.openssl(
        "req",
        "-x509",
        "-config",
        "openssl.cnf",
        "-extensions",
        "x_noeku",
        "-key",
        `${file}.key`,
        "-subj",
        `/O=Test PKI/CN=${cn}`,
        "-days",
        "9000",
        "-sha256",
        "-out",
        `${file}.pem`,
      );
    }
    await this.makeKey("server-v1", "rsa");
    await this.makeRequest("server-v1", "/O=Test PKI/CN=localhost");
    await this.signRequest("server-v1", "ca", ["-set_serial", "0x2001"]);
    await this.makeKey("server-odd", "rsa");
    const subject =
      "/C=DE/O=Müller \\/ Söhne, GmbH/OU=A+OU=B/CN=local host/emailAddress=a@b.example";
    await this.makeRequest("server-odd", subject);
    await this.signRequest("server-odd", "ca", [
      ...["-days", "13000", "-extfile", "openssl.cnf", "-extensions", "x_srv"],
      ...["-set_serial", "0x7766554433221100ffeeddccbbaa998877665544"],
    ]);
  }

  async makeBrokenHierarchies(): Promise<void> {
    const rows = [
      ["subca", "int", "x_ca", "Test Sub CA", []],
      ["client-subca", "subca", "x_cli", "Client of Sub CA", ["subca.pem", "int.pem"]],
      ["client-byleaf", "server-noeku", "x_cli", "Client of a leaf", ["server-noeku.pem"]],
      ["client-byku", "server-good", "x_cli", "Client of a leaf with KU", ["server-good.pem"]],
    ] as const;
    for (const [i, [name, issuer, section, cn, chain]] of rows.entries()) {
      await this.makeKey(name, "rsa");
      await this.makeRequest(name, `/O=Test PKI/CN=${cn}`);
      await this.signRequest(name, issuer, [
        "-set_serial",
        String(0x3001 + i),
        "-extfile",
        "openssl.cnf",
        "-extensions",
        section,
      ]);
      await this.join(`${name}.pem`, `${name}.pem`, ...chain);
    }
  }

  async makeBundles(): Promise<void> {
    await this.join("ca-int.pem", "ca.pem", "int.pem");
    await this.join("bundle.pem", "ca.pem", "otherca.pem");
    await this.join("server-int-chain.pem", "server-int.pem", "int.pem");
    await this.join("server-int-full.pem", "server-int.pem", "int.pem", "ca.pem");
    await this.join("client-int-chain.pem", "client-int.pem", "int.pem");
    await this.join("client-good.keycert.pem", "client-good.key", "client-good.pem");
    await this.join("client-good.certkey.pem", "client-good.pem", "client-good.key");
    const text = await this.openssl("x509", "-in", "client-good.pem", "-text");
    await this.write("client-good.text.pem", `free text before the block\n${text}`);
    for (const name of ["client-good.key", "client-good.pem"]) {
      await this.write(
        name.replace(".", ".crlf."),
        (await this.read(name)).replaceAll("\n", "\r\n"),
      );
    }
    await this.openssl("x509", "-in", "ca.pem", "-trustout", "-out", "ca.trusted.pem");
    for (const name of ["ca", "int", "client-good", "server-good"]) {
      await this.openssl("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
    }
    await this.write("garbage.txt", "this is not a certificate\n");
    await this.write("empty.txt", "");
  }

  async encodeKeys(): Promise<void> {
    const key = "client-good.key";
    const pass = ["-passout", `pass:${PASS_PHRASE}`];
    const pkcs8 = (name: string, ...args: readonly string[]) =>
      this.openssl("pkcs8", ...args, "-topk8", "-in", key, "-out", `client-good.${name}`);
    await pkcs8("pk8.key.der", "-nocrypt", "-outform", "DER");
    await pkcs8("pbes2.key", "-v2", "aes-256-cbc", ...pass);
    await pkcs8("pbes2-aes128-sha1.key", "-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1", ...pass);
    await pkcs8("pbes2-aes192.key", "-v2", "aes-192-cbc", ...pass);
    await pkcs8("pbes2-des3.key", "-v2", "des3", ...pass);
    await pkcs8("scrypt.key", "-scrypt", ...pass);
    await pkcs8("pbe3des.key", "-v1", "PBE-SHA1-3DES", ...pass);
    await pkcs8("pbes2.key.der", "-v2", "aes-256-cbc", "-outform", "DER", ...pass);
    await pkcs8("emptypass.key", "-v2", "aes-256-cbc", "-passout", "pass:");
    await pkcs8(
      "pbemd5des.key",
      "-provider",
      "legacy",
      "-provider",
      "default",
      "-v1",
      "PBE-MD5-DES",
      ...pass,
    );
    await this.openssl("rsa", "-traditional", "-in", key, "-out", "client-good.trad.key");
    await this.openssl(
      "rsa",
      "-traditional",
      "-in",
      key,
      "-outform",
      "DER",
      "-out",
      "client-good.trad.key.der",
    );
    for (const cipher of ["des3", "aes128", "aes192", "aes256", "camellia256"]) {
      await this.openssl(
        "rsa",
        "-traditional",
        `-${cipher}`,
        "-in",
        key,
        ...pass,
        "-out",
        `client-good.trad-${cipher}.key`,
      );
    }
    await this.openssl("ec", "-in", "client-ec.key", "-out", "client-ec.trad.key");
    await this.openssl(
      "ec",
      "-aes256",
      "-in",
      "client-ec.key",
      ...pass,
      "-out",
      "client-ec.trad-aes256.key",
    );
    await this.openssl(
      "pkcs12",
      "-export",
      "-inkey",
      key,
      "-in",
      "client-good.pem",
      ...pass,
      "-out",
      "client-good.p12",
    );
  }

  async makeCrls(): Promise<void> {
    const list = (ca: string, name: string, ...args: readonly string[]) =>
      this.openssl(
        "ca",
        "-config",
        "openssl.cnf",
        "-name",
        ca,
        "-gencrl",
        ...args,
        "-out",
        `${name}.crl.pem`,
      );
    const revoke = (name: string, ...args: readonly string[]) =>
      this.openssl(
        "ca",
        "-config",
        "openssl.cnf",
        "-name",
        "ca",
        "-revoke",
        `${name}.pem`,
        ...args,
      );
    await list("ca", "ca-empty");
    await revoke("server-revoked");
    await revoke("client-revoked", "-crl_reason", "keyCompromise");
    await list("ca", "ca", "-crldays", "9000");
    await list(
      "ca",
      "ca-expired",
      "-crl_lastupdate",
      "20150101000000Z",
      "-crl_nextupdate",
      "20160101000000Z",
    );
    await list(
      "ca",
      "ca-future",
      "-crl_lastupdate",
      "20450101000000Z",
      "-crl_nextupdate",
      "20460101000000Z",
    );
    await list("int", "int", "-crldays", "9000");
    await list("otherca", "otherca", "-crldays", "9000");
    await revoke("int");
    await list("ca", "ca-introvoked", "-crldays", "9000");
    for (const name of ["ca", "ca-expired", "int"]) {
      await this.openssl(
        "crl",
        "-in",
        `${name}.crl.pem`,
        "-outform",
        "DER",
        "-out",
        `${name}.crl.der`,
      );
    }
    await this.join("ca-and-crl.pem", "ca.pem", "ca.crl.pem");
  }

  async makeDirectories(): Promise<void> {
    for (const name of ["hashdir", "hashdir-crl", "hashdir-der", "plaindir", "emptydir"]) {
      await Deno.mkdir(`${this.#directory}/${name}`);
    }
    for (const name of ["ca", "int"]) {
      const hash = (await this.openssl("x509", "-noout", "-hash", "-in", `${name}.pem`)).trim();
      await this.join(`hashdir/${hash}.0`, `${name}.pem`);
      await this.join(`hashdir-crl/${hash}.0`, `${name}.pem`);
      await this.join(`hashdir-crl/${hash}.r0`, `${name}.crl.pem`);
      await this.join(`plaindir/${name}.pem`, `${name}.pem`);
      await Deno.copyFile(
        `${this.#directory}/${name}.der`,
        `${this.#directory}/hashdir-der/${hash}.0`,
      ).catch(() => {});
    }
  }
}

function generate(kind: KeyRow): readonly string[] {
  const [type, detail] = kind.split(":");
  switch (type) {
    case "ec":
      return [
        "genpkey",
        "-algorithm",
        "EC",
        "-pkeyopt",
        `ec_paramgen_curve:${detail}`,
        "-pkeyopt",
        "ec_param_enc:named_curve",
      ];
    case "rsapss":
      return ["genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"];
    case "dsa":
      return ["genpkey", "-paramfile", "dsa.params"];
    case "ed25519":
    case "ed448":
      return ["genpkey", "-algorithm", kind];
    default:
      return ["genpkey", "-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${detail ?? "2048"}`];
  }
}

if (import.meta.main) {
  const directory = Deno.args[0];
  if (directory === undefined) {
    console.error("usage: test_pki.ts DIRECTORY");
    Deno.exit(2);
  }
  await Deno.mkdir(directory, { recursive: true });
  await makeTestPki(directory);
}
