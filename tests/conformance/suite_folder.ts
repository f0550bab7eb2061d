/** A copy of the conformance suite that can run on this machine alone. */
export interface Suite {
  readonly folder: string;
  /** Contexts that the suite publishes elsewhere, for the broker to start with. */
  readonly contextFolder: string;
}

const COPIED = ["TP", "data", "resources", "libraries"];
const CONTEXTS = "https://ngsi-ld-test-suite.example/contexts/";
/** Contexts of others that cases name; what is in them matters to none. */
const OF_OTHERS = [
  "https://fiware.github.io/data-models/context.jsonld",
  "https://fiware.github.io/NGSI-LD_TestSuite/ldContext/testContext.jsonld",
  "http://smartdatamodels.org/context.jsonld",
];
const PUBLISHED =
  /https:\/\/[\w./-]+?\/(?=ngsi-ld-test-suite(-compound)?\.jsonld)/g;
const ELSEWHERE = /https:\/\/[\w./-]+?\/ngsildTestSuiteV1\.8-compound\.jsonld/g;
// The broker holds things, never persons; the suite's owner is an imaginary one.
const PERSON = /urn:ngsi-ld:Person:/g;

/** Copies what is needed of the checkout `source` into `into`. */
export async function preparedSuite(
  source: string,
  into: string,
  ports: { readonly notifications: number; readonly mqtt: number },
  origin: string,
): Promise<Suite> {
  const folder = `${into}/suite`;
  for (const part of COPIED) {
    await copy(`${source}/${part}`, `${folder}/${part}`, origin);
  }
  const contextFolder = `${folder}/resources/jsonld-contexts`;
  const index: Record<string, string> = {};
  for await (const { name } of Deno.readDir(contextFolder)) {
    index[CONTEXTS + name] = name;
  }
  for (const url of OF_OTHERS) index[url] = "empty.jsonld";
  await Deno.writeTextFile(`${contextFolder}/empty.jsonld`, `{"@context":{}}`);
  await Deno.writeTextFile(
    `${contextFolder}/index.json`,
    JSON.stringify(index),
  );
  const settings = {
    url: `${origin}/ngsi-ld/v1`,
    temporal_api_url: `${origin}/ngsi-ld/v1`,
    ngsild_test_suite_context: `${CONTEXTS}ngsi-ld-test-suite-compound.jsonld`,
    notification_server_host: "127.0.0.1",
    notification_server_port: ports.notifications,
    mqtt_broker_host: "127.0.0.1",
    mqtt_broker_non_default_port: ports.mqtt,
    context_source_host: "127.0.0.1",
    context_source_port: 8086,
    context_server_host: "127.0.0.1",
    context_server_port: 8087,
    core_context:
      "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld",
  };
  const lines = Object.entries(settings)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
  await Deno.writeTextFile(
    `${folder}/resources/variables.py`,
    `${lines.join("")}delete_temporal_on_core_delete = True\n`,
  );
  return { folder, contextFolder };
}

async function copy(from: string, to: string, origin: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) {
      await copy(`${from}/${name}`, `${to}/${name}`, origin);
      continue;
    }
    if (!/\.(robot|resource|json|jsonld|geojson|py|txt)$/.test(name)) continue;
    const text = await Deno.readTextFile(`${from}/${name}`);
    await Deno.writeTextFile(
      `${to}/${name}`,
      text.replace(PUBLISHED, CONTEXTS)
        .replaceAll("http://localhost:9090", origin)
        .replace(ELSEWHERE, `${CONTEXTS}ngsi-ld-test-suite-compound.jsonld`)
        .replace(PERSON, "urn:ngsi-ld:Organization:"),
    );
  }
}
