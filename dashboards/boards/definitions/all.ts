import type { Board } from "../board.ts";
import { ai } from "./ai.ts";
import { catalogue } from "./catalogue.ts";
import { community } from "./community.ts";
import { consent } from "./consent.ts";
import { counters } from "./counters.ts";
import { credentials } from "./credentials.ts";
import { districts } from "./districts.ts";
import { environment } from "./environment.ts";
import { events } from "./events.ts";
import { industry } from "./industry.ts";
import { interest } from "./interest.ts";
import { issues } from "./issues.ts";
import { joint } from "./joint.ts";
import { modes } from "./modes.ts";
import { needs } from "./needs.ts";
import { notices } from "./notices.ts";
import { people } from "./people.ts";
import { points } from "./points.ts";
import { reading } from "./reading.ts";
import { registration } from "./registration.ts";
import { results } from "./results.ts";
import { retention } from "./retention.ts";
import { schools } from "./schools.ts";
import { services } from "./services.ts";
import { shelters } from "./shelters.ts";
import { support } from "./support.ts";
import { surveys } from "./surveys.ts";
import { use } from "./use.ts";

/** Boards by theme, in the order in which a city's page lists them. */
export const BOARDS: readonly Board[] = [
  registration,
  retention,
  people,
  use,
  credentials,
  districts,
  notices,
  interest,
  reading,
  surveys,
  needs,
  events,
  shelters,
  modes,
  environment,
  community,
  points,
  industry,
  services,
  counters,
  issues,
  schools,
  support,
  ai,
  catalogue,
  consent,
  joint,
  results,
];
