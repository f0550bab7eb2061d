export {
  type LegalBasis,
  type Purpose,
  PURPOSES,
} from "@hiraku/pipelines/events";
export { eventsFor } from "./people/covered_events.ts";
