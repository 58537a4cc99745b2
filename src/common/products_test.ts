import assert from "node:assert/strict";
import { PRODUCTS } from "./product_table.ts";
import { claimedSoftware } from "./products.ts";

function claim(implementationClassUid?: string, implementationVersionName?: string) {
  return claimedSoftware({ implementationClassUid, implementationVersionName })?.claim;
}

Deno.test("claimedSoftware() says what the names claim, and how little that proves", () => {
  const dcmtk =
    "names itself DCMTK (OFFIS), which products of many vendors are built on, Orthanc among them";
  assert.equal(claim("1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367"), dcmtk);
  assert.equal(claim("1.2.276.0.7230010.3.0.3.6.9", "MYPACS"), dcmtk);
  assert.equal(claim(undefined, "OFFIS_DCMTK_370"), dcmtk);
  assert.equal(
    claim("1.2.826.0.1.3680043.2.135.1066.101", "1.5.0/WIN32"),
    "names itself the Conquest DICOM server (the Conquest project)",
  );
  assert.equal(
    claim("1.3.12.2.1107.5.2", "MR_VB19A"),
    "names itself a product of Siemens Healthineers",
  );
});

Deno.test("claimedSoftware() takes whole components, the longest that fit, and nothing else", () => {
  assert.equal(claim("1.2.276.0.7230010.31", ""), undefined);
  assert.equal(claim("1.2.840.113619.6.5", ""), "names itself GE PACS (GE HealthCare)");
  assert.equal(claim("1.2.840.113619.6.59", ""), "names itself a product of GE HealthCare");
  assert.equal(claim("1.2.3.4", "SOMETHING"), undefined);
  assert.equal(claim(), undefined);
  assert.equal(claim("", ""), undefined);
});

Deno.test("claimedSoftware() says where both names differ", () => {
  assert.match(
    claim("1.3.12.2.1107.5.2", "OFFIS_DCMTK_367") ?? "",
    /^names itself DCMTK .*, and a product of Siemens Healthineers by its implementation class UID$/,
  );
  assert.match(
    claim("1.2.40.0.13.1.3", "fo-dicom 5.0") ?? "",
    /^names itself dcm4che .*, and fo-dicom by its version name$/,
  );
});

Deno.test("every row has a name to be known by, and no two the same", () => {
  const parts = PRODUCTS.flatMap(({ uid, name }) => [uid, name]).filter((one) => one !== undefined);
  assert.equal(new Set(parts).size, parts.length);
  for (const row of PRODUCTS) {
    assert.ok((row.uid ?? row.name) !== undefined);
    assert.equal(
      claimedSoftware({
        implementationClassUid: row.uid,
        implementationVersionName: row.name,
      })?.vendor,
      row.vendor,
    );
  }
});
