/** A transfer syntax (PS3.5 section 10) with the name the reference prints for it after `=`. */
export interface TransferSyntax {
  /** Its UID. */
  readonly uid: string;
  /** Its display name. */
  readonly name: string;
}

/**
 * The transfer syntaxes that can be proposed, in the order in which `--propose-ts N` takes the first N.
 *
 * 1 to 38 stand in the order of the reference 3.6.7; 39 to 53 are those that 3.7.0 knows beyond them.
 */
export const TRANSFER_SYNTAXES: readonly TransferSyntax[] = [
  { uid: "1.2.840.10008.1.2", name: "LittleEndianImplicit" },
  { uid: "1.2.840.10008.1.2.1", name: "LittleEndianExplicit" },
  { uid: "1.2.840.10008.1.2.2", name: "BigEndianExplicit" },
  { uid: "1.2.840.10008.1.2.4.50", name: "JPEGBaseline" },
  { uid: "1.2.840.10008.1.2.4.51", name: "JPEGExtended:Process2+4" },
  { uid: "1.2.840.10008.1.2.4.52", name: "JPEGExtended:Process3+5" },
  { uid: "1.2.840.10008.1.2.4.53", name: "JPEGSpectralSelection:Non-hierarchical:Process6+8" },
  { uid: "1.2.840.10008.1.2.4.54", name: "JPEGSpectralSelection:Non-hierarchical:Process7+9" },
  { uid: "1.2.840.10008.1.2.4.55", name: "JPEGFullProgression:Non-hierarchical:Process10+12" },
  { uid: "1.2.840.10008.1.2.4.56", name: "JPEGFullProgression:Non-hierarchical:Process11+13" },
  { uid: "1.2.840.10008.1.2.4.57", name: "JPEGLossless:Non-hierarchical:Process14" },
  { uid: "1.2.840.10008.1.2.4.58", name: "JPEGLossless:Non-hierarchical:Process15" },
  { uid: "1.2.840.10008.1.2.4.59", name: "JPEGExtended:Hierarchical:Process16+18" },
  { uid: "1.2.840.10008.1.2.4.60", name: "JPEGExtended:Hierarchical:Process17+19" },
  { uid: "1.2.840.10008.1.2.4.61", name: "JPEGSpectralSelection:Hierarchical:Process20+22" },
  { uid: "1.2.840.10008.1.2.4.62", name: "JPEGSpectralSelection:Hierarchical:Process21+23" },
  { uid: "1.2.840.10008.1.2.4.63", name: "JPEGFullProgression:Hierarchical:Process24+26" },
  { uid: "1.2.840.10008.1.2.4.64", name: "JPEGFullProgression:Hierarchical:Process25+27" },
  { uid: "1.2.840.10008.1.2.4.65", name: "JPEGLossless:Hierarchical:Process28" },
  { uid: "1.2.840.10008.1.2.4.66", name: "JPEGLossless:Hierarchical:Process29" },
  { uid: "1.2.840.10008.1.2.4.70", name: "JPEGLossless:Non-hierarchical-1stOrderPrediction" },
  { uid: "1.2.840.10008.1.2.5", name: "RLELossless" },
  { uid: "1.2.840.10008.1.2.1.99", name: "DeflatedLittleEndianExplicit" },
  { uid: "1.2.840.10008.1.2.4.80", name: "JPEGLSLossless" },
  { uid: "1.2.840.10008.1.2.4.81", name: "JPEGLSLossy" },
  { uid: "1.2.840.10008.1.2.4.90", name: "JPEG2000LosslessOnly" },
  { uid: "1.2.840.10008.1.2.4.91", name: "JPEG2000" },
  { uid: "1.2.840.10008.1.2.4.92", name: "JPEG2000MulticomponentLosslessOnly" },
  { uid: "1.2.840.10008.1.2.4.93", name: "JPEG2000Multicomponent" },
  { uid: "1.2.840.10008.1.2.4.100", name: "MPEG2MainProfile@MainLevel" },
  { uid: "1.2.840.10008.1.2.4.101", name: "MPEG2MainProfile@HighLevel" },
  { uid: "1.2.840.10008.1.2.4.102", name: "MPEG4HighProfile/Level4.1" },
  { uid: "1.2.840.10008.1.2.4.103", name: "MPEG4BDcompatibleHighProfile/Level4.1" },
  { uid: "1.2.840.10008.1.2.4.104", name: "MPEG4HighProfile/Level4.2For2DVideo" },
  { uid: "1.2.840.10008.1.2.4.105", name: "MPEG4HighProfile/Level4.2For3DVideo" },
  { uid: "1.2.840.10008.1.2.4.106", name: "MPEG4StereoHighProfile/Level4.2" },
  { uid: "1.2.840.10008.1.2.4.107", name: "HEVCMainProfile/Level5.1" },
  { uid: "1.2.840.10008.1.2.4.108", name: "HEVCMain10Profile/Level5.1" },
  { uid: "1.2.840.10008.1.2.1.98", name: "EncapsulatedUncompressedLittleEndianExplicit" },
  { uid: "1.2.840.10008.1.2.8.1", name: "DeflatedImageFrameCompression" },
  { uid: "1.2.840.10008.1.2.4.100.1", name: "FragmentableMPEG2MainProfile/MainLevel" },
  { uid: "1.2.840.10008.1.2.4.101.1", name: "FragmentableMPEG2MainProfile/HighLevel" },
  { uid: "1.2.840.10008.1.2.4.102.1", name: "FragmentableMPEG4HighProfile/Level4.1" },
  { uid: "1.2.840.10008.1.2.4.103.1", name: "FragmentableMPEG4BDcompatibleHighProfile/Level4.1" },
  { uid: "1.2.840.10008.1.2.4.104.1", name: "FragmentableMPEG4HighProfile/Level4.2For2DVideo" },
  { uid: "1.2.840.10008.1.2.4.105.1", name: "FragmentableMPEG4HighProfile/Level4.2For3DVideo" },
  { uid: "1.2.840.10008.1.2.4.106.1", name: "FragmentableMPEG4StereoHighProfile/Level4.2" },
  { uid: "1.2.840.10008.1.2.4.201", name: "HighThroughputJPEG2000ImageCompressionLosslessOnly" },
  {
    uid: "1.2.840.10008.1.2.4.202",
    name: "HighThroughputJPEG2000withRPCLOptionsImageCompressionLosslessOnly",
  },
  { uid: "1.2.840.10008.1.2.4.203", name: "HighThroughputJPEG2000ImageCompression" },
  { uid: "1.2.840.10008.1.2.4.110", name: "JPEGXLLossless" },
  { uid: "1.2.840.10008.1.2.4.111", name: "JPEGXLJPEGRecompression" },
  { uid: "1.2.840.10008.1.2.4.112", name: "JPEGXL" },
];
