/** Where the standard defines the fields that a decoder can find at fault. */

const CLAUSES: Readonly<Record<string, string>> = {
  "PDU type": "PS3.8 9.3.1",
  "PDU length": "PS3.8 9.3.1",
  "fixed fields": "PS3.8 9.3.3",
  "protocol version": "PS3.8 9.3.3",
  "application context": "PS3.8 9.3.3.1",
  "presentation context": "PS3.8 9.3.3.2",
  "abstract syntax": "PS3.8 9.3.2.2.1",
  "transfer syntax": "PS3.8 9.3.3.2.1",
  "user information": "PS3.8 9.3.3.3",
  "maximum length": "PS3.8 D.1",
  "implementation class UID": "PS3.7 D.3.3.2",
  "implementation version name": "PS3.7 D.3.3.2",
  "asynchronous operations window": "PS3.7 D.3.3.3",
  "role selection": "PS3.7 D.3.3.4",
  "extended negotiation": "PS3.7 D.3.3.5",
  "common extended negotiation": "PS3.7 D.3.3.6",
  "user identity answer": "PS3.7 D.3.3.7",
  "presentation data value": "PS3.8 9.3.5.1",
};

/** The section for `field`; the one on the structure of PDUs and items for all others. */
export function clauseOf(field: string): string {
  return CLAUSES[field] ?? "PS3.8 9.3.1";
}
