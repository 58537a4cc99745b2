import assert from "node:assert/strict";
import { PROFILES } from "../tls/mod.ts";
import { ownOffer } from "../tls/mod.ts";
import { TlsClient } from "./client.ts";

/** Bytes that count up, so that hellos are the same in every run. */
function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => at + 1);
}

function helloOf(option: string, more: { readonly further?: readonly number[] } = {}): string {
  const profile = PROFILES.find((one) => one.option === option);
  assert.ok(profile !== undefined);
  const client = new TlsClient({
    offer: ownOffer(profile, more.further ?? []),
    serverName: undefined,
    identity: undefined,
    random: counting,
    judge: () => undefined,
  });
  return client.start().send.toHex();
}

const RANDOM = counting(32).toHex();
const FORMATS = "000b000403000102";
/** P-256, secp256k1, P-384, P-521, six binary curves, brainpool: as OpenSSL 3.0.19 of Debian sends them. */
const GROUPS = "000a001c001a00170016001800190009000a000b000c000d000e001a001b001c";
const PLAIN = "002300000016000000170000";
const SCHEMES = "000d0030002e" +
  "040305030603080708080809080a080b080408050806040105010601" +
  "030302030301020103020202040205020602";
const SHARE = "00330047004500170041";
/** The public value that belongs to the random bytes above. */
const POINT = /04[0-9a-f]{128}$/;

/** Record and message headers around a hello without session, as recorded of the reference. */
function recorded(suites: string, extensions: string): string {
  const list = `${number(suites.length / 2)}${suites}0100`;
  const body = `0303${RANDOM}00${list}${number(extensions.length / 2)}${extensions}`;
  const message = `0100${number(body.length / 2)}${body}`;
  return `160301${number(message.length / 2)}${message}`;
}

function number(value: number): string {
  return value.toString(16).padStart(4, "0");
}

Deno.test("the ClientHello of the profiles up to TLS 1.2 is the reference's, byte for byte", () => {
  const curves = FORMATS + GROUPS;
  assert.equal(helloOf("aes"), recorded("002f00ff", PLAIN + SCHEMES));
  assert.equal(helloOf("null"), recorded("000200ff", PLAIN + SCHEMES));
  assert.equal(helloOf("basic"), recorded("000a00ff", PLAIN + SCHEMES));
  assert.equal(
    helloOf("bcp195-ex"),
    recorded("c02f009ec030009fc02cc02b00ff", curves + PLAIN + SCHEMES),
  );
});

Deno.test("the ClientHello of the profiles with TLS 1.3 is the reference's, byte for byte", () => {
  const cases = [
    ["bcp195-nd", "130213031301c02f009ec030009f00ff", "002b00050403040303"],
    ["bcp195", "130213031301c02f009ec030009f002f00ff", "002b0009080304030303020301"],
  ] as const;
  for (const [option, suites, versions] of cases) {
    const hello = helloOf(option);
    const rest = FORMATS + GROUPS + PLAIN + SCHEMES + versions + "002d00020101" + SHARE;
    const list = `0303${RANDOM}20${RANDOM}${number(suites.length / 2)}${suites}0100`;
    const length = (rest.length + 130) / 2;
    assert.equal(
      hello.slice(18).replace(POINT, ""),
      `${list}${number(length)}${rest}`,
      option,
    );
  }
});

Deno.test("further suites follow those of the profile, and bring what curves take", () => {
  const hello = helloOf("aes", { further: [0xc02b] });
  assert.equal(hello, recorded("002fc02b00ff", FORMATS + GROUPS + PLAIN + SCHEMES));
});
