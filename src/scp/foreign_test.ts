import assert from "node:assert/strict";
import fc from "fast-check";
import { type ForeignCaller, foreignCaller } from "./foreign.ts";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

Deno.test("foreignCaller() knows who speaks other protocols, by their first bytes", () => {
  const cases: readonly (readonly [ForeignCaller | undefined, string])[] = [
    ["HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["HTTP", "POST /dicomweb/studies HTTP/1.1\r\n"],
    ["HTTP", "CONNECT h"],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["TLS", "\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03"],
    ["TLS", "\x80\x2e\x01\x03\x01\x00\x15"],
    ["SSH", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["PROXY protocol", "PROXY TCP4 10.0.0.1 10.0.0.2 56324 104\r\n\x01\x00"],
    ["PROXY protocol", "\r\n\r\n\x00\r\nQUIT\n\x21\x11"],
    ["HL7", "\x0bMSH|^~\\&|A|B"],
    ["HL7", "MSH|^~\\&|A|B"],
    ["RTSP or SIP", "OPTIONS sip:nm SIP/2.0\r\n"],
    ["RTSP or SIP", "OPTIONS / RTSP/1.0\r\n"],
    ["SMB", "\x00\x00\x00\x54\xfeSMB"],
    ["RDP", "\x03\x00\x00\x13\x0e\xe0\x00\x00"],
    ["SOCKS", "\x05\x01\x00"],
    ["LDAP", "0\x0c\x02\x01\x01`\x07\x02\x01\x03"],
    ["Telnet", "\xff\xfd\x18"],
    ["SMTP or FTP", "EHLO x\r\n"],
    ["port scanner", "GET /nice%20ports%2C/Tri%6Eity.txt%2ebak HTTP/1.0\r\n\r\n"],
    ["port scanner", "GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: Mozilla/5.0 zgrab/0.x\r\n\r\n"],
    ["port scanner", "\r\n\r\n"],
    ["port scanner", "HELP\r\n"],
    [undefined, ""],
    [undefined, "\x01\x00\x00\x00\x00\xcd\x00\x01"],
    [undefined, "\x04\x00\x00\x00\x00\x06"],
    [undefined, "\x05\x00\x00\x00\x00\x04"],
    [undefined, "\x07\x00\x00\x00\x00\x04"],
    [undefined, "something"],
  ];
  for (const [caller, text] of cases) {
    assert.equal(foreignCaller(bytes(text)), caller, JSON.stringify(text));
  }
});

Deno.test("foreignCaller() takes no well-formed header of a PDU for anything else", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 131_072 }),
      (type, length) => {
        const header = [type, 0, 0, length >> 16, (length >> 8) & 255, length & 255];
        // A rejection has 4 bytes; what has more is the connection request of RDP.
        if (type === 3 && length !== 4) return;
        assert.equal(foreignCaller(Uint8Array.from([...header, 0, 1])), undefined);
      },
    ),
  );
});

Deno.test("foreignCaller() takes no time for long texts that nearly match", () => {
  const [one, other] = ["A ".repeat(500_000), "GET /".padEnd(1_000_000, " ")];
  for (let times = 0; times < 1000; times++) {
    foreignCaller(bytes(one.slice(0, 300)));
    foreignCaller(bytes(other.slice(0, 300)));
  }
});
