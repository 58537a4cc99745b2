/** The table after `positions.ts`: which message is where in the reference's source. */

/** Lines of one function: number and how the message there begins (a text) or looks (an expression). */
export interface FunctionRows {
  /** Logger that the messages belong to. */
  readonly logger: string;
  /** Path as compiled. */
  readonly file: string;
  /** Function with its full signature. */
  readonly function: string;
  /** Its messages. The first row that fits counts. */
  readonly rows: readonly (readonly [line: number, message: string | RegExp])[];
}

const APP = "dcmtk.apps.echoscu";
const NET = "dcmtk.dcmnet";
const DATA = "dcmtk.dcmdata";
const TLS = "dcmtk.dcmtls";

/** All functions with messages that we know. */
export const FUNCTIONS: readonly FunctionRows[] = [
  {
    logger: APP,
    file: "./dcmnet/apps/echoscu.cc",
    function: "int main(int, char**)",
    rows: [
      [290, /^\$(?:dcmtk|echoscu): /],
      [295, "no data dictionary loaded"],
      [316, "000b:0004 "],
      [388, "Request Parameters:"],
      [392, "Requesting Association"],
      [400, "Association Rejected:"],
      [403, "Association Request Failed: "],
      [409, "Association Parameters Negotiated:"],
      [414, "No Acceptable Presentation Contexts"],
      [419, "Association Accepted "],
      [429, "Aborting Association"],
      [438, "Releasing Association"],
      [449, "Protocol Error: Peer requested release"],
      [460, "Peer Aborted Association"],
      [464, "Echo SCU Failed: "],
    ],
  },
  {
    logger: APP,
    file: "./dcmnet/apps/echoscu.cc",
    function: "OFCondition echoSCU(T_ASC_Association*)",
    rows: [
      [516, "Sending Echo Request "],
      [523, "Received Echo Response "],
      [526, "Echo Failed: "],
    ],
  },
  {
    logger: DATA,
    file: "./dcmdata/libsrc/dcdict.cc",
    function: "OFBool DcmDataDictionary::loadDictionary(const char*, OFBool)",
    rows: [
      [454, "DcmDataDictionary: Cannot open file: "],
      [459, "DcmDataDictionary: Loading file: "],
    ],
  },
  {
    logger: DATA,
    file: "./dcmdata/libsrc/dcdatset.cc",
    function:
      "virtual OFCondition DcmDataset::readUntilTag(DcmInputStream&, E_TransferSyntax, E_GrpLenEncoding, Uint32, const DcmTagKey&)",
    rows: [
      [413, "DcmDataset::read() TransferSyntax="],
      [464, "DcmDataset::read() returns error = "],
    ],
  },
  {
    logger: DATA,
    file: "./dcmdata/libsrc/dcitem.cc",
    function:
      "OFCondition DcmItem::readSubElement(DcmInputStream&, DcmTag&, Uint32, E_TransferSyntax, E_GrpLenEncoding, Uint32)",
    rows: [[1332, "DcmItem::readSubItem() returns error = "]],
  },
  {
    logger: DATA,
    file: "./dcmdata/libsrc/dcitem.cc",
    function:
      "virtual OFCondition DcmItem::readUntilTag(DcmInputStream&, E_TransferSyntax, E_GrpLenEncoding, Uint32, const DcmTagKey&)",
    rows: [[1527, "DcmItem::read() returns error = "]],
  },
  {
    logger: DATA,
    file: "./dcmdata/libsrc/dcitem.cc",
    function: "virtual OFCondition DcmItem::insert(DcmElement*, OFBool, OFBool)",
    rows: [
      [1791, /^DcmItem::insert\(\) .* inserted at beginning$/],
      [1820, "DcmItem::insert() "],
    ],
  },
  {
    logger: DATA,
    file: "./dcmdata/libsrc/dcitem.cc",
    function: "OFCondition DcmItem::searchSubFromHere(const DcmTagKey&, DcmStack&, OFBool)",
    rows: [[2138, "DcmItem::searchSubFromHere() "]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dcmtrans.cc",
    function: "DcmTransportConnection::DcmTransportConnection(DcmNativeSocketType)",
    rows: [
      [85, "setting network send timeout to 0 "],
      [87, "setting network send timeout to "],
      [119, "setting network receive timeout to 0 "],
      [121, "setting network receive timeout to "],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dimse.cc",
    function:
      "OFCondition sendDcmDataset(T_ASC_Association*, DcmDataset*, T_ASC_PresentationContextID, E_TransferSyntax, DUL_DATAPDV, DIMSE_ProgressCallback, void*)",
    rows: [[797, "DIMSE sendDcmDataset: "]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dimse.cc",
    function:
      "OFCondition DIMSE_sendMessage(T_ASC_Association*, T_ASC_PresentationContextID, T_DIMSE_Message*, DcmDataset*, DcmDataset*, const char*, DIMSE_ProgressCallback, void*, DcmDataset**)",
    rows: [
      [975, "DIMSE Command to be sent "],
      [976, "DIMSE Command to send:"],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dimse.cc",
    function:
      "OFCondition DIMSE_receiveCommand(T_ASC_Association*, T_DIMSE_BlockingMode, int, T_ASC_PresentationContextID*, T_DIMSE_Message*, DcmDataset**, DcmDataset**)",
    rows: [
      [1091, /^DIMSE receiveCommand$/],
      [1199, "DIMSE receiveCommand: "],
      [1226, "DIMSE Command Received:"],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/diutil.cc",
    function: "void DU_logSelectResult(int)",
    rows: [[886, "Receiving data via select()"]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dul.cc",
    function:
      "OFCondition DUL_RequestAssociation(DUL_NETWORKKEY**, DUL_BLOCKOPTIONS, int, DUL_ASSOCIATESERVICEPARAMETERS*, DUL_ASSOCIATIONKEY**, int)",
    rows: [[542, "setting timeout for first PDU to be read "]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulconst.cc",
    function:
      "OFCondition constructAssociatePDU(DUL_ASSOCIATESERVICEPARAMETERS*, unsigned char, PRV_ASSOCIATEPDU*)",
    rows: [[194, "Constructing Associate RQ PDU"]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulfsm.cc",
    function:
      "OFCondition PRV_StateMachine(PRIVATE_NETWORKKEY**, PRIVATE_ASSOCIATIONKEY**, int, int, void*)",
    rows: [[771, "DUL  FSM Table: "]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulfsm.cc",
    function:
      "OFCondition AE_3_AssociateConfirmationAccept(PRIVATE_NETWORKKEY**, PRIVATE_ASSOCIATIONKEY**, int, void*)",
    rows: [[918, "PDU Type: Associate Accept, "]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulfsm.cc",
    function:
      "OFCondition requestAssociationTCP(PRIVATE_NETWORKKEY**, DUL_ASSOCIATESERVICEPARAMETERS*, PRIVATE_ASSOCIATIONKEY**)",
    rows: [
      [2494, "checking whether environment variable TCP_NODELAY "],
      [2502, "  environment variable TCP_NODELAY not set"],
      [2507, "DULFSM: disabling Nagle algorithm "],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulfsm.cc",
    function:
      "OFCondition readPDUHeadTCP(PRIVATE_ASSOCIATIONKEY**, unsigned char*, long unsigned int, DUL_BLOCKOPTIONS, int, unsigned char*, unsigned char*, long unsigned int*)",
    rows: [
      [3531, "Read PDU HEAD TCP: type: "],
      [3497, "Read PDU HEAD TCP: "],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulfsm.cc",
    function: "void setTCPBufferLength(int)",
    rows: [
      [3818, "checking whether environment variable TCP_BUFFER_LENGTH "],
      [3824, "DULFSM: setting TCP buffer length "],
      [3834, "  environment variable TCP_BUFFER_LENGTH not set"],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulparse.cc",
    function: "OFCondition parseAssociate(unsigned char*, long unsigned int, PRV_ASSOCIATEPDU*)",
    rows: [
      [186, "Parsing an A-ASSOCIATE PDU"],
      [198, /^PDU type: [^]* \(A-ASSOCIATE /],
      [212, /^Parsing remaining [0-9]+ bytes of A-ASSOCIATE PDU/],
      [228, "Successfully parsed Application Context"],
      [253, "Successfully parsed Presentation Context"],
      [275, "Successfully parsed User Information"],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulparse.cc",
    function:
      "OFCondition parseSubItem(DUL_SUBITEM*, unsigned char*, long unsigned int*, long unsigned int)",
    rows: [[352, "Subitem parse: "]],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulparse.cc",
    function:
      "OFCondition parsePresentationContext(unsigned char, PRV_PRESENTATIONCONTEXTITEM*, unsigned char*, long unsigned int*, long unsigned int)",
    rows: [
      [416, "Parsing Presentation Context: "],
      [426, /^Parsing remaining [0-9]+ bytes of Presentation Context/],
      [453, "Successfully parsed Transfer Syntax"],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulparse.cc",
    function:
      "OFCondition parseUserInfo(DUL_USERINFO*, unsigned char*, long unsigned int*, unsigned char, long unsigned int)",
    rows: [
      [529, "Parsing user info field "],
      [534, /^Parsing remaining [0-9]+ bytes of User Information/],
      [545, "Successfully parsed Maximum PDU Length"],
    ],
  },
  {
    logger: NET,
    file: "./dcmnet/libsrc/dulparse.cc",
    function:
      "OFCondition parseMaxPDU(DUL_MAXLENGTH*, unsigned char*, long unsigned int*, long unsigned int)",
    rows: [[684, "Maximum PDU Length: "]],
  },
  {
    logger: TLS,
    file: "./dcmtls/libsrc/tlslayer.cc",
    function:
      "static OFCondition DcmTLSTransportLayer::convertOpenSSLError(long unsigned int, OFBool)",
    rows: [[1158, "OpenSSL error "]],
  },
  {
    logger: TLS,
    file: "./dcmtls/libsrc/tlsopt.cc",
    function:
      "OFCondition DcmTLSOptions::createTransportLayer(T_ASC_Network*, T_ASC_Parameters*, OFConsoleApplication&, OFCommandLine&)",
    rows: [[335, "unable to load certificate file "]],
  },
  {
    logger: TLS,
    file: "./dcmtls/libsrc/tlstrans.cc",
    function: "virtual OFCondition DcmTLSConnection::clientSideHandshake()",
    rows: [[147, "Starting TLS client handshake"]],
  },
  {
    logger: TLS,
    file: "./dcmtls/libsrc/tlstrans.cc",
    function: "void DcmTLSConnection::logTLSConnection()",
    rows: [[328, /^=+ BEGIN TLS CONNECTION DETAILS =/]],
  },
];
