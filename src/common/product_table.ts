// data table
/**
 * What implementation class UIDs and version names say of who made a peer's software (PS3.7 D.3.3.2).
 *
 * Each row has its source:
 * - `ran`: seen from the program itself, in the tests of this project;
 * - `source`: in the program's own published source text;
 * - `log`: in published logs of the device, as its vendor's;
 * - `arc`: the vendor's arc of the OID tree, as private SOP classes in the UID tables of PixelMed, dcm4che and fo-dicom
 *   have it.
 */

/** One row: a product, a toolkit, or the vendor whose arc it is. */
export interface ProductRow {
  /** Beginning of the implementation class UID, in whole components. */
  readonly uid?: string;
  /** Beginning of the implementation version name; letter case does not count. */
  readonly name?: string;
  /** What it is called. */
  readonly product: string;
  /** Who makes it. */
  readonly vendor: string;
  /** `toolkit`: others build their products on it; `vendor`: any product of that vendor. */
  readonly kind: "product" | "toolkit" | "vendor";
  /** Products that are known to be built on a toolkit. */
  readonly under?: string;
  /** See above. */
  readonly from: "ran" | "source" | "log" | "arc";
}

/** All rows; of the fitting ones the longest counts. */
export const PRODUCTS: readonly ProductRow[] = [
  {
    uid: "1.2.276.0.7230010.3",
    name: "OFFIS_DCMTK_",
    product: "DCMTK",
    vendor: "OFFIS",
    kind: "toolkit",
    under: "Orthanc among them",
    from: "ran",
  },
  {
    uid: "1.2.40.0.13.1",
    name: "dcm4che-",
    product: "dcm4che",
    vendor: "the dcm4che project",
    kind: "toolkit",
    under: "dcm4chee-arc and Weasis among them",
    from: "source",
  },
  {
    uid: "1.3.6.1.4.1.30071.8",
    name: "fo-dicom ",
    product: "fo-dicom",
    vendor: "the fo-dicom project",
    kind: "toolkit",
    from: "source",
  },
  {
    uid: "1.2.826.0.1.3680043.9.3811",
    name: "PYNETDICOM",
    product: "pynetdicom",
    vendor: "the pydicom project",
    kind: "toolkit",
    from: "ran",
  },
  {
    uid: "1.2.826.0.1.3680043.8.498",
    product: "pydicom",
    vendor: "the pydicom project",
    kind: "toolkit",
    from: "source",
  },
  {
    uid: "2.25.262086406829110419931297894772577063974",
    name: "DICOM-rs ",
    product: "DICOM-rs",
    vendor: "the DICOM-rs project",
    kind: "toolkit",
    from: "source",
  },
  {
    uid: "1.2.826.0.1.3680043.2.1143.107.104.103.115",
    name: "GDCM ",
    product: "GDCM",
    vendor: "the GDCM project",
    kind: "toolkit",
    from: "ran",
  },
  {
    uid: "1.2.826.0.1.3680043.9.55600",
    name: "Odil ",
    product: "Odil",
    vendor: "Universite de Strasbourg",
    kind: "toolkit",
    from: "ran",
  },
  {
    uid: "1.2.826.0.1.3680043.10.854",
    name: "DCMJS-DIMSE-",
    product: "dcmjs-dimse",
    vendor: "the dcmjs-dimse project",
    kind: "toolkit",
    from: "ran",
  },
  {
    name: "OHIF-DCM-",
    product: "dicom-dimse",
    vendor: "the dicom-dimse project",
    kind: "toolkit",
    from: "ran",
  },
  {
    uid: "1.3.6.1.4.1.5962.99",
    name: "PIXELMEDJAVA",
    product: "the PixelMed toolkit",
    vendor: "PixelMed Publishing",
    kind: "toolkit",
    from: "ran",
  },
  {
    uid: "1.2.840.113654.2.3",
    name: "MIRCTN",
    product: "CTN",
    vendor: "Mallinckrodt Institute of Radiology",
    kind: "toolkit",
    from: "ran",
  },
  {
    uid: "2.16.840.1.113669",
    name: "MergeCOM3_",
    product: "MergeCOM-3",
    vendor: "Merge",
    kind: "toolkit",
    from: "log",
  },
  {
    uid: "1.2.826.0.1.3680043.2.135.1066.101",
    product: "the Conquest DICOM server",
    vendor: "the Conquest project",
    kind: "product",
    from: "source",
  },
  {
    uid: "2.25.116550273587022557653465431291351828164",
    name: "ECHOSCU_",
    product: "this echoscu (its --listen)",
    vendor: "the echoscu project",
    kind: "product",
    from: "ran",
  },
  {
    uid: "1.2.840.113619.6.5",
    name: "GE_PACS",
    product: "GE PACS",
    vendor: "GE HealthCare",
    kind: "product",
    from: "log",
  },
  {
    uid: "1.2.840.113619",
    product: "a product of GE HealthCare",
    vendor: "GE HealthCare",
    kind: "vendor",
    from: "arc",
  },
  {
    uid: "1.3.12.2.1107.5",
    product: "a product of Siemens Healthineers",
    vendor: "Siemens Healthineers",
    kind: "vendor",
    from: "log",
  },
  {
    uid: "1.3.46.670589",
    product: "a product of Philips",
    vendor: "Philips",
    kind: "vendor",
    from: "arc",
  },
  {
    uid: "1.2.392.200036.9125",
    product: "a product of Fujifilm",
    vendor: "Fujifilm",
    kind: "vendor",
    from: "arc",
  },
  {
    uid: "1.2.392.200036.9116",
    product: "a product of Canon Medical (Toshiba)",
    vendor: "Canon Medical (Toshiba)",
    kind: "vendor",
    from: "arc",
  },
  {
    uid: "1.2.276.0.48",
    product: "a product of TOMTEC",
    vendor: "TOMTEC",
    kind: "vendor",
    from: "arc",
  },
];
