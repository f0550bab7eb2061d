import assert from "node:assert/strict";
import { HttpConnections } from "./http_connections.ts";

/** Answers every request on a connection with the next of these texts, and counts connections. */
function answering(...answers: string[]) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const heard: string[] = [];
  const sockets: Deno.Conn[] = [];
  const serving = (async () => {
    for await (const socket of listener) {
      sockets.push(socket);
      void serve(socket);
    }
  })();
  async function serve(socket: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(65_536);
    try {
      while (true) {
        const count = await socket.read(buffer);
        if (count === null) break;
        heard.push(new TextDecoder().decode(buffer.subarray(0, count)));
        const answer = answers.shift();
        if (answer === undefined) break;
        await socket.write(new TextEncoder().encode(answer));
        if (answer.includes("close")) break;
      }
    } catch {
      // The client has gone.
    }
    try {
      socket.close();
    } catch {
      // The test has ended.
    }
  }
  const { port } = listener.addr as Deno.NetAddr;
  return {
    url: new URL(`http://127.0.0.1:${port}/notify?a=b`),
    heard,
    sockets,
    async close() {
      listener.close();
      await serving.catch(() => {});
      for (const socket of sockets) {
        try {
          socket.close();
        } catch {
          // Closed already.
        }
      }
    },
  };
}

const rules = { allowPrivate: true, allowedHosts: [] };
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

Deno.test("post() keeps a connection as long as answers have an end", async () => {
  const server = answering(
    OK,
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    OK,
    "HTTP/1.1 503 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
  );
  const connections = new HttpConnections(rules);
  const headers = { "Content-Type": "application/json" };
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) {
    const request = { url: server.url, headers, body: `{"名":${i}}` };
    statuses.push(await connections.post(request, 5_000));
  }

  assert.deepEqual(statuses, [200, 204, 404, 200, 503, 200]);
  assert.equal(server.sockets.length, 3);
  assert.equal(
    server.heard[0],
    `POST /notify?a=b HTTP/1.1\r\nHost: ${server.url.host}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{"名":0}',
  );
  connections.close();
  await server.close();
});

Deno.test("post() tries again on a connection that was closed meanwhile, and not otherwise", async () => {
  const server = answering(OK);
  const connections = new HttpConnections(rules);
  const request = { url: server.url, headers: {}, body: "{}" };
  assert.equal(await connections.post(request, 5_000), 200);

  await assert.rejects(connections.post(request, 5_000), {
    message: "The connection was closed",
  });
  assert.equal(server.sockets.length, 2);
  connections.close();
  await server.close();
});

Deno.test("post() fails on answers that are none, cut short or late, and on broken headers", async () => {
  const server = answering(
    "SSH-2.0-OpenSSH\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Le",
  );
  const connections = new HttpConnections(rules);
  const request = { url: server.url, headers: {}, body: "{}" };
  await assert.rejects(connections.post(request, 5_000), {
    message: "No answer of HTTP",
  });
  const cut = connections.post(request, 100);
  await assert.rejects(cut, { message: "No answer in time" });
  const broken = { ...request, headers: { Link: "a\r\nHost: b" } };
  await assert.rejects(connections.post(broken, 5_000), {
    message: "A header has a line break",
  });
  assert.equal(server.heard.some((text) => text.includes("Host: b")), false);
  connections.close();
  await server.close();
});

Deno.test("close() ends what nobody answers", async () => {
  const server = answering("HTTP/1.1 100 Continue\r\n\r\n");
  const connections = new HttpConnections(rules);
  const request = { url: server.url, headers: {}, body: "{}" };
  const posted = connections.post(request, 60_000);
  while (server.heard.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }

  connections.close();
  await assert.rejects(posted, { message: "The broker stops" });
  assert.equal(server.heard.length, 1);
  await server.close();
});
