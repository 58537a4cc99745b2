/** Runs the openssl program in one directory: the ground on which the test PKI is made. */

import { type CertificateRow, EXTENSION_SECTIONS, type KeyRow } from "./test_pki_rows.ts";

/** Pass phrase of the encrypted keys. */
export const PASS_PHRASE = "secret";

const START = "20200101000000Z";
const END = "20491231235959Z";

const REQUEST_CONFIG = `[ req ]
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

function caConfig(name: string): string {
  return `[ ${name} ]
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

/** Makes keys, certificates and other files in a directory. */
export class PkiMaker {
  readonly #directory: string;
  #leafCount = 0;

  /** Works in a directory that exists. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes the configuration and the databases of the CAs, and makes the keys that leaves share. */
  async prepare(caNames: readonly string[]): Promise<void> {
    for (const name of caNames) {
      await Deno.mkdir(`${this.#directory}/db/${name}`, { recursive: true });
      await this.write(`db/${name}/index.txt`, "");
      await this.write(`db/${name}/serial`, "1000\n");
      await this.write(`db/${name}/crlnumber`, "01\n");
    }
    const sections = caNames.map(caConfig).join("");
    await this.write("openssl.cnf", REQUEST_CONFIG + sections + EXTENSION_SECTIONS);
    await this.openssl(
      "genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -out dsa.params",
    );
    for (const i of [0, 1, 2]) await this.openssl(`${generate("rsa")} -out shared${i}.key`);
  }

  /** Runs openssl in the directory; its complaints are the error. Arguments with blanks come as `more`. */
  async openssl(line: string, ...more: readonly string[]): Promise<string> {
    const args = [...line.split(" "), ...more];
    const command = new Deno.Command("openssl", { args, cwd: this.#directory, stdin: "null" });
    const { code, stdout, stderr } = await command.output();
    const decoder = new TextDecoder();
    if (code !== 0) throw new Error(`openssl ${args.join(" ")}: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  }

  /** Writes a text file. */
  async write(path: string, text: string): Promise<void> {
    await Deno.writeTextFile(`${this.#directory}/${path}`, text);
  }

  /** Reads a text file. */
  async read(path: string): Promise<string> {
    return await Deno.readTextFile(`${this.#directory}/${path}`);
  }

  /** Joins text files into one. */
  async join(target: string, ...sources: readonly string[]): Promise<void> {
    const texts: string[] = [];
    for (const source of sources) texts.push(await this.read(source));
    await this.write(target, texts.join(""));
  }

  /** Copies a file as it is. */
  async copy(from: string, to: string): Promise<void> {
    await Deno.copyFile(`${this.#directory}/${from}`, `${this.#directory}/${to}`);
  }

  /** Makes a directory. */
  async makeDirectory(name: string): Promise<void> {
    await Deno.mkdir(`${this.#directory}/${name}`);
  }

  /** Makes `NAME.key`; leaves with plain RSA keys share a few of them. */
  async makeKey(name: string, kind: KeyRow): Promise<void> {
    const isLeaf = name.startsWith("server") || name.startsWith("client");
    if (kind === "rsa" && isLeaf) {
      await this.copy(`shared${this.#leafCount++ % 3}.key`, `${name}.key`);
    } else await this.openssl(`${generate(kind)} -out ${name}.key`);
  }

  /** Makes key and certificate of a row. */
  async makeCertificate(row: CertificateRow): Promise<void> {
    const { name } = row;
    await this.makeKey(name, row.key);
    const subject = `/O=Test PKI/CN=${row.commonName}`;
    await this.makeRequest(name, subject);
    const [start, end] = row.validity ?? [START, END];
    const isRoot = row.issuer === name;
    if (isRoot) {
      const line = `req -x509 -config openssl.cnf -key ${name}.key -days 1 -out ${name}.pem`;
      await this.openssl(line, "-subj", subject);
    }
    await this.openssl(
      `ca -batch -notext -config openssl.cnf -name ${row.issuer}${isRoot ? " -selfsign" : ""} ` +
        `-in ${name}.csr -extensions ${row.section} -md ${row.hash ?? "sha256"} ` +
        `-startdate ${start} -enddate ${end} -out ${name}.new`,
    );
    await Deno.rename(`${this.#directory}/${name}.new`, `${this.#directory}/${name}.pem`);
  }

  /** Makes `NAME.csr`. */
  async makeRequest(name: string, subject: string): Promise<void> {
    const line =
      `req -new -utf8 -multivalue-rdn -config openssl.cnf -key ${name}.key -out ${name}.csr`;
    await this.openssl(line, "-subj", subject);
  }

  /** Signs `NAME.csr` without the database of the CA. */
  async signRequest(
    name: string,
    { issuer, more }: { readonly issuer: string; readonly more: readonly string[] },
  ): Promise<void> {
    const line = `x509 -req -in ${name}.csr -CA ${issuer}.pem -CAkey ${issuer}.key`;
    await this.openssl(`${line} -days 9000 -sha256 -out ${name}.pem`, ...more);
  }
}

function generate(kind: KeyRow): string {
  const [type, detail] = kind.split(":");
  switch (type) {
    case "ec":
      return `genpkey -algorithm EC -pkeyopt ec_paramgen_curve:${detail} -pkeyopt ec_param_enc:named_curve`;
    case "rsapss":
      return "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048";
    case "dsa":
      return "genpkey -paramfile dsa.params";
    case "ed25519":
    case "ed448":
      return `genpkey -algorithm ${kind}`;
    default:
      return `genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:${detail ?? "2048"}`;
  }
}
