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

  constructor(rules: OutboundRules) {
    this.#poster = new NotificationPoster(rules);
    this.#publisher = new MqttPublisher(rules);
  }

  send(subscription: Subscription, body: string): Promise<Outcome> {
    const { endpoint } = subscription.kept.document.notification;
    const { receiverInfo = [], timeout: timeoutMs = USUAL_TIMEOUT_MS } =
      endpoint;
    const url = new URL(endpoint.uri);
    const headers = {
      ...Object.fromEntries(receiverInfo.map(({ key, value }) => [key, value])),
      ...notificationHeaders(subscription),
    };
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
