/** Numbers of the protocol that more than one file needs (RFC 8446, RFC 5246, IANA TLS parameters). */

/** Record types (RFC 8446 5.1). */
export const RECORD = { change: 20, alert: 21, handshake: 22, data: 23 } as const;

/** Protocol versions as they go over the wire. */
export const VERSION = { tls10: 0x0301, tls11: 0x0302, tls12: 0x0303, tls13: 0x0304 } as const;

/** Handshake messages (RFC 8446 4, RFC 5246 7.4). */
export const MESSAGE = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  newSessionTicket: 4,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
  keyUpdate: 24,
  messageHash: 254,
} as const;

/** Extensions (IANA TLS ExtensionType values). */
export const EXTENSION = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  schemes: 13,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  versions: 43,
  cookie: 44,
  pskModes: 45,
  authorities: 47,
  keyShare: 51,
  renegotiation: 0xff01,
} as const;

/** The signalling suite of RFC 5746 3.3. */
export const RENEGOTIATION_SCSV = 0x00ff;

/** Alerts the engine sends or must know (RFC 8446 6). */
export const ALERT = { closeNotify: 0, userCanceled: 90, noRenegotiation: 100 } as const;
