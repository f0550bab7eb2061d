import type { Operation } from "./operation.ts";

const ROOT = "/ngsi-ld/v1/subscriptions";
const ONE = `${ROOT}/{id}`;
const OWN = "/api/v1/broker/{tenant}";
const own = { needs: "subscriber" } as const;
const careful = { needs: "caretaker" } as const;

/** CIM 009 6.10 and 6.11, and what this broker adds to be told of changes. */
export const SUBSCRIPTION_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: ROOT,
    id: "createSubscription",
    clause: "6.10.3.1",
    summary: "Subscribe to changes",
    body: "Subscription",
    answers: { 201: "nothing" },
    ...own,
  },
  {
    method: "get",
    path: ROOT,
    id: "querySubscriptions",
    clause: "6.10.3.2",
    summary: "List subscriptions",
    parameters: ["limit", "offset", "count", "options"],
    answers: { 200: "Subscriptions" },
    ...own,
  },
  {
    method: "get",
    path: ONE,
    id: "retrieveSubscription",
    clause: "6.11.3.1",
    summary: "Retrieve a subscription",
    parameters: ["options"],
    answers: { 200: "Subscription" },
    ...own,
  },
  {
    method: "patch",
    path: ONE,
    id: "updateSubscription",
    clause: "6.11.3.2",
    summary: "Change a subscription",
    body: "SubscriptionFragment",
    answers: { 204: "nothing" },
    ...own,
  },
  {
    method: "delete",
    path: ONE,
    id: "deleteSubscription",
    clause: "6.11.3.3",
    summary: "Delete a subscription",
    answers: { 204: "nothing" },
    ...own,
  },
  {
    method: "get",
    path: `${OWN}/subscriptions/{id}/events`,
    id: "streamNotifications",
    summary:
      "Notifications of a subscription as Server-Sent Events; the event `gap` says that some are lost",
    parameters: ["lastEventId"],
    headers: ["Last-Event-ID"],
    answers: { 200: "EventStream" },
  },
  {
    method: "get",
    path: `${OWN}/dead-letters`,
    id: "listDeadLetters",
    summary: "Notifications that could not be delivered",
    parameters: ["subscription"],
    answers: { 200: "DeadLetters" },
    ...careful,
  },
  {
    method: "post",
    path: `${OWN}/dead-letters/replay`,
    id: "replayDeadLetters",
    summary: "Try again to deliver notifications",
    body: "Replay",
    answers: { 200: "Replayed" },
    ...careful,
  },
];
