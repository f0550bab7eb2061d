export { Problem, type ProblemKind } from "./problem.ts";
export {
  addDays,
  addMonths,
  CITY_ZONE,
  cityDay,
  cityMonth,
  type Clock,
  fiscalYear,
  fixedClock,
  isoInstant,
  startOfCityDay,
  systemClock,
} from "./clock.ts";
export { EntityId, MunicipalityCode, Ulid, ulid } from "./id.ts";
export {
  describeError,
  type Fields,
  jsonLog,
  type Log,
  silentLog,
} from "./log.ts";
export { type Language, LANGUAGES, Text } from "./language.ts";
export {
  AGE_BANDS,
  AgeBand,
  AgeGroup,
  ageGroup,
  Mode,
  Sex,
  SexGroup,
  Tier,
  UNKNOWN,
} from "./vocabulary.ts";
export {
  Outline,
  OUTLINE_TOLERANCE,
  outlinesIn,
  type Position,
} from "./outline.ts";
export { Role, ROLE_NAMES, ROLES } from "./role.ts";
export {
  District,
  MiniApp,
  type Municipalities,
  municipalitiesByCode,
  Municipality,
  Shelter,
} from "./municipality.ts";
export {
  type Config,
  environment,
  HistorySettings,
  Misconfigured,
  readConfig,
} from "./config.ts";
export { armBoundary, boundary } from "./boundary.ts";
export { type Layout, layout } from "./layout.ts";
export type { LinkMapping } from "./link_mapping.ts";
export {
  type AudienceCondition,
  AudienceRule,
  conditionsOf,
} from "./audience_rule.ts";
export { shadesOf } from "./theme.ts";
