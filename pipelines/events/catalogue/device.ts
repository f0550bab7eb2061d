import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

/** Measurements of things are entities; the collector says so by name and keeps nothing. */
export const device = [
  eventType({
    type: "sensor.reading",
    title: { ja: "センサーの計測", en: "Sensor reading" },
    purpose: PURPOSES.devices,
    destination: "broker",
    subject: "none",
    data: z.object({
      deviceId: said(Code, "機器", "Device"),
      quantity: said(Code, "量", "Quantity"),
      value: said(z.number(), "値", "Value"),
    }),
    sample: { deviceId: "gauge-1", quantity: "level", value: 1.25 },
  }),
];
