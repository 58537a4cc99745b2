import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ascii,
  associateAc,
  item,
  number,
  pdu,
  userInformation,
} from "../../tests/support/wire_bytes.ts";
import { maskUserIdentity } from "./mask_user_identity.ts";

const SECRET = "s3cr3t";

/** An A-ASSOCIATE-RQ with this user identity item. */
function request(type: number, texts: readonly [string, string]): Uint8Array {
  const fields = texts.map((text) => number(text.length, 2) + ascii(text)).join("");
  const identity = item(0x58, `${number(type, 1)}01${fields}`);
  const fixed = `00010000${ascii("CALLED".padEnd(16) + "CALLING".padEnd(16))}${"00".repeat(32)}`;
  const items = [item(0x10, ascii("1.2")), userInformation([item(0x52, ascii("1.2.3")), identity])];
  return Uint8Array.fromHex(pdu(0x01, fixed + items.join("")));
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

Deno.test("maskUserIdentity() masks passcodes and tokens, and leaves names, lengths and everything else", () => {
  const masked = (type: number, ...fields: [string, string]) => {
    const bytes = request(type, fields);
    const after = maskUserIdentity(bytes);
    assert.equal(after.length, bytes.length);
    return [text(bytes), text(after)] as const;
  };
  const [name, nameAfter] = masked(1, "alice", "");
  assert.equal(nameAfter, name);
  const [both, bothAfter] = masked(2, "alice", SECRET);
  assert.equal(bothAfter, both.replace(SECRET, "******"));
  for (const type of [3, 4, 5, 9]) {
    const [token, tokenAfter] = masked(type, SECRET, "");
    assert.equal(tokenAfter, token.replace(SECRET, "******"));
  }
});

Deno.test("maskUserIdentity() masks what an acceptor answers, and nothing where there is nothing", () => {
  const answer = (body: string) =>
    Uint8Array.fromHex(associateAc([userInformation([item(0x59, body)])]));
  const before = answer(number(6, 2) + ascii(SECRET));
  assert.equal(text(maskUserIdentity(before)), text(before).replace(SECRET, "******"));
  const empty = answer(number(0, 2));
  assert.equal(maskUserIdentity(empty), empty);
  const other = Uint8Array.fromHex(pdu(0x04, ascii(SECRET)));
  assert.equal(maskUserIdentity(other), other);
});

Deno.test("maskUserIdentity() shows no secret, however the bytes around it are broken or cut", () => {
  const whole = request(2, ["a", SECRET]);
  fc.assert(
    fc.property(
      fc.nat(whole.length),
      fc.array(fc.tuple(fc.integer({ min: 74, max: whole.length - 1 }), fc.nat(255)), {
        maxLength: 3,
      }),
      (length, changes) => {
        const secretAt = whole.length - SECRET.length;
        const broken = whole.slice(0, length);
        // The secret itself, and the types by which it is one, stay what they are.
        const typesAt = [secretAt - 10, secretAt - 5];
        for (const [at, value] of changes) {
          if (at < length && at < secretAt && !typesAt.includes(at)) broken[at] = value;
        }
        assert.equal(maskUserIdentity(broken).length, length);
      },
    ),
  );
  for (let length = 75; length <= whole.length; length += 1) {
    assert.ok(!text(maskUserIdentity(whole.subarray(0, length))).includes("s3"), `${length}`);
  }
});
