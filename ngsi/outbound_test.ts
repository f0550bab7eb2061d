import assert from "node:assert/strict";
import {
  checkedLookup,
  checkOutboundUrl,
  isPublicAddress,
  PUBLIC_ONLY,
} from "./outbound.ts";

Deno.test("isPublicAddress() knows every spelling of what is not public", () => {
  const inside = [
    ...["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.1.1"],
    ...["0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::", "::1"],
    ...["::ffff:127.0.0.1", "::ffff:8.8.8.8", "fe80::1", "fd00::1", "ff02::1"],
    ...["64:ff9b::7f00:1", "2002:7f00:1::", "localhost", ""],
  ];
  assert.deepEqual(inside.filter(isPublicAddress), []);

  const outside = ["8.8.8.8", "172.32.0.1", "2606:4700::1111"];
  assert.deepEqual(outside.filter(isPublicAddress), outside);
});

Deno.test("checkOutboundUrl() refuses what leads inside, whatever the scheme", () => {
  const refused = [
    "http://localhost:1111/notify",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "https://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://0x7f.1/",
    "mqtt://127.1/topic",
    "mqtts://user:secret@192.168.3.4:8883/topic",
  ];
  for (const url of refused) {
    assert.throws(() => checkOutboundUrl(new URL(url), PUBLIC_ONLY), {
      kind: "BadRequestData",
      message: "The address is not a public one",
    });
  }
  const named = { allowPrivate: false, allowedHosts: ["localhost"] };
  checkOutboundUrl(new URL("http://localhost:1111/"), named);
  checkOutboundUrl(new URL("https://city.example/"), PUBLIC_ONLY);
  assert.throws(() => checkOutboundUrl(new URL("http://127.0.0.1/"), named));
});

Deno.test("checkedLookup() gives a name's addresses only if all are allowed", async () => {
  const look = (rules = PUBLIC_ONLY) =>
    new Promise((resolve) =>
      checkedLookup(rules)(
        "localhost",
        { all: true },
        (error, found) => resolve(error?.name ?? found.length > 0),
      )
    );

  assert.equal(await look(), "OutboundRefused");
  assert.equal(await look({ allowPrivate: true, allowedHosts: [] }), true);
  const named = { allowPrivate: false, allowedHosts: ["localhost"] };
  assert.equal(await look(named), true);
});
