import { attackDemoReleases } from "./demo_releases.ts";
const t = performance.now();
const all = await attackDemoReleases(120_000);
for (const { city, attack, tables, disclosed } of all) {
  console.log(city, attack, tables, disclosed.length, disclosed.slice(0, 5));
}
console.log(((performance.now() - t) / 1000).toFixed(0), "s");
