/** RC2 (RFC 2268), decryption only: what old programs encrypt the certificates of PKCS#12 files with. */

/** The table PITABLE of RFC 2268 section 2. */
const PI = Uint8Array.fromHex(
  "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2" +
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82" +
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626" +
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7" +
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec" +
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731" +
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9" +
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad",
);

/** The 64 words of an expanded key; the effective key length is that of the key. */
export function expandRc2Key(key: Uint8Array): Uint16Array {
  const bits = key.length * 8;
  const bytes = new Uint8Array(128);
  bytes.set(key);
  for (let at = key.length; at < 128; at++) {
    bytes[at] = PI[((bytes[at - 1] ?? 0) + (bytes[at - key.length] ?? 0)) & 0xff] ?? 0;
  }
  const length = Math.ceil(bits / 8);
  bytes[128 - length] = PI[(bytes[128 - length] ?? 0) & (0xff >> (8 * length - bits))] ?? 0;
  for (let at = 127 - length; at >= 0; at--) {
    bytes[at] = PI[(bytes[at + 1] ?? 0) ^ (bytes[at + length] ?? 0)] ?? 0;
  }
  return Uint16Array.from(
    { length: 64 },
    (_, at) => (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 8),
  );
}

/** How far each word is turned in a round. */
const TURNS = [1, 2, 3, 5] as const;

/** Decrypts one block of 8 bytes. */
export function decryptRc2Block(words: Uint16Array, block: Uint8Array): Uint8Array {
  const view = new DataView(block.buffer, block.byteOffset, 8);
  const r = Uint16Array.from([0, 2, 4, 6], (at) => view.getUint16(at, true));
  const at = (index: number) => r[index & 3] ?? 0;
  let used = 63;
  const unmix = () => {
    for (let i = 3; i >= 0; i--) {
      const turn = TURNS[i] ?? 1;
      const turned = ((at(i) >> turn) | (at(i) << (16 - turn))) & 0xffff;
      r[i] = turned - (words[used--] ?? 0) - (at(i + 3) & at(i + 2)) - (~at(i + 3) & at(i + 1));
    }
  };
  const unmash = () => {
    for (let i = 3; i >= 0; i--) r[i] = at(i) - (words[at(i + 3) & 63] ?? 0);
  };
  for (let round = 16; round >= 1; round--) {
    unmix();
    if (round === 12 || round === 6) unmash();
  }
  const plain = new DataView(new ArrayBuffer(8));
  for (const [index, word] of r.entries()) plain.setUint16(2 * index, word, true);
  return new Uint8Array(plain.buffer);
}
