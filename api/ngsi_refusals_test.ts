import assert from "node:assert/strict";
import {
  PATH,
  problemOf,
  type Sent,
  SHELTER,
  withCity,
} from "./_broker_city.ts";

const REFUSED: readonly (readonly [string, Sent, number, string])[] = [
  [`${PATH}?type=T&q=a==`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&georel=near`, {}, 400, "BadRequestData"],
  [`${PATH}?type=(A;B`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&entityMap=true`, {}, 422, "OperationNotSupported"],
  [`${PATH}?type=T&colour=red`, {}, 400, "InvalidRequest"],
  [`${PATH}?type=T&limit=0`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&limit=1001`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&limit=-1`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&id=nope`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&options=temporalValues`, {}, 400, "InvalidRequest"],
  [PATH, {}, 400, "BadRequestData"],
  [
    `${PATH}?type=T`,
    { headers: { Accept: "text/html" } },
    406,
    "NotAcceptable",
  ],
  ["/ngsi-ld/v1/snapshots", {}, 422, "OperationNotSupported"],
  [`${PATH}/${SHELTER}/attrs`, {}, 405, "MethodNotAllowed"],
  [`${PATH}?type=Stranger`, { as: "stranger" }, 401, "Unauthorized"],
  [PATH, { as: "writer", body: "{" }, 400, "InvalidRequest"],
  [
    `${PATH}//attrs/name`,
    { method: "DELETE", as: "writer" },
    400,
    "BadRequestData",
  ],
];

for (const [path, sent, status, title] of REFUSED) {
  Deno.test(`${sent.method ?? (sent.body === undefined ? "GET" : "POST")} ${path} is refused as ${title}${sent.headers ? ` (${Object.values(sent.headers)})` : ""}`, () =>
    withCity(async ({ ask }) => {
      const response = await ask(path, sent);

      assert.equal(response.headers.get("Content-Type"), "application/json");
      assert.equal(response.headers.has("Allow"), status === 405);
      assert.deepEqual(await problemOf(response), [status, title]);
    }));
}
