import NGSI from "ngsijs";

/** An entity in concise form, as it goes to the broker. */
export interface SentEntity {
  readonly id: string;
  readonly type: string;
  readonly [attribute: string]: unknown;
}

export interface BrokerAddress {
  /** Where the broker answers, such as `http://127.0.0.1:8000`. */
  readonly origin: string;
  readonly tenant: string;
  /** An API key that may write entities. */
  readonly token: string;
}

/** The part of NGSI-LD that a producer needs. Rejects when the broker refuses or does not answer. */
export interface BrokerClient {
  /** Creates or replaces all of them, a thousand in one request. */
  upsert(entities: readonly SentEntity[]): Promise<void>;
  /** Deletes one, if it is there. */
  remove(id: string): Promise<void>;
  /** All entities of a type, in simplified form. */
  list(type: string): Promise<SentEntity[]>;
}

/** What is used of ngsijs, which has no types of its own. */
interface Connection {
  readonly url: URL;
  readonly ld: {
    deleteEntity(options: { id: string; tenant: string }): Promise<unknown>;
    queryEntities(options: {
      type: string;
      tenant: string;
      keyValues: boolean;
      limit: number;
      offset: number;
    }): Promise<{ results: SentEntity[] }>;
  };
  makeRequest(
    url: URL,
    options: {
      method: string;
      postBody: string;
      contentType: string;
      requestHeaders: Record<string, string>;
    },
  ): PromiseLike<{ status: number }>;
}

const PAGE = 1000;
const LONGEST_ANSWER_MS = 30_000;

export function brokerClient(
  { origin, tenant, token }: BrokerAddress,
): BrokerClient {
  const headers = { Authorization: `Bearer ${token}` };
  const connection: Connection = new NGSI.Connection(origin, { headers });
  const { ld } = connection;

  // ngsijs knows no batch operations; its own request function carries ours.
  async function upsertPage(entities: readonly SentEntity[]): Promise<void> {
    const { status } = await answered(connection.makeRequest(
      new URL("ngsi-ld/v1/entityOperations/upsert", connection.url),
      {
        method: "POST",
        postBody: JSON.stringify(entities),
        contentType: "application/json",
        requestHeaders: { ...headers, "NGSILD-Tenant": tenant },
      },
    ));
    if (status !== 201 && status !== 204) {
      throw new Error(`The broker answered ${status} to a batch upsert`);
    }
  }

  return {
    async upsert(entities) {
      for (let from = 0; from < entities.length; from += PAGE) {
        await upsertPage(entities.slice(from, from + PAGE));
      }
    },
    async remove(id) {
      try {
        await answered(ld.deleteEntity({ id, tenant }));
      } catch (error) {
        if (!(error instanceof NGSI.NotFoundError)) throw error;
      }
    },
    async list(type) {
      const all: SentEntity[] = [];
      for (;;) {
        const { results } = await answered(ld.queryEntities({
          type,
          tenant,
          keyValues: true,
          limit: PAGE,
          offset: all.length,
        }));
        all.push(...results);
        if (results.length < PAGE) return all;
      }
    },
  };
}

/** ngsijs waits for ever; this does not. */
async function answered<T>(request: PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("The broker did not answer in time")),
      LONGEST_ANSWER_MS,
    );
  });
  try {
    return await Promise.race([request, late]);
  } finally {
    clearTimeout(timer);
  }
}
