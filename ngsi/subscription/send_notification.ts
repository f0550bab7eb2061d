import type { OutboundRules } from "../outbound.ts";
import { readMqttTarget } from "./mqtt_target.ts";
import { notificationHeaders } from "./notification_text.ts";
import { NotificationPoster, type Outcome } from "./post_notification.ts";
import { mqttMessage, MqttPublisher } from "./publish_mqtt.ts";
import type { Subscription } from "./subscription.ts";

const USUAL_TIMEOUT_MS = 10_000;

/** Sends notifications the way their endpoints are addressed. */
export class NotificationSender {
  readonly #poster: NotificationPoster;
  readonly #publisher: MqttPublisher;
  readonly #addresses = new WeakMap<Subscription, Address>();

  constructor(rules: OutboundRules) {
    this.#poster = new NotificationPoster(rules);
    this.#publisher = new MqttPublisher(rules);
  }

  send(subscription: Subscription, body: string): Promise<Outcome> {
    const { endpoint } = subscription.kept.document.notification;
    const { timeout: timeoutMs = USUAL_TIMEOUT_MS } = endpoint;
    let address = this.#addresses.get(subscription);
    if (address === undefined) {
      address = addressOf(subscription);
      this.#addresses.set(subscription, address);
    }
    const { url, headers } = address;
    if (url.protocol.startsWith("http")) {
      return this.#poster.post({ url, headers, body }, timeoutMs);
    }
    return this.#publisher.publish(
      readMqttTarget(endpoint),
      mqttMessage(headers, body),
      timeoutMs,
    );
  }

  close(): void {
    this.#poster.close();
    this.#publisher.close();
  }
}

/** Where and with what headers a subscription's notifications go. */
interface Address {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

function addressOf(subscription: Subscription): Address {
  const { endpoint } = subscription.kept.document.notification;
  const { receiverInfo = [] } = endpoint;
  return {
    url: new URL(endpoint.uri),
    headers: {
      ...Object.fromEntries(receiverInfo.map(({ key, value }) => [key, value])),
      ...notificationHeaders(subscription),
    },
  };
}
