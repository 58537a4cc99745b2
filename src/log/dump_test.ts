import assert from "node:assert/strict";
import { checkWith } from "../../tests/support/memory_peer.ts";
import { nameOfWellKnownUid } from "../dicom/mod.ts";
import { type AssociateAc, decodePdu, lastItem } from "../pdu/mod.ts";
import {
  acceptedContext,
  ascii,
  associateAc,
  item,
  number,
  userInformation,
} from "../../tests/support/wire_bytes.ts";
import { type CheckEvent, runCheck } from "../check/mod.ts";
import { worldWith } from "../../tests/support/memory_peer.ts";
import { hexDump, parametersDump, shown } from "./dump.ts";

/** What a check reports when a peer answers with `answer`. */
async function viewOf(answer: string, contexts = 1) {
  const world = worldWith([answer, (wire) => wire.end()]);
  await runCheck(checkWith({ contexts }), world);
  const negotiated = world.events.find((
    event,
  ): event is Extract<CheckEvent, { type: "association-negotiated" }> =>
    event.type === "association-negotiated"
  );
  if (negotiated === undefined) assert.fail("nothing was negotiated");
  return negotiated.view;
}

async function dumpOf(answer: string, contexts = 1): Promise<string[]> {
  const view = await viewOf(answer, contexts);
  return parametersDump(view, { kind: "AC", names: nameOfWellKnownUid }).split("\n");
}

Deno.test("hexDump() shows 16 bytes a line, and an empty line after a full one", () => {
  const bytes = Uint8Array.fromHex("02000000000c" + "ab".repeat(12));
  assert.equal(
    hexDump(bytes),
    "PDU Type: Associate Accept, PDU Length: 12 + 6 bytes PDU header\n" +
      "  02  00  00  00  00  0c  ab  ab  ab  ab  ab  ab  ab  ab  ab  ab\n" +
      "  ab  ab",
  );
  assert.ok(hexDump(bytes.subarray(0, 16)).endsWith("  ab\n"));
});

Deno.test("hexDump() shows 512 bytes and says so when there are more", () => {
  const lines = hexDump(new Uint8Array(600)).split("\n");
  assert.equal(lines[0], "PDU Type: Associate Accept, PDU Length: 594 + 6 bytes PDU header");
  assert.equal(lines[1], "Only dumping 512 bytes.");
  assert.equal(lines.length, 2 + 32 + 1);
  assert.ok(!hexDump(new Uint8Array(512)).includes("Only"));
});

/* The blocks are the reference's own (its identity aside), from runs of its echoscu 3.6.7. */

Deno.test("parametersDump() shows what is requested as the reference does", async () => {
  const view = await viewOf(associateAc([acceptedContext(1)]));
  const block = parametersDump({ ...view, answer: undefined }, {
    kind: "RQ",
    names: nameOfWellKnownUid,
  });
  const ours = lastItem(view.request.userInformation, "implementation-class-uid");
  const version = lastItem(view.request.userInformation, "implementation-version-name");
  assert.equal(
    block,
    [
      "Request Parameters:",
      "====================== BEGIN A-ASSOCIATE-RQ =====================",
      `Our Implementation Class UID:      ${ours?.implementationClassUid}`,
      `Our Implementation Version Name:   ${version?.implementationVersionName}`,
      "Their Implementation Class UID:    ",
      "Their Implementation Version Name: ",
      "Application Context Name:    1.2.840.10008.3.1.1.1",
      "Calling Application Name:    ECHOSCU",
      "Called Application Name:     ANY-SCP",
      "Responding Application Name: ANY-SCP",
      "Our Max PDU Receive Size:    16384",
      "Their Max PDU Receive Size:  0",
      "Presentation Contexts:",
      "  Context ID:        1 (Proposed)",
      "    Abstract Syntax: =VerificationSOPClass",
      "    Proposed SCP/SCU Role: Default",
      "    Proposed Transfer Syntax(es):",
      "      =LittleEndianImplicit",
      "Requested Extended Negotiation: none",
      "Accepted Extended Negotiation:  none",
      "Requested User Identity Negotiation: none",
      "User Identity Negotiation Response:  none",
      "======================= END A-ASSOCIATE-RQ ======================",
    ].join("\n"),
  );
});

Deno.test("parametersDump() shows what was negotiated as the reference does", async () => {
  const lines = await dumpOf(associateAc([
    item(0x10, ascii("1.2.3")),
    acceptedContext(1),
    userInformation([
      item(0x51, number(0xffffffff, 4)),
      item(0x52, ascii("1.2.3.4.5.6")),
      item(0x55, ascii("A_NAME_OF_MORE_THAN_16")),
      item(0x56, number(17, 2) + ascii("1.2.840.10008.1.1") + "0102ab"),
      item(0x56, number(7, 2) + ascii("1.2.3.4")),
      item(0x59, number(3, 2) + "616263"),
    ]),
  ]));
  assert.equal(lines[0], "Association Parameters Negotiated:");
  assert.equal(lines[1], "====================== BEGIN A-ASSOCIATE-AC =====================");
  assert.deepEqual(lines.slice(4), [
    "Their Implementation Class UID:    1.2.3.4.5.6",
    "Their Implementation Version Name: A_NAME_OF_MORE_T",
    "Application Context Name:    1.2.3",
    "Calling Application Name:    ECHOSCU",
    "Called Application Name:     ANY-SCP",
    "Responding Application Name: ANY-SCP",
    "Our Max PDU Receive Size:    16384",
    "Their Max PDU Receive Size:  4294967295",
    "Presentation Contexts:",
    "  Context ID:        1 (Accepted)",
    "    Abstract Syntax: =VerificationSOPClass",
    "    Proposed SCP/SCU Role: Default",
    "    Accepted SCP/SCU Role: Default",
    "    Accepted Transfer Syntax: =LittleEndianImplicit",
    "Requested Extended Negotiation: none",
    "Accepted Extended Negotiation:",
    "  =VerificationSOPClass (1.2.840.10008.1.1)",
    "    [0x01, 0x02, 0xab]",
    "  =Unknown-UID (1.2.3.4)",
    "    []",
    "Requested User Identity Negotiation: none",
    "User Identity Negotiation Response:",
    "  Server Response (not dumped) length: 3",
    "======================= END A-ASSOCIATE-AC ======================",
  ]);
});

Deno.test("parametersDump() names every result of a context", async () => {
  const states = {
    0: "Accepted",
    1: "User Rejection",
    2: "No Reason",
    3: "Abstract Syntax Not Supported",
    4: "Transfer Syntaxes Not Supported",
    5: "--Invalid Result/Reason--",
    254: "--Invalid Result/Reason--",
    255: "Proposed",
  };
  for (const [result, state] of Object.entries(states)) {
    const first = item(
      0x21,
      `0100${number(Number(result), 1)}00${item(0x40, ascii("1.2.840.10008.1.2"))}`,
    );
    const lines = await dumpOf(associateAc([first, acceptedContext(3)]), 3);
    assert.ok(lines.includes(`  Context ID:        1 (${state})`), state);
    assert.ok(lines.includes("  Context ID:        3 (Accepted)"));
    assert.ok(lines.includes("  Context ID:        5 (Proposed)"));
  }
});

Deno.test("parametersDump() names the roles that were accepted; the first item counts", async () => {
  const verification = number(17, 2) + ascii("1.2.840.10008.1.1");
  const rows = { "0100": "SCU", "0001": "SCP", "0101": "SCP/SCU", "0000": "None", "0202": "SCP" };
  for (const [roles, name] of Object.entries(rows)) {
    const items = [
      item(0x54, number(5, 2) + ascii("1.2.3") + "0101"),
      item(0x54, verification + roles),
      item(0x54, verification + "0000"),
    ];
    const lines = await dumpOf(associateAc([acceptedContext(1), userInformation(items)]));
    assert.ok(lines.includes(`    Accepted SCP/SCU Role: ${name}`), name);
  }
});

Deno.test("parametersDump() shows titles that came back blank", async () => {
  const answer = decodePdu(Uint8Array.fromHex(associateAc([acceptedContext(1)])));
  if (answer.type !== "A-ASSOCIATE-AC") assert.fail();
  const view = await viewOf(associateAc([acceptedContext(1)]));
  const blank: AssociateAc = { ...answer, calledAeTitle: "", callingAeTitle: "" };
  const lines = parametersDump({ ...view, answer: blank }, {
    kind: "AC",
    names: nameOfWellKnownUid,
  }).split("\n");
  assert.ok(lines.includes("Calling Application Name:    "));
  assert.ok(lines.includes("Called Application Name:     ANY-SCP"));
  assert.ok(lines.includes("Responding Application Name: "));
});

Deno.test("shown() ends at NUL and lets nothing move a cursor", () => {
  assert.equal(shown("A\0B"), "A");
  assert.equal(shown("a\x1b[1m\nb\x7f"), "a\\x1b[1m\\x0ab\\x7f");
  assert.equal(shown("caf\xc3\xa9"), "café");
  assert.equal(shown("a\tb\\c"), "a\tb\\c");
});
