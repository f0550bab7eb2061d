import { Aedes, type AedesPublishPacket, type Client } from "aedes";
import { generate, type Packet, parser } from "mqtt-packet";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createServer, type Server, type Socket } from "node:net";
import { openNotifyingStore } from "./_notifying_store.ts";
import { readMqttTarget } from "./mqtt_target.ts";

const ROOM = {
  id: "urn:ngsi-ld:Room:1",
  type: "Room",
  places: { type: "Property", value: 0 },
};

interface Published {
  readonly topic: string;
  readonly qos: number;
  readonly message: {
    readonly metadata: Record<string, string>;
    readonly body: { readonly id: string; readonly data: unknown[] };
  };
}

interface MqttBroker {
  readonly port: number;
  readonly published: readonly Published[];
  readonly clients: readonly { username: string; version: number }[];
  until(count: number): Promise<void>;
  disconnectAll(): void;
  close(): Promise<void>;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" ? address?.port ?? 0 : 0);
    })
  );
}

/** A broker of MQTT 3.1.1 by others. */
async function openAedes(password?: string): Promise<MqttBroker> {
  const aedes = await Aedes.createBroker({
    authenticate(_client, _name, sent, done) {
      done(null, password === undefined || String(sent) === password);
    },
  });
  const server = createServer(aedes.handle);
  const published: Published[] = [];
  const clients: { username: string; version: number }[] = [];
  const connected = new Set<Client>();
  const waiting: (() => void)[] = [];
  aedes.on("client", (client: Client & { version?: number }) => {
    connected.add(client);
    clients.push({ username: "", version: client.version ?? 0 });
  });
  aedes.on("publish", (packet: AedesPublishPacket, client: Client | null) => {
    if (client === null) return;
    published.push({
      topic: packet.topic,
      qos: packet.qos,
      message: JSON.parse(String(packet.payload)),
    });
    for (const wake of waiting.splice(0)) wake();
  });
  return {
    port: await listening(server),
    published,
    clients,
    async until(count) {
      while (published.length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    disconnectAll() {
      for (const client of connected) client.close();
      connected.clear();
    },
    async close() {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a broker of MQTT 5 says, in as far as a publisher hears it. */
async function openVersion5(): Promise<MqttBroker> {
  const published: Published[] = [];
  const clients: { username: string; version: number }[] = [];
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  const answer = (socket: Socket, packet: Packet) =>
    socket.write(generate(packet, { protocolVersion: 5 }));
  const server = createServer((socket) => {
    sockets.add(socket);
    const incoming = parser({ protocolVersion: 5 });
    socket.on("data", (bytes) => incoming.parse(Buffer.from(bytes)));
    socket.on("error", () => {});
    incoming.on("packet", (packet) => {
      if (packet.cmd === "connect") {
        clients.push({
          username: packet.username ?? "",
          version: packet.protocolVersion ?? 0,
        });
        answer(socket, {
          cmd: "connack",
          reasonCode: 0,
          sessionPresent: false,
        });
      }
      if (packet.cmd === "pubrel") {
        answer(socket, { cmd: "pubcomp", messageId: packet.messageId ?? 0 });
      }
      if (packet.cmd !== "publish") return;
      published.push({
        topic: packet.topic,
        qos: packet.qos,
        message: JSON.parse(String(packet.payload)),
      });
      const messageId = packet.messageId ?? 0;
      if (packet.qos === 1) answer(socket, { cmd: "puback", messageId });
      if (packet.qos === 2) answer(socket, { cmd: "pubrec", messageId });
      for (const wake of waiting.splice(0)) wake();
    });
  });
  return {
    port: await listening(server),
    published,
    clients,
    async until(count) {
      while (published.length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    disconnectAll() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const told = (uri: string, endpoint = {}) => ({
  entities: [{ type: "Room" }],
  notification: { endpoint: { uri, ...endpoint } },
});
const info = (version: string, qos: string) => ({
  notifierInfo: [
    { key: "MQTT-Version", value: version },
    { key: "MQTT-QoS", value: qos },
  ],
});

for (
  const [version, open] of [
    ["mqtt3.1.1", openAedes],
    ["mqtt5.0", openVersion5],
  ] as const
) {
  Deno.test(`CIM 009 7.2: ${version} carries body and metadata in every quality of service`, async () => {
    const broker = await open();
    const store = await openNotifyingStore();
    await store.create(ROOM);
    for (const qos of ["0", "1", "2"]) {
      await store.subscribe(
        told(`mqtt://127.0.0.1:${broker.port}/city/rooms/${qos}`, {
          ...info(version, qos),
          receiverInfo: [{ key: "my-key", value: "mine" }],
        }),
        { tenant: "saga_412015" },
      );
    }

    await store.update(ROOM.id, { places: 1 });
    await broker.until(3);
    await store.delivered();

    const byQos = broker.published.toSorted((a, b) => a.qos - b.qos);
    assert.deepEqual(
      byQos.map(({ topic, qos }) => [topic, qos]),
      [0, 1, 2].map((qos) => [`city/rooms/${qos}`, qos]),
    );
    const [{ message } = { message: undefined }] = byQos;
    assert.deepEqual(Object.keys(message?.metadata ?? {}).toSorted(), [
      ...["Content-Type", "Link", "NGSILD-Tenant", "my-key"],
    ]);
    assert.equal(message?.metadata["Content-Type"], "application/json");
    assert.deepEqual(message?.body.data, [{
      ...ROOM,
      places: { type: "Property", value: 1 },
    }]);
    assert.equal(broker.clients.length, 1);
    await store.close();
    await broker.close();
  });
}

Deno.test("a lost MQTT connection is made again, and nothing of quality 1 is lost", async () => {
  const broker = await openVersion5();
  const policy = { firstWaitMs: 5, longestWaitMs: 5 };
  const store = await openNotifyingStore({ policy });
  await store.create(ROOM);
  await store.subscribe(
    told(`mqtt://name:pass%2Fword@127.0.0.1:${broker.port}/t`, {
      ...info("mqtt5.0", "1"),
      accept: "application/ld+json",
    }),
  );

  for (const places of [1, 2, 3]) {
    await store.update(ROOM.id, { places });
    await store.delivered();
    broker.disconnectAll();
  }

  const values = new Set(
    broker.published.map(({ message }) =>
      JSON.stringify((message.body.data[0] as typeof ROOM).places.value)
    ),
  );
  assert.deepEqual([...values], ["1", "2", "3"]);
  assert.ok(broker.clients.length >= 2);
  assert.equal(broker.clients[0]?.username, "name");
  assert.equal("Link" in (broker.published[0]?.message.metadata ?? {}), false);
  await store.close();
  await broker.close();
});

Deno.test("an MQTT broker that wants another password, or is not there, fails the notification", async () => {
  const broker = await openAedes("right");
  const policy = { firstWaitMs: 5, longestWaitMs: 5, giveUpAfterMs: 0 };
  const store = await openNotifyingStore({ policy });
  await store.create(ROOM);
  const v3 = info("mqtt3.1.1", "1");
  await store.subscribe(
    told(`mqtt://name:wrong@127.0.0.1:${broker.port}/t`, v3),
  );
  await store.subscribe(
    told(`mqtt://name:right@127.0.0.1:${broker.port}/t`, v3),
  );
  await store.subscribe(told("mqtt://127.0.0.1:9/t"));

  await store.update(ROOM.id, { places: 1 });
  await broker.until(1);
  await store.delivered();

  assert.equal(broker.published.length, 1);
  const dead = await store.subscriptions.deadLetters();
  assert.equal(dead.length, 2);
  assert.ok(dead.every(({ reason }) => reason.startsWith("MQTT: ")));
  assert.ok(!dead.some(({ reason }) => reason.includes("wrong")));
  await store.close();
  await broker.close();
});

Deno.test("readMqttTarget() reads addresses and parameters of CIM 009 7.2 and refuses others", () => {
  const target = readMqttTarget({ uri: "mqtts://u:p@Broker.Example/a/b" });
  assert.deepEqual(target, {
    host: "broker.example",
    port: 8883,
    tls: true,
    username: "u",
    password: "p",
    topic: "a/b",
    qos: 0,
    version: 5,
  });
  assert.equal(readMqttTarget({ uri: "mqtt://b.example/a" }).port, 1883);
  for (const uri of ["mqtt://b.example/", "mqtt://b.example/a/%23"]) {
    assert.throws(() => readMqttTarget({ uri }), { kind: "BadRequestData" });
  }
  for (const [version, qos] of [["mqtt4", "0"], ["mqtt5.0", "3"]] as const) {
    const endpoint = { uri: "mqtt://b.example/a", ...info(version, qos) };
    assert.throws(() => readMqttTarget(endpoint), { kind: "BadRequestData" });
  }
});
