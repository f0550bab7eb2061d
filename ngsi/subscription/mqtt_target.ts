import { bad } from "../entity/value.ts";
import { hostOf } from "../outbound.ts";
import type { Endpoint } from "./subscription_document.ts";

/** Where and how a notification is published, CIM 009 7.2. */
export interface MqttTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  readonly version: 4 | 5;
}

const VERSIONS = new Map<string, 4 | 5>([["mqtt3.1.1", 4], ["mqtt5.0", 5]]);
const QOS = new Map<string, 0 | 1 | 2>([["0", 0], ["1", 1], ["2", 2]]);

/** Throws `BadRequestData` when the address or a parameter is none of MQTT. */
export function readMqttTarget(
  { uri, notifierInfo = [] }: Pick<Endpoint, "uri" | "notifierInfo">,
): MqttTarget {
  const url = new URL(uri);
  const tls = url.protocol === "mqtts:";
  const topic = decoded(url.pathname.slice(1));
  if (topic === "" || /[+#\0]/.test(topic) || url.search + url.hash !== "") {
    throw bad("notification.endpoint.uri", "no topic of MQTT");
  }
  const named = (key: string) =>
    notifierInfo.find((one) => one.key === key)?.value;
  const version = VERSIONS.get(named("MQTT-Version") ?? "mqtt5.0");
  const qos = QOS.get(named("MQTT-QoS") ?? "0");
  if (version === undefined || qos === undefined) {
    throw bad("notification.endpoint.notifierInfo", "not a version or QoS");
  }
  return {
    host: hostOf(url),
    port: url.port === "" ? (tls ? 8883 : 1883) : Number(url.port),
    tls,
    username: url.username === "" ? undefined : decoded(url.username),
    password: url.password === "" ? undefined : decoded(url.password),
    topic,
    qos,
    version,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw bad("notification.endpoint.uri", "wrongly encoded");
  }
}
