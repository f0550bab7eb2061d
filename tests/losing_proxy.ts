/** A way to a server on which one answer can get lost. */
export interface LosingProxy extends AsyncDisposable {
  readonly url: string;
  /**
   * Breaks the connection on which the words come next, once the server has
   * answered and before that answer arrives.
   */
  loseNextAnswer(): void;
}

/** Stands between a client and the server at `url`. */
export function startLosingProxy(url: URL, words: string): LosingProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const decoder = new TextDecoder("latin1");
  let loses = false;

  async function join(client: Deno.TcpConn): Promise<void> {
    const server = await Deno.connect({
      hostname: url.hostname,
      port: Number(url.port),
    });
    let isLost = false;
    const close = () => {
      for (const end of [client, server]) {
        try {
          end.close();
        } catch {
          // It is closed already.
        }
      }
    };
    const forward = async (
      from: Deno.TcpConn,
      to: Deno.TcpConn,
      see: (bytes: Uint8Array) => boolean,
    ) => {
      try {
        for await (
          const bytes of from.readable.values({ preventCancel: true })
        ) {
          if (!see(bytes)) break;
          for (let done = 0; done < bytes.length;) {
            done += await to.write(bytes.subarray(done));
          }
        }
      } catch {
        // Either end is gone, and so is the other in a moment.
      }
      close();
    };
    await Promise.all([
      forward(client, server, (bytes) => {
        isLost ||= loses && decoder.decode(bytes).includes(words);
        if (isLost) loses = false;
        return true;
      }),
      forward(server, client, () => !isLost),
    ]);
  }

  const joined: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const client of listener) joined.push(join(client));
  })();
  const address = new URL(url);
  address.port = String(listener.addr.port);
  return {
    url: address.href,
    loseNextAnswer: () => void (loses = true),
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(joined);
    },
  };
}
