import { MqttClient } from "mqtt";
import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import {
  checkedLookup,
  isPublicAddress,
  type OutboundRules,
} from "../outbound.ts";
import type { MqttTarget } from "./mqtt_target.ts";
import type { Outcome } from "./post_notification.ts";

const IDLE_MS = 60_000;

interface Connection {
  readonly client: MqttClient;
  /** Resolves once it is open; rejects when it cannot be. */
  readonly opened: Promise<void>;
  /** Who is told when it is lost. */
  readonly waiting: Set<PromiseWithResolvers<never>>;
  idle: ReturnType<typeof setTimeout> | undefined;
}

/** Publishes notifications, CIM 009 7.2, over connections that are shared and made again when lost. */
export class MqttPublisher {
  readonly #rules: OutboundRules;
  readonly #connections = new Map<string, Connection>();

  constructor(rules: OutboundRules) {
    this.#rules = rules;
  }

  async publish(
    target: MqttTarget,
    message: string,
    timeoutMs: number,
  ): Promise<Outcome> {
    const { host } = target;
    const trusted = this.#rules.allowPrivate ||
      this.#rules.allowedHosts.includes(host);
    if (!trusted && isIP(host) !== 0 && !isPublicAddress(host)) {
      return { kind: "refused", reason: "The address is not a public one" };
    }
    const key = keyOf(target);
    const connection = this.#connections.get(key) ??
      this.#connect(key, target, timeoutMs);
    clearTimeout(connection.idle);
    const failed = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => failed.reject(new Error("No answer in time")),
      timeoutMs,
    );
    connection.waiting.add(failed);
    try {
      await Promise.race([connection.opened, failed.promise]);
      const { topic, qos } = target;
      const published = connection.client.publishAsync(topic, message, { qos });
      await Promise.race([published, failed.promise]);
      connection.idle = setTimeout(() => this.#drop(key, connection), IDLE_MS);
      return { kind: "taken" };
    } catch (error) {
      this.#drop(key, connection);
      const reason = error instanceof Error ? error.message : "unknown";
      return { kind: "unreachable", reason: `MQTT: ${reason}` };
    } finally {
      clearTimeout(timer);
      connection.waiting.delete(failed);
    }
  }

  /** Closes all connections. */
  close(): void {
    for (const [key, one] of this.#connections) this.#drop(key, one);
  }

  #connect(key: string, target: MqttTarget, timeoutMs: number): Connection {
    const { host, port, tls, username, password, version } = target;
    const lookup = checkedLookup(this.#rules);
    const client = new MqttClient(
      () =>
        tls
          ? connectTls({
            ...{ host, port, lookup },
            ...isIP(host) === 0 ? { servername: host } : {},
          })
          : connectTcp({ host, port, lookup }),
      {
        protocolVersion: version,
        clientId: `hiraku-${crypto.randomUUID()}`,
        reconnectPeriod: 0,
        connectTimeout: timeoutMs,
        queueQoSZero: false,
        ...username === undefined ? {} : { username },
        ...password === undefined ? {} : { password },
      },
    );
    const opened = new Promise<void>((resolve, reject) => {
      client.once("connect", () => resolve());
      client.once("error", reject);
      client.once(
        "close",
        () => reject(new Error("The connection was closed")),
      );
    });
    opened.catch(() => {});
    const waiting = new Set<PromiseWithResolvers<never>>();
    const connection: Connection = { client, opened, waiting, idle: undefined };
    client.on("error", () => this.#drop(key, connection));
    client.on("close", () => this.#drop(key, connection));
    this.#connections.set(key, connection);
    return connection;
  }

  #drop(key: string, connection: Connection): void {
    clearTimeout(connection.idle);
    if (this.#connections.get(key) === connection) {
      this.#connections.delete(key);
    }
    for (const { reject } of connection.waiting) {
      reject(new Error("The connection was lost"));
    }
    connection.client.end(true);
  }
}

/** The message that carries a notification, CIM 009 7.2. */
export function mqttMessage(
  metadata: Readonly<Record<string, string>>,
  body: string,
): string {
  return `{"metadata":${JSON.stringify(metadata)},"body":${body}}`;
}

function keyOf(
  { host, port, tls, username, password, version }: MqttTarget,
): string {
  return JSON.stringify([host, port, tls, username, password, version]);
}
