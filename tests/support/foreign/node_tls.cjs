// A TLS server of Node that wants a certificate of each client: node_tls.cjs PORT CERT KEY CA [1.2|1.3]
const { readFileSync } = require("node:fs");
const { createServer } = require("node:tls");

const [port, cert, key, ca, version = "1.3"] = process.argv.slice(2);
const server = createServer({
  cert: readFileSync(cert),
  key: readFileSync(key),
  ca: readFileSync(ca),
  requestCert: true,
  rejectUnauthorized: true,
  maxVersion: `TLSv${version}`,
});
server.on("tlsClientError", () => {});
server.on("secureConnection", (socket) => socket.on("error", () => {}));
server.listen(Number(port), "127.0.0.1");
