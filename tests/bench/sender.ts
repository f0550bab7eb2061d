/** One connection that is kept and costs the machine as little as can be. */
export interface Sender {
  /** Sends a request made by `httpRequest()` and answers status and body. */
  send(request: Uint8Array): Promise<{ status: number; body: string }>;
  close(): void;
}

const decoder = new TextDecoder();

/** Opens a connection to a server that answers with `Content-Length`. */
export async function openSender(url: string): Promise<Sender> {
  const { hostname, port } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  connection.setNoDelay();
  const chunk = new Uint8Array(64 * 1024);
  return {
    async send(request) {
      for (let done = 0; done < request.length;) {
        done += await connection.write(request.subarray(done));
      }
      let text = "";
      for (;;) {
        const read = await connection.read(chunk);
        if (read === null) throw new Error("The server closed the connection");
        text += decoder.decode(chunk.subarray(0, read));
        const end = text.indexOf("\r\n\r\n");
        if (end < 0) continue;
        const head = text.slice(0, end);
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
        const body = text.slice(end + 4);
        if (body.length < length) continue;
        return { status: Number(head.slice(9, 12)), body };
      }
    },
    close: () => connection.close(),
  };
}
