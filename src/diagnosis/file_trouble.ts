/** What is wrong with a file of keys, certificates or lists that could not be loaded. */

import type { FileContent, FileTrouble } from "../tls/types.ts";

/** What is wrong with a file that was to hold one of `wanted`, and what to do, as a predicate: `the file ...`. */
export function troubleText(trouble: FileTrouble, wanted: readonly FileContent[]): string {
  switch (trouble.kind) {
    case "missing":
      return "does not exist: check its path";
    case "closed":
      return "cannot be read: check its permissions, and that it is a file";
    case "contents":
      return contentsText(trouble, wanted);
  }
}

type Contents = Extract<FileTrouble, { kind: "contents" }>;

function contentsText({ found, wanted: format }: Contents, wanted: readonly FileContent[]): string {
  if (found === undefined) return `is neither PEM nor DER of a ${wanted.join(" or ")}`;
  const [content] = found.holds;
  if (content === undefined) return `holds no ${wanted.join(" or ")}`;
  if (content === "PKCS#12") return `is PKCS#12: ${IN_PEM[content]}`;
  if (!found.holds.some((one) => wanted.includes(one))) {
    return `holds a ${found.holds.join(" and a ")}, and no ${wanted.join(" or ")}`;
  }
  if (found.format === "der" && format === "pem") return `is DER: ${IN_PEM[content]}`;
  if (found.format === "der" && content === "CRL") {
    return `is a CRL, which -der does not take: ${IN_PEM[content]}, and the same for all files`;
  }
  if (found.format === "pem" && format === "der") return "is PEM: leave -der out";
  return `holds a ${content} that is damaged: get it again`;
}

/** The commands that write a file as PEM. */
const IN_PEM: Readonly<Record<FileContent, string>> = {
  "certificate": "openssl x509 -inform DER -in FILE -out FILE.pem makes it PEM",
  "CRL": "openssl crl -inform DER -in FILE -out FILE.pem makes it PEM",
  "private key": "openssl pkey -inform DER -in FILE -out FILE.pem makes it PEM",
  "PKCS#12": "openssl pkcs12 -in FILE -nodes -out FILE.pem makes it PEM",
};
