export {
  type Admission,
  admit,
  type Admittance,
  type Refusal,
} from "./admit.ts";
export { catalogue, covers } from "./catalogue.ts";
export { type ContractMode, type EventType } from "./event_type.ts";
export { Envelope } from "./envelope.ts";
export { type Finding, findPersonalData, isMyNumber } from "./guard.ts";
export { type EventLine, type Fault, PART, SEALED } from "./line.ts";
export {
  openPseudonymiser,
  type Pseudonymiser,
  pseudonymiser,
} from "./pseudonym.ts";
export {
  openSegments,
  type SegmentOptions,
  type SegmentWriter,
} from "./segment.ts";
