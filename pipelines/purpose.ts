export {
  type LegalBasis,
  type Purpose,
  PURPOSES,
} from "@hiraku/pipelines/events";
