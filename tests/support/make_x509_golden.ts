/**
 * Makes `tests/golden/x509.json`: certificates and CRLs written by the openssl program, what it says about them,
 * and what it decides on them. Run it by hand; the file is committed, so that unit tests need no program.
 *
 *     deno run --allow-all tests/support/make_x509_golden.ts
 */

const CONFIG = `[ req ]
distinguished_name = dn
prompt = no
string_mask = utf8only
[ dn ]
CN = placeholder
[ pol ]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
emailAddress = optional
[ ca ]
database = index.txt
crlnumber = crlnumber
certificate = root.pem
private_key = root.key
default_md = sha256
default_crl_days = 30
policy = pol
[ x_root ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ x_int ]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid,issuer
[ x_named ]
basicConstraints = critical,CA:TRUE
nameConstraints = critical,permitted;DNS:example.org,excluded;DNS:bad.example.org
[ x_server ]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:pacs.example.org,DNS:*.wild.example.org,IP:192.0.2.7,IP:2001:db8::7
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:http://example.org/ca.crl
[ x_client ]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
[ x_bad ]
basicConstraints = CA:FALSE
subjectAltName = DNS:x.bad.example.org
[ x_critical ]
basicConstraints = CA:FALSE
1.2.3.4.5.6.7.8 = critical,ASN1:UTF8String:unknown
`;

const P256 = "EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve";

/** name, issuer, extensions, key, subject, days, more. */
const ROWS = [
  ["root", "root", "x_root", P256, "/O=Golden/CN=Golden Root", "7300"],
  ["int", "root", "x_int", P256, "/O=Golden/CN=Golden Intermediate", "3650"],
  ["server", "int", "x_server", P256, "/O=Golden/CN=pacs.example.org", "825"],
  ["client", "root", "x_client", "ED25519", "/O=Golden/CN=A Client", "825"],
  ["revoked", "root", "x_client", P256, "/O=Golden/CN=Revoked Client", "825"],
  ["critical", "root", "x_critical", P256, "/O=Golden/CN=Critical", "825"],
  ["sub", "int", "x_root", P256, "/O=Golden/CN=Below a path length", "825"],
  ["below", "sub", "x_client", P256, "/O=Golden/CN=Client below", "825"],
  ["byleaf", "client", "x_client", P256, "/O=Golden/CN=Issued by a client", "825"],
  ["named", "root", "x_named", P256, "/O=Golden/CN=Constrained CA", "3650"],
  ["goodname", "named", "x_server", P256, "/O=Golden/CN=good.example.org", "825"],
  ["badname", "named", "x_bad", P256, "/O=Golden/CN=bad", "825"],
  ["other", "other", "x_root", P256.replace("256", "521"), "/O=Golden/CN=P-521 Root", "7300"],
  ["byother", "other", "x_client", P256, "/O=Golden/CN=By P-521", "825"],
  [
    "odd",
    "odd",
    "x_root",
    P256,
    "/C=DE/O=Müller \\/ Söhne  GmbH+OU=B/CN= Local  HOST/emailAddress=a@b.example",
    "7300",
  ],
  ["lone", "lone", "x_client", P256, "/O=Golden/CN=Lone leaf", "7300"],
] as const;

const NOW = Math.floor(Date.now() / 1000);
const DAY = 86_400;

/** leaf, sent along, trusted, CRLs, use, CRL check, seconds from now. */
const VERDICTS = [
  ["server", ["int"], ["root"], [], "server", "none", 0],
  ["server", ["int"], ["root"], [], "client", "none", 0],
  ["server", ["int"], ["root"], [], "any", "none", 0],
  ["server", ["int"], ["root"], [], "any", "none", 900 * DAY],
  ["server", ["int"], ["root"], [], "any", "none", -2 * DAY],
  ["server", ["int"], ["root"], [], "any", "none", 8000 * DAY],
  ["server", [], ["root"], [], "any", "none", 0],
  ["server", [], ["root", "int"], [], "server", "none", 0],
  ["server", ["int"], ["int"], [], "any", "none", 0],
  ["server", ["int", "root"], [], [], "any", "none", 0],
  ["server", ["root", "client", "int", "int"], ["root"], [], "any", "none", 0],
  ["client", [], ["root"], [], "client", "none", 0],
  ["client", [], ["root"], [], "server", "none", 0],
  ["client", [], ["root"], [], "client", "leaf", 0],
  ["client", [], ["root"], ["crl"], "client", "leaf", 0],
  ["client", [], ["root"], ["crl"], "client", "all", 0],
  ["client", [], ["root"], ["crl"], "client", "leaf", 40 * DAY],
  ["client", [], ["root"], ["crl"], "client", "leaf", -2 * DAY],
  ["revoked", [], ["root"], [], "any", "none", 0],
  ["revoked", [], ["root"], ["crl"], "any", "leaf", 0],
  ["server", ["int"], ["root"], ["crl"], "any", "leaf", 0],
  ["critical", [], ["root"], [], "any", "none", 0],
  ["below", ["sub", "int"], ["root"], [], "any", "none", 0],
  ["byleaf", ["client"], ["root"], [], "any", "none", 0],
  ["goodname", ["named"], ["root"], [], "any", "none", 0],
  ["badname", ["named"], ["root"], [], "any", "none", 0],
  ["byother", [], ["other"], [], "any", "none", 0],
  ["byother", [], ["root"], [], "any", "none", 0],
  ["odd", [], ["odd"], [], "any", "none", 0],
  ["lone", [], ["lone"], [], "any", "none", 0],
  ["lone", [], ["root"], [], "any", "none", 0],
] as const;

const directory = await Deno.makeTempDir();
function path(name: string): string {
  return `${directory}/${name}`;
}

async function openssl(line: string, ...more: readonly string[]): Promise<string> {
  const command = new Deno.Command("openssl", {
    args: [...line.split(" "), ...more],
    cwd: directory,
  });
  const { stdout, stderr, code } = await command.output();
  const text = new TextDecoder().decode(stdout);
  if (code !== 0 && !line.startsWith("verify")) {
    throw new Error(`${line}: ${new TextDecoder().decode(stderr)}`);
  }
  return line.startsWith("verify") ? text + new TextDecoder().decode(stderr) : text;
}

async function makeRow(
  [name, issuer, section, key, subject, days]: typeof ROWS[number],
): Promise<void> {
  await openssl(`genpkey -algorithm ${key} -out ${name}.key`);
  await openssl(
    `req -new -utf8 -multivalue-rdn -config golden.cnf -key ${name}.key -out ${name}.csr`,
    "-subj",
    subject,
  );
  const signer = issuer === name
    ? `-signkey ${name}.key`
    : `-CA ${issuer}.pem -CAkey ${issuer}.key`;
  const serial = `-set_serial 0x${(name.length * 4096 + name.charCodeAt(0)).toString(16)}`;
  await openssl(
    `x509 -req -in ${name}.csr ${signer} ${serial} -days ${days} -sha256 -extfile golden.cnf -extensions ${section} -out ${name}.pem`,
  );
}

async function describe(name: string): Promise<Record<string, unknown>> {
  const ask = (option: string): Promise<string> => openssl(`x509 -in ${name}.pem -noout ${option}`);
  const value = async (option: string): Promise<string> =>
    (await ask(option)).trim().replace(/^.*?=/, "");
  const der = (await openssl(`x509 -in ${name}.pem`)).replace(/-----.*-----|\n/g, "");
  return {
    der,
    hash: (await ask("-subject_hash")).trim(),
    issuerHash: (await ask("-issuer_hash")).trim(),
    subject: await value("-subject -nameopt compat"),
    serial: await value("-serial"),
    notBefore: await value("-startdate"),
    notAfter: await value("-enddate"),
    fingerprint: (await value("-fingerprint -sha256")).replaceAll(":", "").toLowerCase(),
    bits: Number(/Public-Key: \((\d+) bit/.exec(await ask("-text"))?.[1] ?? 256),
  };
}

async function decide(row: typeof VERDICTS[number]): Promise<Record<string, unknown>> {
  const [leaf, sent, trusted, crls, purpose, crlCheck, later] = row;
  const joined = (names: readonly string[]): string =>
    names.map((name) => Deno.readTextFileSync(path(`${name}.pem`))).join("");
  await Deno.writeTextFile(path("store"), joined([...trusted, ...crls]));
  await Deno.writeTextFile(path("sent"), joined(sent));
  const use = { any: "", server: " -purpose sslserver", client: " -purpose sslclient" }[purpose];
  const crl = { none: "", leaf: " -crl_check", all: " -crl_check -crl_check_all" }[crlCheck];
  const store = trusted.length === 0 ? "" : " -CAfile store";
  const others = sent.length === 0 ? "" : " -untrusted sent";
  const text = await openssl(
    `verify -no-CApath -no-CAstore${
      store === "" ? " -no-CAfile" : store
    }${others}${use}${crl} -attime ${NOW + 60 + later} ${leaf}.pem`,
  );
  const first = /error (\d+) at (\d+) depth lookup: (.*)/.exec(text);
  const outcome = first === null
    ? { ok: true }
    : { ok: false, code: Number(first[1]), depth: Number(first[2]), text: first[3] };
  return {
    leaf,
    sent,
    trusted,
    crls,
    purpose,
    crlCheck,
    nowMs: (NOW + 60 + later) * 1000,
    outcome,
  };
}

const PASS = "-passout pass:secret";

/** Forms of one EC key and one RSA key: how openssl is called, without input and output. */
const KEY_FORMS: Readonly<Record<string, string>> = {
  "PKCS#8": "pkcs8 -topk8 -nocrypt -in server.key",
  "SEC 1": "ec -in server.key",
  "PKCS#1": "rsa -traditional -in rsa.key",
  "PBES2 AES-256": `pkcs8 -topk8 -v2 aes-256-cbc -in server.key ${PASS}`,
  "PBES2 AES-192": `pkcs8 -topk8 -v2 aes-192-cbc -in server.key ${PASS}`,
  "PBES2 AES-128 with SHA-1":
    `pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1 -in server.key ${PASS}`,
  "PBES2 triple DES": `pkcs8 -topk8 -v2 des3 -in server.key ${PASS}`,
  "PBES2 Camellia-256": `pkcs8 -topk8 -v2 camellia-256-cbc -in server.key ${PASS}`,
  "PBES2 scrypt": `pkcs8 -topk8 -scrypt -in server.key ${PASS}`,
  "PKCS#12 triple DES": `pkcs8 -topk8 -v1 PBE-SHA1-3DES -in server.key ${PASS}`,
  "PBES1 MD5 DES":
    `pkcs8 -provider legacy -provider default -topk8 -v1 PBE-MD5-DES -in server.key ${PASS}`,
  "DEK-Info triple DES": `ec -des3 -in server.key ${PASS}`,
  "DEK-Info AES-128": `ec -aes128 -in server.key ${PASS}`,
  "DEK-Info AES-192": `ec -aes192 -in server.key ${PASS}`,
  "DEK-Info AES-256": `ec -aes256 -in server.key ${PASS}`,
  "DEK-Info Camellia-128": `ec -camellia128 -in server.key ${PASS}`,
  "DEK-Info Camellia-192": `ec -camellia192 -in server.key ${PASS}`,
};

await Deno.writeTextFile(path("golden.cnf"), CONFIG);
await Deno.writeTextFile(path("index.txt"), "");
await Deno.writeTextFile(path("crlnumber"), "01\n");
for (const row of ROWS) await makeRow(row);
await openssl("ca -config golden.cnf -name ca -revoke revoked.pem -crl_reason superseded");
await openssl("ca -config golden.cnf -name ca -gencrl -out crl.pem");
const certificates: Record<string, unknown> = {};
for (const [name] of ROWS) certificates[name] = await describe(name);
const verdicts: unknown[] = [];
for (const row of VERDICTS) verdicts.push(await decide(row));
await openssl(
  "x509 -in root.pem -addtrust clientAuth -addreject serverAuth -trustout -out trusted.pem",
);
await openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa.key");
const keys: Record<string, string> = {};
for (const [name, line] of Object.entries(KEY_FORMS)) keys[name] = await openssl(line);
const golden = {
  madeBy: (await openssl("version")).trim(),
  certificates,
  crl: Deno.readTextFileSync(path("crl.pem")).replace(/-----.*-----|\n/g, ""),
  trusted: Deno.readTextFileSync(path("trusted.pem")),
  keys,
  verdicts,
};
const target = new URL("../golden/x509.json", import.meta.url);
await Deno.writeTextFile(target, JSON.stringify(golden, null, 1) + "\n");
await Deno.remove(directory, { recursive: true });
