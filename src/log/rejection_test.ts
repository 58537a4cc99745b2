import assert from "node:assert/strict";
import { rejectionLines } from "./rejection.ts";

/** What the reference prints for the codes it knows: source, reason, words. All others mean "No Reason". */
const KNOWN = [
  [1, 1, "No Reason"],
  [1, 2, "App Context Name Not Supported"],
  [1, 3, "Calling AE Title Not Recognized"],
  [1, 7, "Called AE Title Not Recognized"],
  [2, 1, "No Reason"],
  [2, 2, "Protocol Version Not Supported"],
  [3, 1, "Temporary Congestion"],
  [3, 2, "Local Limit Exceeded"],
] as const;

const SOURCES = [
  "Service User",
  "Service Provider (ACSE Related)",
  "Service Provider (Presentation Related)",
];

Deno.test("rejectionLines() words all codes a peer can send, valid or not", () => {
  let seen = 0;
  for (const result of [0, 1, 2, 3, 255]) {
    for (const source of [0, 1, 2, 3, 4, 255]) {
      for (const reason of [0, 1, 2, 3, 4, 5, 6, 7, 8, 255]) {
        const known = KNOWN.find(([at, code]) => at === source && code === reason);
        const { errors, text } = rejectionLines({ result, source, reason });
        assert.equal(
          text,
          "Association Rejected:\n" +
            `Result: Rejected ${result === 2 ? "Transient" : "Permanent"}, ` +
            `Source: ${SOURCES[source - 1] ?? "Service User"}\n` +
            `Reason: ${known?.[2] ?? "No Reason"}`,
        );
        const complaints = [
          [result !== 1 && result !== 2, "result", result],
          [source < 1 || source > 3, "source", source],
          [known === undefined, "reason", source * 256 + reason],
        ] as const;
        assert.deepEqual(
          errors,
          complaints.filter(([wrong]) => wrong).map(([, field, code]) =>
            `Received invalid A-ASSOCIATE-RJ reject ${field} ` +
            `0x${code.toString(16).padStart(4, "0")}, using default.`
          ),
        );
        seen += 1;
      }
    }
  }
  assert.equal(seen, 300);
});

Deno.test("rejectionLines() complains about all three codes in the reference's order", () => {
  assert.deepEqual(rejectionLines({ result: 3, source: 4, reason: 5 }), {
    errors: [
      "Received invalid A-ASSOCIATE-RJ reject result 0x0003, using default.",
      "Received invalid A-ASSOCIATE-RJ reject source 0x0004, using default.",
      "Received invalid A-ASSOCIATE-RJ reject reason 0x0405, using default.",
    ],
    text:
      "Association Rejected:\nResult: Rejected Permanent, Source: Service User\nReason: No Reason",
  });
});
