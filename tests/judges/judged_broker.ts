import { newPlatform } from "../platform.ts";
import { sampleCity } from "../sample_city.ts";

/** What clients of others are told: where a broker listens and who they are there. */
export interface BrokerCase {
  readonly origin: string;
  readonly tenant: string;
  readonly key: string;
}

/** A broker with files that others' clients write to and read from. */
export interface JudgedBroker {
  /** Of the case as JSON. */
  readonly path: string;
  stop(): Promise<void>;
}

/** Starts a broker of one city; its case is kept in `folder`. */
export async function judgedBroker(folder: string): Promise<JudgedBroker> {
  const platform = await newPlatform([sampleCity], {
    ngsi: { allowPrivateAddresses: true },
  });
  const key = await platform.key({
    municipality: sampleCity.code,
    writesEntities: true,
  });
  const serve = platform.start("serve");
  await platform.listening();
  const told: BrokerCase = {
    origin: platform.origin,
    tenant: sampleCity.tenant,
    key,
  };
  const path = `${folder}/broker.json`;
  await Deno.writeTextFile(path, JSON.stringify(told));
  return {
    path,
    async stop() {
      await serve.kill("SIGTERM");
      await Deno.remove(platform.places.root, { recursive: true });
    },
  };
}
