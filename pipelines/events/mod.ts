export {
  type Admission,
  admit,
  type Admittance,
  type Refusal,
} from "./admit.ts";
export { catalogue, contractFor, covers, eventTypes } from "./catalogue.ts";
export { type ContractMode, type EventType } from "./event_type.ts";
export {
  type AttributeFault,
  type AttributeFile,
  AttributeLine,
  readAttributeFile,
} from "./attribute_file.ts";
export { AttributeChange, AttributeRecord } from "./attribute_record.ts";
export { Envelope } from "./envelope.ts";
export { type FieldNote, fieldNotes } from "./field_notes.ts";
export { eventJsonSchema } from "./json_schema.ts";
export {
  type LegalBasis,
  type Purpose,
  purposeOf,
  PURPOSES,
} from "./purpose.ts";
export { type Finding, findPersonalData, isMyNumber } from "./guard.ts";
export { type EventLine, type Fault, PART, SEALED } from "./line.ts";
export {
  FileManifest,
  LARGEST_FILE,
  MANIFEST,
  readManifest,
  requireContent,
  requireSender,
} from "./file_manifest.ts";
export { rotateKeys } from "./key_file.ts";
export {
  type Keyring,
  keyring,
  type LiveKeyring,
  openPseudonymiser,
  type Pseudonymiser,
  pseudonymiser,
} from "./pseudonym.ts";
export {
  sharedSuppression,
  type Suppression,
  suppressionOf,
} from "./suppression.ts";
export {
  openSegments,
  type SegmentOptions,
  type SegmentWriter,
} from "./segment.ts";
