import { z } from "zod";
import { type EventType, eventType } from "../event_type.ts";
import { Code, Instant, Mesh500, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.services;

const booked = z.object({
  bookingId: said(Code, "予約の番号", "Booking").optional(),
  type: said(
    z.enum(["waste", "bulky", "facility", "counter", "event"]),
    "種類",
    "What is booked",
  ),
  facilityId: said(Code, "施設", "Facility").optional(),
  item: said(Code, "品目", "Item, of bulky waste").optional(),
  slotStart: said(Instant, "枠の開始", "When the slot begins").optional(),
});

export const booking: readonly EventType[] = [
  ...([
    ["created", "予約", "Booking made"],
    ["used", "利用", "Booking used"],
    ["cancelled", "取消", "Booking cancelled"],
    ["missed", "不履行", "Booking missed"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `booking.${step}`,
      title: { ja: `予約の${ja}`, en },
      purpose,
      data: booked,
      sample: {
        bookingId: "b-1",
        type: "facility",
        facilityId: "hall-3",
        item: "sofa",
        slotStart: "2026-11-12T10:00:00+09:00",
      },
    }) as EventType
  ),
  eventType({
    type: "mobility.booked",
    title: { ja: "移動の予約", en: "Ride booked" },
    purpose,
    contract: "freeze",
    data: z.object({
      mode: said(
        z.enum(["taxi", "on_demand_bus", "bike", "scooter", "car"]),
        "手段",
        "Means",
      ),
      originMesh: said(Mesh500, "出発地のメッシュ", "Half mesh of departure"),
      destMesh: said(Mesh500, "目的地のメッシュ", "Half mesh of arrival"),
      operatorId: said(Code, "事業者", "Operator").optional(),
    }),
    sample: {
      mode: "taxi",
      originMesh: "523567101",
      destMesh: "523567112",
      operatorId: "taxi-1",
    },
  }) as EventType,
  eventType({
    type: "payment.linked",
    title: { ja: "決済の連携", en: "Payment linked" },
    purpose,
    data: z.object({ operatorId: said(Code, "事業者", "Operator") }),
    sample: { operatorId: "regional-pay" },
  }) as EventType,
];
