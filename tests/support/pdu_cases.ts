// data table
/*
 * PDUs as bytes and as values, for tests: each is driven through all properties of the codec (`cases_test.ts`).
 *
 * The bytes were not made by this program: they were captured from others or written by hand from the tables of
 * the standard, as `origin` says. Spaces stand at field borders, one item to a line.
 */
import type { Pdu } from "../../src/pdu/types.ts";

/** One PDU. */
export interface PduCase {
  /** What it shows. */
  readonly name: string;
  /** Its bytes in hexadecimal; blanks and line ends do not count. */
  readonly hex: string;
  /** Where the bytes come from. */
  readonly origin: string;
  /** What they mean. */
  readonly value: Pdu;
  /** Offsets of reserved bytes that are not 0; we write 0. */
  readonly reserved?: readonly number[];
}

/** The bytes of hexadecimal text; blanks and line ends do not count. */
export function bytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (digits) => parseInt(digits, 16));
}

/** All PDUs, all items and all user information sub-items at least once. */
export const PDU_CASES: readonly PduCase[] = [
  {
    name: "A-ASSOCIATE-RQ of echoscu, default options",
    origin: "sent by DCMTK 3.6.7 echoscu",
    hex: `
      01 00 000000cd 0001 0000
      414e592d534350202020202020202020
      4543484f534355202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 002e 01 00 ff 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 003a
      51 00 0004 00004000
      52 00 001b 312e322e3237362e302e373233303031302e332e302e332e362e37
      55 00 000f 4f464649535f44434d544b5f333637
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 1,
      calledAeTitle: "ANY-SCP",
      callingAeTitle: "ECHOSCU",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "implementation-class-uid",
        implementationClassUid: "1.2.276.0.7230010.3.0.3.6.7",
      }, { type: "implementation-version-name", implementationVersionName: "OFFIS_DCMTK_367" }],
      unrecognizedItems: [],
      presentationContexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2"],
      }],
    },
    reserved: [105],
  },
  {
    name: "A-ASSOCIATE-RQ of echoscu with two contexts of two transfer syntaxes",
    origin: "sent by DCMTK 3.6.7 echoscu -ppc 2 -pts 2",
    hex: `
      01 00 0000012d 0001 0000
      414e592d534350202020202020202020
      4543484f534355202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 0045 01 00 ff 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      40 00 0013 312e322e3834302e31303030382e312e322e31
      20 00 0045 03 00 ff 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      40 00 0013 312e322e3834302e31303030382e312e322e31
      50 00 003a
      51 00 0004 00004000
      52 00 001b 312e322e3237362e302e373233303031302e332e302e332e362e37
      55 00 000f 4f464649535f44434d544b5f333637
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 1,
      calledAeTitle: "ANY-SCP",
      callingAeTitle: "ECHOSCU",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "implementation-class-uid",
        implementationClassUid: "1.2.276.0.7230010.3.0.3.6.7",
      }, { type: "implementation-version-name", implementationVersionName: "OFFIS_DCMTK_367" }],
      unrecognizedItems: [],
      presentationContexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"],
      }, {
        id: 3,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"],
      }],
    },
    reserved: [105, 178],
  },
  {
    name: "A-ASSOCIATE-RQ of gdcmscu",
    origin: "sent by GDCM 3.0.21 gdcmscu --echo",
    hex: `
      01 00 000000df 0001 0000
      414e592d534350202020202020202020
      4744434d534355202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 002e 01 00 00 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 004c
      51 00 0004 00004000
      52 00 0031 312e322e3832362e302e312e333638303034332e322e313134332e3130372e3130342e3130332e3131352e332e302e3231
      55 00 000b 4744434d20332e302e3231
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 1,
      calledAeTitle: "ANY-SCP",
      callingAeTitle: "GDCMSCU",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "implementation-class-uid",
        implementationClassUid: "1.2.826.0.1.3680043.2.1143.107.104.103.115.3.0.21",
      }, { type: "implementation-version-name", implementationVersionName: "GDCM 3.0.21" }],
      unrecognizedItems: [],
      presentationContexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2"],
      }],
    },
  },
  {
    name: "A-ASSOCIATE-RQ of CTN",
    origin: "sent by CTN 3.2.0 dicom_echo",
    hex: `
      01 00 000000cf 0001 0000
      4449434f4d5f53544f52414745202020
      4449434f4d5f4543484f202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 002e 01 00 00 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 003c
      51 00 0004 00004000
      52 00 001d 312e322e3834302e3131333635342e322e332e313939352e332e302e36
      55 00 000f 4d495243544e31314d415232303033
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 1,
      calledAeTitle: "DICOM_STORAGE",
      callingAeTitle: "DICOM_ECHO",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "implementation-class-uid",
        implementationClassUid: "1.2.840.113654.2.3.1995.3.0.6",
      }, { type: "implementation-version-name", implementationVersionName: "MIRCTN11MAR2003" }],
      unrecognizedItems: [],
      presentationContexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2"],
      }],
    },
  },
  {
    name: "A-ASSOCIATE-RQ of odil with roles, name and passcode",
    origin: "sent by odil 0.12.2",
    hex: `
      01 00 00000166 0001 0000
      43414c4c454420202020202020202020
      43414c4c494e47202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 0045 01 00 00 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      40 00 0013 312e322e3834302e31303030382e312e322e31
      20 00 0038 03 00 00 00
      30 00 0019 312e322e3834302e31303030382e352e312e342e312e312e32
      40 00 0013 312e322e3834302e31303030382e312e322e31
      50 00 0080
      51 00 0004 00008000
      52 00 001d 312e322e3832362e302e312e333638303034332e392e35353630302e30
      54 00 0015 0011 312e322e3834302e31303030382e312e31 01 00
      54 00 001d 0019 312e322e3834302e31303030382e352e312e342e312e312e32 01 01
      55 00 0006 4f64696c2030
      58 00 000f 02 01 0003 626f62 0006 736563726574
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 1,
      calledAeTitle: "CALLED",
      callingAeTitle: "CALLING",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [
        { type: "maximum-length", maximumLength: 32768 },
        {
          type: "implementation-class-uid",
          implementationClassUid: "1.2.826.0.1.3680043.9.55600.0",
        },
        { type: "role-selection", sopClassUid: "1.2.840.10008.1.1", scuRole: 1, scpRole: 0 },
        {
          type: "role-selection",
          sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
          scuRole: 1,
          scpRole: 1,
        },
        { type: "implementation-version-name", implementationVersionName: "Odil 0" },
        {
          type: "user-identity-rq",
          userIdentityType: 2,
          positiveResponseRequested: true,
          primaryField: bytes("62 6f 62"),
          secondaryField: bytes("73 65 63 72 65 74"),
        },
      ],
      unrecognizedItems: [],
      presentationContexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"],
      }, {
        id: 3,
        abstractSyntax: "1.2.840.10008.5.1.4.1.1.2",
        transferSyntaxes: ["1.2.840.10008.1.2.1"],
      }],
    },
  },
  {
    name: "A-ASSOCIATE-RQ with all user items",
    origin: "by hand from PS3.8 Tables 9-11 to 9-16, D.1 and PS3.7 Tables D.3-1 to D.3-14",
    hex: `
      01 00 00000173 0001 0000
      43414c4c454420202020202020202020
      43414c4c494e47202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 002e 01 00 00 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 00d9
      51 00 0004 00000000
      52 00 0007 312e322e332e34
      53 00 0004 0005 0007
      54 00 001d 0019 312e322e3834302e31303030382e352e312e342e312e312e32 00 01
      55 00 0009 56455253494f4e2031
      56 00 001f 0019 312e322e3834302e31303030382e352e312e342e312e312e32 02000300
      57 00 0056 0019 312e322e3834302e31303030382e352e312e342e312e312e34 0011 312e322e3834302e31303030382e342e32 0026 001d 312e322e3834302e31303030382e352e312e342e312e312e38382e3232 0005 312e322e33
      58 00 0009 01 01 0003 626f62 0000
      5a 00 0002 feff
      99 00 0003 010203
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 1,
      calledAeTitle: "CALLED",
      callingAeTitle: "CALLING",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [
        { type: "maximum-length", maximumLength: 0 },
        { type: "implementation-class-uid", implementationClassUid: "1.2.3.4" },
        {
          type: "asynchronous-operations-window",
          maximumOperationsInvoked: 5,
          maximumOperationsPerformed: 7,
        },
        {
          type: "role-selection",
          sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
          scuRole: 0,
          scpRole: 1,
        },
        { type: "implementation-version-name", implementationVersionName: "VERSION 1" },
        {
          type: "extended-negotiation",
          sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
          serviceClassApplicationInformation: bytes("02 00 03 00"),
        },
        {
          type: "common-extended-negotiation",
          version: 0,
          sopClassUid: "1.2.840.10008.5.1.4.1.1.4",
          serviceClassUid: "1.2.840.10008.4.2",
          relatedGeneralSopClassUids: ["1.2.840.10008.5.1.4.1.1.88.22", "1.2.3"],
        },
        {
          type: "user-identity-rq",
          userIdentityType: 1,
          positiveResponseRequested: true,
          primaryField: bytes("62 6f 62"),
          secondaryField: new Uint8Array(0),
        },
        { type: "unrecognized", itemType: 90, value: bytes("fe ff") },
      ],
      unrecognizedItems: [{ itemType: 153, value: bytes("01 02 03") }],
      presentationContexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2"],
      }],
    },
  },
  {
    name: "A-ASSOCIATE-RQ with Kerberos identity and empty common extended negotiation",
    origin: "by hand from PS3.7 Tables D.3-11 and D.3-14",
    hex: `
      01 00 000000c7 0001 0000
      43414c4c454420202020202020202020
      43414c4c494e47202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 002e ff 00 00 00
      30 00 0011 312e322e3834302e31303030382e312e31
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 0034
      51 00 0004 00004000
      57 00 001a 0011 312e322e3834302e31303030382e312e31 0003 312e32 0000
      58 00 000a 03 00 0004 6082ff00 0000
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 1,
      calledAeTitle: "CALLED",
      callingAeTitle: "CALLING",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "common-extended-negotiation",
        version: 0,
        sopClassUid: "1.2.840.10008.1.1",
        serviceClassUid: "1.2",
        relatedGeneralSopClassUids: [],
      }, {
        type: "user-identity-rq",
        userIdentityType: 3,
        positiveResponseRequested: false,
        primaryField: bytes("60 82 ff 00"),
        secondaryField: new Uint8Array(0),
      }],
      unrecognizedItems: [],
      presentationContexts: [{
        id: 255,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2"],
      }],
    },
  },
  {
    name: "A-ASSOCIATE-RQ without any item",
    origin: "by hand from PS3.8 Table 9-11",
    hex: `
      01 00 00000044 ffff 0000
      20202020202020202020202020202020
      20202020202020202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
    `,
    value: {
      type: "A-ASSOCIATE-RQ",
      protocolVersion: 65535,
      calledAeTitle: "",
      callingAeTitle: "",
      applicationContextName: undefined,
      userInformation: [],
      unrecognizedItems: [],
      presentationContexts: [],
    },
  },
  {
    name: "A-ASSOCIATE-AC of storescp",
    origin: "sent by DCMTK 3.6.7 storescp",
    hex: `
      02 00 000000ba 0001 0000
      434f4d4d4f4e20202020202020202020
      4543484f534355202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      21 00 001b 01 00 00 00
      40 00 0013 312e322e3834302e31303030382e312e322e31
      50 00 003a
      51 00 0004 00004000
      52 00 001b 312e322e3237362e302e373233303031302e332e302e332e362e37
      55 00 000f 4f464649535f44434d544b5f333637
    `,
    value: {
      type: "A-ASSOCIATE-AC",
      protocolVersion: 1,
      calledAeTitle: "COMMON",
      callingAeTitle: "ECHOSCU",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "implementation-class-uid",
        implementationClassUid: "1.2.276.0.7230010.3.0.3.6.7",
      }, { type: "implementation-version-name", implementationVersionName: "OFFIS_DCMTK_367" }],
      unrecognizedItems: [],
      presentationContexts: [{
        id: 1,
        result: "acceptance",
        transferSyntax: "1.2.840.10008.1.2.1",
      }],
    },
  },
  {
    name: "A-ASSOCIATE-AC of odil",
    origin: "sent by odil 0.12.2",
    hex: `
      02 00 000000b1 0001 0000
      434f4d4d4f4e20202020202020202020
      4543484f534355202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      21 00 0019 01 00 00 00
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 0033
      51 00 0004 00004000
      52 00 001d 312e322e3832362e302e312e333638303034332e392e35353630302e30
      55 00 0006 4f64696c2030
    `,
    value: {
      type: "A-ASSOCIATE-AC",
      protocolVersion: 1,
      calledAeTitle: "COMMON",
      callingAeTitle: "ECHOSCU",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "implementation-class-uid",
        implementationClassUid: "1.2.826.0.1.3680043.9.55600.0",
      }, { type: "implementation-version-name", implementationVersionName: "Odil 0" }],
      unrecognizedItems: [],
      presentationContexts: [{ id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" }],
    },
  },
  {
    name: "A-ASSOCIATE-AC of pynetdicom",
    origin: "sent by pynetdicom 2.1",
    hex: `
      02 00 000000bc 0001 0000
      434f4d4d4f4e20202020202020202020
      4543484f534355202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      21 00 0019 01 00 00 00
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 003e
      51 00 0004 00003ffe
      52 00 0020 312e322e3832362e302e312e333638303034332e392e333831312e322e312e30
      55 00 000e 50594e45544449434f4d5f323130
    `,
    value: {
      type: "A-ASSOCIATE-AC",
      protocolVersion: 1,
      calledAeTitle: "COMMON",
      callingAeTitle: "ECHOSCU",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16382 }, {
        type: "implementation-class-uid",
        implementationClassUid: "1.2.826.0.1.3680043.9.3811.2.1.0",
      }, { type: "implementation-version-name", implementationVersionName: "PYNETDICOM_210" }],
      unrecognizedItems: [],
      presentationContexts: [{ id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" }],
    },
  },
  {
    name: "A-ASSOCIATE-AC with extended negotiation",
    origin: "by hand, taken by DCMTK 3.6.7 echoscu",
    hex: `
      02 00 000000c9 0001 0000
      414e592d534350202020202020202020
      4543484f534355202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      21 00 0019 01 00 00 00
      40 00 0011 312e322e3834302e31303030382e312e32
      50 00 004b
      51 00 0004 00004000
      52 00 000b 312e322e332e342e352e36
      55 00 0009 544553545343505f31
      56 00 0016 0011 312e322e3834302e31303030382e312e31 0102ab
      56 00 0009 0007 312e322e332e34
    `,
    value: {
      type: "A-ASSOCIATE-AC",
      protocolVersion: 1,
      calledAeTitle: "ANY-SCP",
      callingAeTitle: "ECHOSCU",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [
        { type: "maximum-length", maximumLength: 16384 },
        { type: "implementation-class-uid", implementationClassUid: "1.2.3.4.5.6" },
        { type: "implementation-version-name", implementationVersionName: "TESTSCP_1" },
        {
          type: "extended-negotiation",
          sopClassUid: "1.2.840.10008.1.1",
          serviceClassApplicationInformation: bytes("01 02 ab"),
        },
        {
          type: "extended-negotiation",
          sopClassUid: "1.2.3.4",
          serviceClassApplicationInformation: new Uint8Array(0),
        },
      ],
      unrecognizedItems: [],
      presentationContexts: [{ id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" }],
    },
  },
  {
    name: "A-ASSOCIATE-AC with every result",
    origin: "by hand from PS3.8 Tables 9-17 and 9-18",
    hex: `
      02 00 00000166 0001 0000
      43414c4c454420202020202020202020
      43414c4c494e47202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      21 00 0019 01 00 00 00
      40 00 0011 312e322e3834302e31303030382e312e32
      21 00 0019 03 00 01 00 40 00 0011 312e322e3834302e31303030382e312e32
      21 00 0019 05 00 02 00 40 00 0011 312e322e3834302e31303030382e312e32
      21 00 0019 07 00 03 00 40 00 0011 312e322e3834302e31303030382e312e32
      21 00 0019 09 00 04 00 40 00 0011 312e322e3834302e31303030382e312e32
      21 00 0019 0b 00 05 00 40 00 0011 312e322e3834302e31303030382e312e32
      21 00 0019 0d 00 ff 00 40 00 0011 312e322e3834302e31303030382e312e32
      50 00 003a
      51 00 0004 00004000
      53 00 0004 0001 0001
      54 00 001d 0019 312e322e3834302e31303030382e352e312e342e312e312e32 00 01
      59 00 0005 0003 006f6b
    `,
    value: {
      type: "A-ASSOCIATE-AC",
      protocolVersion: 1,
      calledAeTitle: "CALLED",
      callingAeTitle: "CALLING",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "maximum-length", maximumLength: 16384 }, {
        type: "asynchronous-operations-window",
        maximumOperationsInvoked: 1,
        maximumOperationsPerformed: 1,
      }, {
        type: "role-selection",
        sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
        scuRole: 0,
        scpRole: 1,
      }, { type: "user-identity-ac", serverResponse: bytes("00 6f 6b") }],
      unrecognizedItems: [],
      presentationContexts: [
        { id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" },
        { id: 3, result: "user-rejection" },
        { id: 5, result: "no-reason" },
        { id: 7, result: "abstract-syntax-not-supported" },
        { id: 9, result: "transfer-syntaxes-not-supported" },
        { id: 11, result: "reserved", code: 5 },
        { id: 13, result: "reserved", code: 255 },
      ],
    },
  },
  {
    name: "A-ASSOCIATE-AC with an empty user identity answer and unknown items",
    origin: "by hand from PS3.7 Table D.3-15",
    hex: `
      02 00 0000008c 0001 0000
      43414c4c454420202020202020202020
      43414c4c494e47202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      21 00 0019 01 00 03 00 40 00 0011 312e322e3834302e31303030382e312e32
      50 00 000a
      59 00 0002 0000
      ff 00 0000
      99 00 0000
    `,
    value: {
      type: "A-ASSOCIATE-AC",
      protocolVersion: 1,
      calledAeTitle: "CALLED",
      callingAeTitle: "CALLING",
      applicationContextName: "1.2.840.10008.3.1.1.1",
      userInformation: [{ type: "user-identity-ac", serverResponse: new Uint8Array(0) }, {
        type: "unrecognized",
        itemType: 255,
        value: new Uint8Array(0),
      }],
      unrecognizedItems: [{ itemType: 153, value: new Uint8Array(0) }],
      presentationContexts: [{ id: 1, result: "abstract-syntax-not-supported" }],
    },
  },
  {
    name: "A-ASSOCIATE-RJ, called AE title not recognized",
    origin: "sent by DCMTK 3.6.7 dcmqrscp to an unknown title",
    hex: `
      03 00 00000004 00 01 01 07
    `,
    value: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  },
  {
    name: "A-ASSOCIATE-RJ with codes the standard does not define",
    origin: "by hand from PS3.8 Table 9-21",
    hex: `
      03 00 00000004 00 ff ee dd
    `,
    value: { type: "A-ASSOCIATE-RJ", result: 255, source: 238, reason: 221 },
  },
  {
    name: "P-DATA-TF with the C-ECHO-RQ of echoscu",
    origin: "sent by DCMTK 3.6.7 echoscu",
    hex: `
      04 00 0000004a
      00000046 01 03
      0000 0000 04000000 38000000
      0000 0200 12000000 312e322e3834302e31303030382e312e3100
      0000 0001 02000000 3000
      0000 1001 02000000 0100
      0000 0008 02000000 0101
    `,
    value: {
      type: "P-DATA-TF",
      pdvs: [{
        contextId: 1,
        kind: "command",
        isLast: true,
        data: bytes(
          "00 00 00 00 04 00 00 00 38 00 00 00 00 00 02 00 12 00 00 00 31 2e 32 2e 38 34 30 2e 31 30 30 30 38 2e 31 2e 31 00 00 00 00 01 02 00 00 00 30 00 00 00 10 01 02 00 00 00 01 00 00 00 00 08 02 00 00 00 01 01",
        ),
      }],
    },
  },
  {
    name: "P-DATA-TF with the C-ECHO-RSP of odil",
    origin: "sent by odil 0.12.2",
    hex: `
      04 00 00000054
      00000050 01 03
      0000 0000 04000000 42000000
      0000 0200 12000000 312e322e3834302e31303030382e312e3100
      0000 0001 02000000 3080
      0000 2001 02000000 0100
      0000 0008 02000000 0101
      0000 0009 02000000 0000
    `,
    value: {
      type: "P-DATA-TF",
      pdvs: [{
        contextId: 1,
        kind: "command",
        isLast: true,
        data: bytes(
          "00 00 00 00 04 00 00 00 42 00 00 00 00 00 02 00 12 00 00 00 31 2e 32 2e 38 34 30 2e 31 30 30 30 38 2e 31 2e 31 00 00 00 00 01 02 00 00 00 30 80 00 00 20 01 02 00 00 00 01 00 00 00 00 08 02 00 00 00 01 01 00 00 00 09 02 00 00 00 00 00",
        ),
      }],
    },
  },
  {
    name: "P-DATA-TF with three PDVs, the last one empty",
    origin: "by hand from PS3.8 9.3.5.1 and E.2",
    hex: `
      04 00 00000015
      00000004 01 01
      0000
      00000003 03 00
      8f
      00000002 ff 03
    `,
    value: {
      type: "P-DATA-TF",
      pdvs: [{ contextId: 1, kind: "command", isLast: false, data: bytes("00 00") }, {
        contextId: 3,
        kind: "data",
        isLast: false,
        data: bytes("8f"),
      }, { contextId: 255, kind: "command", isLast: true, data: new Uint8Array(0) }],
    },
  },
  {
    name: "P-DATA-TF with the last fragment of a data set",
    origin: "by hand from PS3.8 9.3.5.1 and E.2",
    hex: `
      04 00 0000000a
      00000006 01 02
      aabbccdd
    `,
    value: {
      type: "P-DATA-TF",
      pdvs: [{ contextId: 1, kind: "data", isLast: true, data: bytes("aa bb cc dd") }],
    },
  },
  {
    name: "A-RELEASE-RQ",
    origin: "sent by DCMTK 3.6.7 echoscu",
    hex: `
      05 00 00000004 00 00 00 00
    `,
    value: { type: "A-RELEASE-RQ" },
  },
  {
    name: "A-RELEASE-RP",
    origin: "sent by DCMTK 3.6.7 storescp",
    hex: `
      06 00 00000004 00 00 00 00
    `,
    value: { type: "A-RELEASE-RP" },
  },
  {
    name: "A-ABORT of the service user",
    origin: "sent by DCMTK 3.6.7 echoscu --abort",
    hex: `
      07 00 00000004 00 00 00 00
    `,
    value: { type: "A-ABORT", source: 0, reason: 0 },
  },
  {
    name: "A-ABORT of the service provider, unexpected PDU",
    origin: "sent by DCMTK 3.6.7 echoscu after an A-RELEASE-RQ",
    hex: `
      07 00 00000004 00 00 02 02
    `,
    value: { type: "A-ABORT", source: 2, reason: 2 },
  },
];
