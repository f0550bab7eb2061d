import { OF_FILES } from "./messages_of_files.ts";
import { OF_PLACES } from "./messages_of_places.ts";
import { OF_VALUES } from "./messages_of_values.ts";

/** Every code a finding may have, with its severity and words. */
export const MESSAGES = { ...OF_FILES, ...OF_VALUES, ...OF_PLACES };
