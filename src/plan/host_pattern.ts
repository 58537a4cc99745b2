/**
 * What a host in a plan looks like, as one regular expression: the reader and the JSON Schema then refuse the same.
 *
 * A name consists of letters, digits, points, hyphens and underscores, and its last part is not a number, so that
 * `10.1.2.300` is not taken for one. An IPv6 address may have brackets and a zone (RFC 4007 11).
 */

const BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const IPV4 = `${BYTE}(\\.${BYTE}){3}`;
const NAME = "[A-Za-z0-9._-]{0,252}[A-Za-z_-][A-Za-z0-9_-]{0,62}\\.?";

const GROUP = "[0-9A-Fa-f]{1,4}";
const LAST_32_BITS = `(${GROUP}:${GROUP}|${IPV4})`;

/** The forms of RFC 3986 3.2.2: in full, or with `::` and so many groups after it. */
const IPV6_FORMS = [
  `(${GROUP}:){6}${LAST_32_BITS}`,
  ...[5, 4, 3, 2, 1, 0].map((behind) =>
    `${groups(5 - behind)}::(${GROUP}:){${behind}}${LAST_32_BITS}`
  ),
  `${groups(6)}::${GROUP}`,
  `${groups(7)}::`,
];

/** Up to `most` groups. */
function groups(most: number): string {
  return most === 0 ? "" : `(${GROUP}(:${GROUP}){0,${most - 1}})?`;
}

const IPV6 = `(${IPV6_FORMS.join("|")})(%[A-Za-z0-9._~-]+)?`;

/** The whole of a host. */
export const HOST_PATTERN = `^(${NAME}|${IPV4}|${IPV6}|\\[${IPV6}\\])$`;

/** An address alone. */
export const ADDRESS_PATTERN = `^(${IPV4}|${IPV6}|\\[${IPV6}\\])$`;
