/** A notification as it came over HTTP. */
export interface Received {
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any
  readonly body: any;
}

/** An HTTP server that takes notifications. */
export interface Receiver {
  readonly uri: string;
  readonly received: readonly Received[];
  /** What it answers from now on. */
  status: number;
  /** Whether it keeps its callers waiting. */
  silent: boolean;
  /** Resolves to the notifications once there are so many. */
  until(count: number): Promise<readonly Received[]>;
  close(): Promise<void>;
}

export function openReceiver(): Receiver {
  const received: Received[] = [];
  let waiting: (() => void)[] = [];
  const hanging: (() => void)[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      if (receiver.silent) {
        await new Promise<void>((resolve) => hanging.push(resolve));
        return new Response(null, { status: 503 });
      }
      const body = await request.json();
      received.push({ headers: request.headers, body });
      for (const wake of waiting.splice(0)) wake();
      return new Response(null, { status: receiver.status });
    },
  );
  const receiver: Receiver = {
    uri: `http://127.0.0.1:${server.addr.port}/notify`,
    received,
    status: 200,
    silent: false,
    async until(count) {
      while (received.length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return received;
    },
    async close() {
      for (const release of hanging) release();
      waiting = [];
      await server.shutdown();
    },
  };
  return receiver;
}
