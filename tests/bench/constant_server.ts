/** A broker's ceiling: the same server, answering a constant of `Deno.args[1]` bytes with the headers of `Deno.args[2]`. */
const body = "x".repeat(Number(Deno.args[1]));
const headers: Record<string, string> = JSON.parse(
  Deno.args[2] ?? '{"Content-Type":"application/json"}',
);
const server = Deno.serve(
  { hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen() {} },
  () => new Response(body, { headers }),
);
await server.finished;
