/** The collector's ceiling: the same server, only reading and parsing the body. */
const server = Deno.serve(
  { hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen() {} },
  async (request) => {
    const events = await request.json();
    return Response.json(
      { accepted: events.length, quarantined: 0, refused: [] },
      { status: 202 },
    );
  },
);
await server.finished;
