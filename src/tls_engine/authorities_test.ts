import assert from "node:assert/strict";
import { encodeDer } from "../tls/mod.ts";
import { acceptedAuthorities } from "./authorities.ts";

/** A name with one common name. */
function named(text: string): Uint8Array {
  const oid = encodeDer(0x06, Uint8Array.of(0x55, 0x04, 0x03));
  const value = encodeDer(0x0c, new TextEncoder().encode(text));
  return encodeDer(0x30, encodeDer(0x31, encodeDer(0x30, oid, value)));
}

Deno.test("acceptedAuthorities() shows names in which nothing can move a cursor", () => {
  const authorities = [named("Site CA"), named("a\x1b[2Jb\u202e"), Uint8Array.of(0x30, 0x7f)];
  assert.deepEqual(acceptedAuthorities({ authorities }), {
    names: ["CN=Site CA", "CN=a\\x1b[2Jb\\u202e", "(unreadable name)"],
    more: 0,
  });
});

Deno.test("acceptedAuthorities() bounds how many there are and how long each is", () => {
  const many = Array.from({ length: 100 }, () => named("x".repeat(5000)));
  const { names, more } = acceptedAuthorities({ authorities: many });
  assert.deepEqual([names.length, more], [64, 36]);
  assert.ok(names.every((name) => name.length <= 250));
});
