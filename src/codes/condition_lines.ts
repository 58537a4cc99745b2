// data table
/**
 * Lines of the log, after `... Failed: `, with the situations that they may mean; `*` is what varies.
 *
 * Made by `tools/make_condition_lines.ts` from the examples of all situations.
 */
export const CONDITION_LINES: readonly (readonly [line: string, situations: string])[] = [
  ["0000:0000 Normal", "echo-answer-unexpected release-answer-unexpected"],
  ["0001:0004 Invalid stream", "response-encoding"],
  ["0001:0006 Corrupted data", "response-corrupt"],
  ["0001:0022 Sequence Delimitation Item missing", "response-corrupt"],
  ["0001:0026 Item Delimitation Item missing", "response-corrupt"],
  ["0006:0101 ASC Bad presentation context ID", "context-contradicted response-on-other-context"],
  ["0006:0201 DIMSE_parseCmdObject: Invalid Command Message: *", "response-command-undefined"],
  ["0006:0203 DIMSE Badly formed message", "response-with-data-set"],
  ["0006:0203 DIMSE Badly formed message: longer than * bytes", "response-endless"],
  ["0006:0203 DIMSE Badly formed message: more than * fragments", "response-in-too-many-fragments"],
  ["0006:0206 DIMSE: Different PresIDs inside Command Set: * != *", "response-on-two-contexts"],
  [
    "0006:0207 DIMSE No data available (timeout in non-blocking mode)",
    "echo-silent echo-response-unfinished",
  ],
  ["0006:0208 DIMSE: No Presentation Context for: *", "context-not-proposed"],
  ["0006:020b DIMSE: Command Parse Failed: Element: (*,*) Status", "response-incomplete"],
  ["0006:020b DIMSE_parseCmdObject: Missing CommandField", "response-without-command"],
  [
    "0006:020c DIMSE Read PDV failed",
    "echo-tls-broken echo-response-closed echo-response-reset echo-response-slow echo-response-stalled echo-answer-unexpected echo-answer-unexpected-lost echo-response-no-pdu echo-response-too-long echo-pdu-length echo-response-pdvs echo-pdu-ill-formed",
  ],
  [
    "0006:020d DIMSE Failed to receive message",
    "transfer-syntax-unusable echo-tls-broken echo-response-closed echo-response-reset echo-response-slow echo-response-stalled echo-answer-unexpected echo-answer-unexpected-lost echo-response-no-pdu echo-response-too-long echo-pdu-length echo-response-pdvs echo-pdu-ill-formed response-on-two-contexts response-on-other-context response-is-data response-endless response-in-too-many-fragments",
  ],
  ["0006:020d DIMSE: receiveCommand: cmdSet->read() Failed", "response-encoding response-corrupt"],
  [
    "0006:020e DIMSE Failed to send message",
    "maximum-length-too-small echo-not-sent echo-not-taken echo-tls-broken idle-connection-gone echo-not-sent-later",
  ],
  ["0006:020f DIMSE: Command PDV Expected", "response-is-data"],
  [
    "0006:0211 DIMSE: Unexpected Response Command Field: *",
    "response-is-request response-of-other-command",
  ],
  ["0006:0211 DIMSE: Unexpected Response MsgId: * (expected: *)", "response-to-other-message"],
  ["0006:0212 DIMSE Unsupported transfer syntax: *", "transfer-syntax-unusable"],
  [
    "0006:0307 DUL Illegal or ill-formed PDU",
    "association-answer-ill-formed association-answer-name-too-long association-answer-version echo-pdu-ill-formed",
  ],
  [
    "0006:0307 PDU without any PDVs encountered. In DT_2_IndicatePData.  This probably indicates a  malformed P DATA PDU.",
    "echo-response-pdvs",
  ],
  [
    "0006:0307 PDV lengths don't add up correctly: * PDVs. This probably indicates a malformed P-DATA PDU. PDU type is *.",
    "echo-response-pdvs",
  ],
  [
    "0006:0308 DUL Cannot send P-DATA PDU because receiver's max PDU size of * is illegal (must be > *)",
    "maximum-length-too-small",
  ],
  ["0006:0308 DUL Illegal A-RELEASE-RQ. Got * bytes of data.", "echo-pdu-ill-formed"],
  [
    "0006:0308 DUL Illegal PDU Length",
    "association-answer-length echo-pdu-length release-answer-illegal",
  ],
  [
    "0006:0308 DUL Illegal PDU Length *.  Max expected *",
    "association-answer-length echo-response-too-long",
  ],
  [
    "0006:0308 DUL Illegal presentation context. Got * bytes of data.",
    "association-answer-ill-formed",
  ],
  [
    "0006:0308 DUL illegal subitem length *. Maximum allowed size is *.",
    "association-answer-name-too-long",
  ],
  [
    "0006:0308 DUL illegal user identify ac length *. Info claims to be * bytes. Response claims to be * bytes.",
    "association-answer-ill-formed",
  ],
  [
    "0006:0308 DUL illegal user identify ac length *. Need at least * bytes for user identify ac",
    "association-answer-ill-formed",
  ],
  [
    "0006:0308 PDV with invalid length * encountered. This probably indicates a malformed P DATA PDU.",
    "echo-response-pdvs",
  ],
  ["0006:030c Illegal service parameter: :*", "peer-empty"],
  ["0006:030c Illegal service parameter: Called AP Title", "called-title-empty"],
  ["0006:030c Illegal service parameter: Calling AP Title", "calling-title-empty"],
  [
    "0006:0310 DUL network closed",
    "association-tls-broken association-answer-closed association-answer-reset association-answer-stalled echo-tls-broken echo-response-closed echo-response-reset echo-response-stalled release-answer-stalled release-answer-closed release-answer-reset release-tls-broken",
  ],
  ["0006:0316 DUL P-Data PDU arrived", "release-late-data"],
  [
    "0006:0317 Peer aborted Association (or never connected)",
    "connection-broken-off connect-deadline tls-overdue tls-own-chain-incomplete closed-certificate-wanted closed-certificate-sent reset-certificate-wanted reset-certificate-sent closed-over-tls closed-many-syntaxes reset-many-syntaxes closed-without-answer reset-over-tls association-tls-broken reset-without-answer association-answer-closed association-answer-reset association-aborted-by-application association-aborted-by-provider association-aborted-source-reserved association-aborted-source-undefined echo-aborted echo-aborted-by-provider echo-aborted-source-reserved echo-aborted-source-undefined echo-tls-broken idle-ended-by-peer idle-connection-gone echo-aborted-later echo-closed echo-reset echo-closed-later echo-reset-later echo-response-closed echo-response-reset echo-silent-socket echo-response-unfinished echo-response-slow release-closed release-reset release-answer-closed release-answer-reset release-tls-broken release-aborted",
  ],
  [
    "0006:0318 DUL Peer supplied illegal number of transfer syntaxes (*)",
    "association-answer-transfer-syntaxes",
  ],
  ["0006:0319 DUL Peer Requested Release", "idle-ended-by-peer echo-release-requested"],
  [
    "0006:031a DUL network read timeout",
    "association-silent association-silent-over-tls association-silent-many-syntaxes association-answer-slow echo-response-slow release-silent release-answer-stalled",
  ],
  [
    "0006:031c TCP Initialization Error: * is not an address of this machine",
    "source-address-unusable",
  ],
  ["0006:031c TCP Initialization Error: Connection refused", "port-refused"],
  [
    "0006:031c TCP Initialization Error: Connection timed out",
    "connect-timeout-system connect-timeout-system-first",
  ],
  ["0006:031c TCP Initialization Error: Invalid argument", "zone-missing connect-failed"],
  ["0006:031c TCP Initialization Error: Network is unreachable", "network-unreachable"],
  [
    "0006:031c TCP Initialization Error: No route to host",
    "host-unreachable host-unreachable-macos",
  ],
  ["0006:031c TCP Initialization Error: Operation now in progress (Timeout)", "connect-timeout"],
  ["0006:031c TCP Initialization Error: Permission denied", "connect-forbidden"],
  ["0006:031c TCP Initialization Error: Requires net access", "permission-missing"],
  ["0006:031c TCP Initialization Error: Too many open files", "descriptors-used-up"],
  [
    "0006:031d TCP I/O Error (Broken pipe) occurred in routine: sendAbortTCP",
    "association-answer-unexpected-lost echo-answer-unexpected-lost release-answer-unexpected-lost abort-tls-broken abort-not-sent",
  ],
  [
    "0006:031d TCP I/O Error (Broken pipe) occurred in routine: sendAssociationRQTCP",
    "request-not-sent reset-certificate-wanted reset-certificate-sent association-tls-broken",
  ],
  [
    "0006:031d TCP I/O Error (Broken pipe) occurred in routine: sendReleaseRQTCP",
    "release-not-sent release-tls-broken",
  ],
  [
    "0006:031d TCP I/O Error (Broken pipe) occurred in routine: writeDataPDU",
    "echo-not-sent echo-tls-broken idle-connection-gone echo-not-sent-later",
  ],
  [
    "0006:031d TCP I/O Error (Connection reset by peer) occurred in routine: sendAssociationRQTCP",
    "request-not-sent",
  ],
  [
    "0006:031d TCP I/O Error (Connection reset by peer) occurred in routine: writeDataPDU",
    "echo-not-sent",
  ],
  [
    "0006:031d TCP I/O Error (Resource temporarily unavailable) occurred in routine: sendAssociationRQTCP",
    "request-not-taken",
  ],
  [
    "0006:031d TCP I/O Error (Resource temporarily unavailable) occurred in routine: sendReleaseRQTCP",
    "release-not-sent",
  ],
  [
    "0006:031d TCP I/O Error (Resource temporarily unavailable) occurred in routine: writeDataPDU",
    "echo-not-taken",
  ],
  [
    "0006:0320 Attempt to connect to unknown host: *",
    "name-unknown name-without-family name-service-silent name-invalid",
  ],
  ["0006:0321 Unrecognized PDU type:  0", "foreign-service foreign-bytes"],
  ["0006:0321 Unrecognized PDU type:  8", "echo-response-no-pdu"],
  ["0006:0321 Unrecognized PDU type:  b", "foreign-hl7"],
  ["0006:0321 Unrecognized PDU type: 15", "foreign-tls"],
  ["0006:0321 Unrecognized PDU type: 16", "foreign-tls foreign-tls-inside"],
  ["0006:0321 Unrecognized PDU type: 2a", "foreign-service"],
  ["0006:0321 Unrecognized PDU type: 2b", "foreign-service"],
  ["0006:0321 Unrecognized PDU type: 2d", "foreign-service"],
  ["0006:0321 Unrecognized PDU type: 32", "foreign-smtp foreign-ftp foreign-service"],
  ["0006:0321 Unrecognized PDU type: 3c", "foreign-http foreign-service"],
  ["0006:0321 Unrecognized PDU type: 41", "foreign-service"],
  ["0006:0321 Unrecognized PDU type: 48", "foreign-http release-answer-illegal"],
  ["0006:0321 Unrecognized PDU type: 4a", "foreign-service"],
  ["0006:0321 Unrecognized PDU type: 4d", "foreign-hl7"],
  ["0006:0321 Unrecognized PDU type: 52", "foreign-service"],
  ["0006:0321 Unrecognized PDU type: 53", "foreign-ssh"],
  ["0006:0321 Unrecognized PDU type: 68", "foreign-text"],
  ["0006:0321 Unrecognized PDU type: 99", "foreign-bytes"],
  ["0006:0321 Unrecognized PDU type: ff", "foreign-service"],
  [
    "0006:0322 DUL Unsupported peer protocol *; expected * in parseAssociate",
    "association-answer-version",
  ],
  ["0006:0437 A-ASSOCIATE PDU too large", "association-answer-too-long"],
  ["0006:0437 A-ASSOCIATE PDU too large: more than * items", "association-answer-too-many-items"],
  ["000b:0008 OpenSSL error *: rsa routines: last octet invalid", "tls-key-not-proved"],
  ["000b:0008 OpenSSL error 0480006c: PEM routines: no start line", "tls-trust-file-unusable"],
  [
    "000b:000b TLS read operation did not complete (SSL_ERROR_WANT_READ)",
    "tls-silent tls-silent-answered tls-slow",
  ],
  [
    "000b:000e TLS connection closed by peer (SSL_ERROR_ZERO_RETURN)",
    "tls-goodbye tls-closed-certificate-wanted tls-closed-certificate-sent tls-closed-answered",
  ],
  [
    "000b:0017 OpenSSL I/O error (SSL_ERROR_SYSCALL)",
    "tls-reset tls-closed-certificate-wanted tls-closed-certificate-sent tls-closed-answered",
  ],
  [
    "000b:0886 TLS error: certificate verify failed",
    "tls-certificate-unusable tls-certificate-expired tls-certificate-not-yet-valid tls-certificate-self-signed tls-ca-unknown tls-trust-not-loaded tls-certificate-revoked tls-purpose-wrong tls-crl-unusable tls-certificate-refused tls-host-name-wrong tls-certificate-missing tls-certificate-unreadable",
  ],
  ["000b:089f TLS error: length mismatch", "tls-malformed"],
  ["000b:08c6 TLS error: packet length too long", "tls-record-too-long"],
  ["000b:0902 TLS error: unsupported protocol", "tls-version-unsupported"],
  ["000b:090b TLS error: wrong version number", "tls-plain-dicom tls-plain"],
  [
    "000b:0926 TLS error: unexpected eof while reading",
    "tls-closed tls-closed-named tls-closed-certificate-wanted tls-closed-certificate-sent tls-closed-answered",
  ],
  [
    "000b:0c10 TLS error: sslv3 alert handshake failure",
    "tls-own-certificate-wanted tls-nothing-shared tls-outside-profile",
  ],
  ["000b:0c15 TLS error: sslv3 alert certificate expired", "tls-own-certificate-refused"],
  ["000b:0c18 TLS error: tlsv1 alert unknown ca", "tls-own-certificate-refused tls-alert"],
  ["000b:0c2e TLS error: tlsv1 alert protocol version", "tls-version-refused"],
  ["000b:0c2f TLS error: tlsv1 alert insufficient security", "tls-nothing-shared"],
  ["000b:0c38 TLS error: tlsv1 alert internal error", "tls-alert"],
  ["000b:0c58 TLS error: tlsv1 unrecognized name", "tls-name-unknown tls-name-wanted"],
  ["000b:0c5c TLS error: tlsv13 alert certificate required", "tls-own-certificate-wanted"],
  ["A-ASSOCIATE PDU too large: * bytes, refusing.", "association-answer-too-long"],
  ["Illegal service parameter: Called AP Title", "called-title-empty"],
  ["Illegal service parameter: Calling AP Title", "calling-title-empty"],
  [
    "No Acceptable Presentation Contexts",
    "association-request-mirrored association-answer-unexpected no-context-answered verification-unsupported transfer-syntaxes-unsupported many-transfer-syntaxes-unsupported context-refused-by-user context-refused-without-reason context-result-undefined contexts-refused-variously",
  ],
];
