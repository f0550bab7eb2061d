import type { EventLine } from "./line.ts";

/** A line of a segment with its newline. */
export function lineText(line: EventLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** The same of a line whose texts all stand in JSON as they are; half the cost. */
export function plainLineText(line: EventLine): string {
  let text = `{"eventId":"${line.eventId}","type":"${line.type}"` +
    `,"version":${line.version},"occurredAt":"${line.occurredAt}"` +
    `,"receivedAt":"${line.receivedAt}","keyId":"${line.keyId}"` +
    `,"mode":"${line.mode}","data":${dataText(line.data)}`;
  text += plain(',"miniApp":"', line.miniApp);
  text += plain(',"appVersion":"', line.appVersion);
  text += plain(',"os":"', line.os);
  text += plain(',"provider":"', line.provider);
  text += plain(',"disasterEventId":"', line.disasterEventId);
  text += plain(',"idempotency":"', line.idempotency);
  text += plain(',"subject":"', line.subject);
  text += plain(',"tier":"', line.tier);
  text += plain(',"district":"', line.district);
  text += plain(',"ageBand":"', line.ageBand);
  text += plain(',"sex":"', line.sex);
  if (line.consent !== undefined) {
    text += line.consent.length === 0
      ? ',"consent":[]'
      : `,"consent":["${line.consent.join('","')}"]`;
  }
  if (line.resident !== undefined) text += `,"resident":${line.resident}`;
  return `${text}}\n`;
}

function plain(key: string, value: string | undefined): string {
  return value === undefined ? "" : `${key}${value}"`;
}

function dataText(data: Record<string, unknown>): string {
  for (const _ in data) return JSON.stringify(data);
  return "{}";
}
