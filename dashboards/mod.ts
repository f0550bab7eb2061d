export { CityPage } from "./city_page.tsx";
export { IndexPage } from "./index_page.tsx";
export {
  type CityFigures,
  cityFigures,
  type Denominator,
  type Sourced,
} from "./figures/city_figures.ts";
