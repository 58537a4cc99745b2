/** Verification SOP class (PS3.4 Annex A). */
export const VERIFICATION_SOP_CLASS = "1.2.840.10008.1.1";

/** The DICOM application context name (PS3.7 A.2.1). */
export const APPLICATION_CONTEXT_NAME = "1.2.840.10008.3.1.1.1";

/** The default transfer syntax, which every application entity must accept (PS3.5 10.1). */
export const IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";

/**
 * Names this implementation to its peers (PS3.7 D.3.3.2). A UUID-derived UID (PS3.5 B.2), made once; it changes
 * only when the protocol core becomes another implementation.
 */
export const IMPLEMENTATION_CLASS_UID = "2.25.116550273587022557653465431291351828164";

/** Names the version to its peers (PS3.7 D.3.3.2), at most 16 characters: the program and its version. */
export const IMPLEMENTATION_VERSION_NAME = "ECHOSCU_0_1_0";
