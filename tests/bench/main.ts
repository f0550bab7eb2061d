import { cpus } from "node:os";
import { benchAggregates } from "./aggregates.ts";
import { benchBroker } from "./broker.ts";
import { benchHistory } from "./broker_history.ts";
import { benchLargeBroker } from "./broker_large.ts";
import { benchNotifications } from "./broker_notifications.ts";
import { benchCollector } from "./collector.ts";
import { benchDashboards } from "./dashboards.ts";
import { benchErasure } from "./erasure.ts";
import { type Figure, say, tell } from "./figure.ts";
import { benchDisclosure } from "./disclosure.ts";
import { benchHundredMillion } from "./hundred_million.ts";
import { benchLanding } from "./landing.ts";
import { benchOpendata } from "./opendata.ts";
import { benchMemory } from "./memory.ts";
import { benchWay } from "./way.ts";

/** `deno task bench [NAME …]`: every figure beside its ceiling. */
const parts: Record<string, { title: string; run: () => Promise<Figure[]> }> = {
  collector: { title: "Collector", run: benchCollector },
  landing: { title: "Landing", run: benchLanding },
  aggregates: { title: "Aggregates", run: benchAggregates },
  erasure: { title: "Erasure", run: benchErasure },
  way: { title: "One event's way", run: benchWay },
  broker: { title: "NGSI-LD broker", run: benchBroker },
  notifications: { title: "Notifications", run: benchNotifications },
  history: { title: "History of entities", run: benchHistory },
  large: { title: "Large broker", run: benchLargeBroker },
  dashboards: { title: "Dashboards", run: benchDashboards },
  disclosure: { title: "Disclosure control", run: benchDisclosure },
  opendata: { title: "Open data", run: benchOpendata },
  hundred: { title: "A hundred million events", run: benchHundredMillion },
  memory: { title: "Memory of both processes", run: benchMemory },
};

const asked = Deno.args.length === 0 ? Object.keys(parts) : Deno.args;
say(
  `${
    cpus()[0]?.model ?? "unknown"
  }, ${cpus().length} cores, Deno ${Deno.version.deno}`,
);
for (const name of asked) {
  const part = parts[name];
  if (part === undefined) {
    say(`No part '${name}'; there are ${Object.keys(parts).join(", ")}`);
    Deno.exit(2);
  }
  tell(part.title, await part.run());
}
