/**
 * Makes a throwaway test PKI with the openssl program: CAs, servers, clients, keys in every encoding, CRLs, hashed
 * directories. Nothing in it is secret; the pass phrase of every encrypted key is `secret`.
 *
 *     deno run --allow-read --allow-write --allow-run=openssl tests/support/test_pki.ts DIRECTORY
 */

import { PASS_PHRASE, PkiMaker } from "./pki_maker.ts";
import { CA_ROWS, LEAF_ROWS } from "./test_pki_rows.ts";

/** Makes the PKI in a directory that exists. Takes some seconds. */
export async function makeTestPki(directory: string): Promise<void> {
  const pki = new PkiMaker(directory);
  await pki.prepare(CA_ROWS.map((row) => row.name));
  for (const row of [...CA_ROWS, ...LEAF_ROWS]) await pki.makeCertificate(row);
  await makeOddCertificates(pki);
  await makeBrokenHierarchies(pki);
  await makeBundles(pki);
  await makeOddFiles(pki);
  await encryptKeys(pki);
  await encodeKeys(pki);
  await makeCrls(pki);
  await makeDirectories(pki);
}

async function makeOddCertificates(pki: PkiMaker): Promise<void> {
  const selfSigned = [["server", "localhost"], ["client", "Self Signed Client"]] as const;
  for (const [side, commonName] of selfSigned) {
    const name = `${side}-selfsigned`;
    await pki.makeKey(name, "rsa");
    const line = `req -x509 -config openssl.cnf -extensions x_noeku -key ${name}.key -days 9000`;
    await pki.openssl(`${line} -sha256 -out ${name}.pem`, "-subj", `/O=Test PKI/CN=${commonName}`);
  }
  await pki.makeKey("server-v1", "rsa");
  await pki.makeRequest("server-v1", "/O=Test PKI/CN=localhost");
  await pki.signRequest("server-v1", { issuer: "ca", more: ["-set_serial", "0x2001"] });
  await pki.makeKey("server-odd", "rsa");
  const subject = "/C=DE/O=Müller \\/ Söhne, GmbH/OU=A+OU=B/CN=local host/emailAddress=a@b.example";
  await pki.makeRequest("server-odd", subject);
  const serial = ["-set_serial", "0x7766554433221100ffeeddccbbaa998877665544", "-days", "13000"];
  const extensions = ["-extfile", "openssl.cnf", "-extensions", "x_srv"];
  await pki.signRequest("server-odd", { issuer: "ca", more: [...serial, ...extensions] });
}

async function makeBrokenHierarchies(pki: PkiMaker): Promise<void> {
  const rows = [
    ["subca", "int", "x_ca", "Test Sub CA", []],
    ["client-subca", "subca", "x_cli", "Client of Sub CA", ["subca.pem", "int.pem"]],
    ["client-byleaf", "server-noeku", "x_cli", "Client of a leaf", ["server-noeku.pem"]],
    ["client-byku", "server-good", "x_cli", "Client of a leaf with KU", ["server-good.pem"]],
  ] as const;
  for (const [i, [name, issuer, section, commonName, chain]] of rows.entries()) {
    await pki.makeKey(name, "rsa");
    await pki.makeRequest(name, `/O=Test PKI/CN=${commonName}`);
    const extensions = ["-extfile", "openssl.cnf", "-extensions", section];
    const more = ["-set_serial", String(0x3001 + i), ...extensions];
    await pki.signRequest(name, { issuer, more });
    await pki.join(`${name}.pem`, `${name}.pem`, ...chain);
  }
}

async function makeBundles(pki: PkiMaker): Promise<void> {
  await pki.join("ca-int.pem", "ca.pem", "int.pem");
  await pki.join("bundle.pem", "ca.pem", "otherca.pem");
  await pki.join("server-int-chain.pem", "server-int.pem", "int.pem");
  await pki.join("server-int-full.pem", "server-int.pem", "int.pem", "ca.pem");
  await pki.join("client-int-chain.pem", "client-int.pem", "int.pem");
  await pki.join("client-good.keycert.pem", "client-good.key", "client-good.pem");
  await pki.join("client-good.certkey.pem", "client-good.pem", "client-good.key");
}

async function makeOddFiles(pki: PkiMaker): Promise<void> {
  const text = await pki.openssl("x509 -in client-good.pem -text");
  await pki.write("client-good.text.pem", `free text before the block\n${text}`);
  for (const name of ["client-good.key", "client-good.pem"]) {
    const lines = (await pki.read(name)).replaceAll("\n", "\r\n");
    await pki.write(name.replace(".", ".crlf."), lines);
  }
  await pki.openssl("x509 -in ca.pem -trustout -out ca.trusted.pem");
  for (const name of ["ca", "int", "client-good", "server-good"]) {
    await pki.openssl(`x509 -in ${name}.pem -outform DER -out ${name}.der`);
  }
  await pki.write("garbage.txt", "this is not a certificate\n");
  await pki.write("empty.txt", "");
}

/** Every encryption of a key that the reference reads, and one that it does not. */
async function encryptKeys(pki: PkiMaker): Promise<void> {
  const pass = `-passout pass:${PASS_PHRASE}`;
  const forms: Readonly<Record<string, string>> = {
    "pbes2.key": `-v2 aes-256-cbc ${pass}`,
    "pbes2-aes128-sha1.key": `-v2 aes-128-cbc -v2prf hmacWithSHA1 ${pass}`,
    "pbes2-aes192.key": `-v2 aes-192-cbc ${pass}`,
    "pbes2-des3.key": `-v2 des3 ${pass}`,
    "scrypt.key": `-scrypt ${pass}`,
    "pbe3des.key": `-v1 PBE-SHA1-3DES ${pass}`,
    "pbes2.key.der": `-v2 aes-256-cbc -outform DER ${pass}`,
    "emptypass.key": "-v2 aes-256-cbc -passout pass:",
    "pbemd5des.key": `-provider legacy -provider default -v1 PBE-MD5-DES ${pass}`,
  };
  for (const [name, how] of Object.entries(forms)) {
    const out = `client-good.${name}`;
    await encrypt(pki, { out, line: `pkcs8 -topk8 -in client-good.key -out ${out} ${how}` });
  }
  for (const cipher of ["des3", "aes128", "aes192", "aes256", "camellia128", "camellia256"]) {
    const out = `client-good.trad-${cipher}.key`;
    const line = `rsa -traditional -${cipher} -in client-good.key ${pass} -out ${out}`;
    await encrypt(pki, { out, line });
  }
  const out = "client-ec.trad-aes256.key";
  await encrypt(pki, { out, line: `ec -aes256 -in client-ec.key ${pass} -out ${out}` });
  const pkcs12 = "pkcs12 -export -inkey client-good.key -in client-good.pem -out client-good.p12";
  await pki.openssl(`${pkcs12} ${pass}`);
}

/** Pass phrases that no key has; none at all is one of them, but for the key whose pass phrase is empty. */
const WRONG_PHRASES = ["wrong", ""];

/**
 * Encrypts until each wrong pass phrase is found out by the padding, as nearly always. One salt in 256 makes the padding
 * look right, and the same wrong pass phrase then ends in another error.
 */
async function encrypt(
  pki: PkiMaker,
  { out, line }: { readonly out: string; readonly line: string },
): Promise<void> {
  const form = out.endsWith(".der") ? "DER" : "PEM";
  const read = `pkey -provider legacy -provider default -in ${out} -inform ${form} -noout -passin`;
  for (;;) {
    await pki.openssl(line);
    const answers = await Promise.all(
      WRONG_PHRASES.map((phrase) => pki.openssl(`${read} pass:${phrase}`).catch(String)),
    );
    if (answers.every((answer) => answer === "" || answer.includes("bad decrypt"))) return;
  }
}

async function encodeKeys(pki: PkiMaker): Promise<void> {
  const from = "-in client-good.key";
  await pki.openssl(`pkcs8 -topk8 -nocrypt ${from} -outform DER -out client-good.pk8.key.der`);
  await pki.openssl(`rsa -traditional ${from} -out client-good.trad.key`);
  await pki.openssl(`rsa -traditional ${from} -outform DER -out client-good.trad.key.der`);
  await pki.openssl("ec -in client-ec.key -out client-ec.trad.key");
  await pki.openssl("ec -in client-ec.key -outform DER -out client-ec.trad.key.der");
  await pki.openssl("dsa -in client-dsa.key -outform DER -out client-dsa.trad.key.der");
}

async function makeCrls(pki: PkiMaker): Promise<void> {
  const list = (ca: string, name: string, how: string): Promise<string> =>
    pki.openssl(`ca -config openssl.cnf -name ${ca} -gencrl ${how} -out ${name}.crl.pem`);
  const revoke = (how: string): Promise<string> =>
    pki.openssl(`ca -config openssl.cnf -name ca -revoke ${how}`);
  await list("ca", "ca-empty", "-crldays 9000");
  await revoke("server-revoked.pem");
  await revoke("client-revoked.pem -crl_reason keyCompromise");
  await list("ca", "ca", "-crldays 9000");
  const dates = (start: string, end: string): string =>
    `-crl_lastupdate ${start}0101000000Z -crl_nextupdate ${end}0101000000Z`;
  await list("ca", "ca-expired", dates("2015", "2016"));
  await list("ca", "ca-future", dates("2045", "2046"));
  await list("int", "int", "-crldays 9000");
  await list("otherca", "otherca", "-crldays 9000");
  await revoke("int.pem");
  await list("ca", "ca-introvoked", "-crldays 9000");
  for (const name of ["ca", "ca-expired", "int"]) {
    await pki.openssl(`crl -in ${name}.crl.pem -outform DER -out ${name}.crl.der`);
  }
  await pki.join("ca-and-crl.pem", "ca.pem", "ca.crl.pem");
}

async function makeDirectories(pki: PkiMaker): Promise<void> {
  const names = ["hashdir", "hashdir-crl", "hashdir-der", "plaindir", "emptydir"];
  for (const name of names) await pki.makeDirectory(name);
  for (const name of ["ca", "int"]) {
    const hash = (await pki.openssl(`x509 -noout -hash -in ${name}.pem`)).trim();
    await pki.copy(`${name}.pem`, `hashdir/${hash}.0`);
    await pki.copy(`${name}.pem`, `hashdir-crl/${hash}.0`);
    await pki.copy(`${name}.crl.pem`, `hashdir-crl/${hash}.r0`);
    await pki.copy(`${name}.pem`, `plaindir/${name}.pem`);
    await pki.copy(`${name}.der`, `hashdir-der/${hash}.0`);
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
