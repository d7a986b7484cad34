import { once } from 'node:events';
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as ask,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type GraphQLRequest,
  type GraphQLResponse,
  type ResponseFault,
  responseFaults,
} from './response-faults.js';
import { type WireFault, wireFaults } from './wire-faults.js';

/** The faults. `refuse` closes the port; the others apply to responses. */
export type Fault = WireFault | ResponseFault | 'refuse';

/** A whole response, in place of the partner’s. The partner does not get the request. */
interface SaidResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that passed through the proxy. */
export interface ProxiedRequest extends GraphQLRequest {
  readonly kind: 'roots' | 'entities';
  readonly headers: IncomingHttpHeaders;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The fault that was applied to it. */
  readonly fault?: FaultOrder['fault'];
}

/** The fault to apply, and the requests to which it applies. */
interface FaultOrder {
  readonly fault: Fault | SaidResponse;
  /**
   * Only root fetches, only `_entities`, or a function that decides. A refused port refuses all.
   * @default 'all'
   */
  readonly on?: 'all' | 'roots' | 'entities' | ((request: ProxiedRequest) => boolean);
  /** The number of requests that get the fault, after which there is none. @default all */
  readonly times?: number;
  /** The time between two bytes of a drip, in milliseconds. @default 20 */
  readonly everyMs?: number;
}

/** A proxy in front of a partner. Disposing of it closes its port and all its connections. */
export interface FaultProxy extends AsyncDisposable {
  /** To be used instead of the partner’s own URL. */
  readonly url: string;
  /** The GraphQL requests that came, oldest first. The last thousand are kept. */
  readonly requests: readonly ProxiedRequest[];
  /** The number of requests to the target of `redirect`. It should be 0. */
  readonly redirected: number;
  /** The number of requests that their sender cancelled before a response. */
  readonly abandoned: number;
  /** Replaces the fault. @throws if the port was refused and another program has taken it. */
  set(order: FaultOrder): Promise<void>;
  /** Removes the fault. */
  clear(): Promise<void>;
}

const storedRequests = 1000;
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'];

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const without = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));

/** Sends the same request to the partner, byte for byte, so that its signature stays valid. */
async function forward(target: URL, request: IncomingMessage, body: Buffer, signal: AbortSignal) {
  const { method, url: path } = request;
  const headers = {
    ...without(request.headers),
    'accept-encoding': 'identity',
    'content-length': body.length,
  };
  const asked = ask(new URL(path ?? '/', target), { method, headers, signal });
  asked.end(body);
  const [answer] = (await once(asked, 'response', { signal })) as [IncomingMessage];
  return {
    status: answer.statusCode ?? 502,
    headers: without(answer.headers),
    body: await readBody(answer),
  };
}

function readRequest(request: IncomingMessage, body: Buffer): ProxiedRequest | undefined {
  if (request.method !== 'POST') return undefined;
  try {
    const { query, variables } = JSON.parse(body.toString()) as {
      query: string;
      variables?: object;
    };
    const representations = Object.values(variables ?? {})
      .flat()
      .filter((value) => typeof value === 'object' && value !== null && '__typename' in value);
    const kind = /\b_entities\s*\(/.test(query) ? 'entities' : 'roots';
    return { kind, query, headers: request.headers, variables: { ...variables }, representations };
  } catch {
    return undefined;
  }
}

async function listen(server: ReturnType<typeof createServer>, port = 0): Promise<number> {
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

async function shut(server: ReturnType<typeof createServer>): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/**
 * Puts a real HTTP server in front of a partner’s GraphQL endpoint, which applies faults to
 * responses.
 * @example await using proxy = await createFaultProxy(await partner.listen(0)); await proxy.set({
 * fault: 'hang', on: 'entities', times: 1 });
 */
export async function createFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const target = new URL(targetUrl);
  const requests: ProxiedRequest[] = [];
  const seen = { redirected: 0, abandoned: 0 };
  let order: FaultOrder | undefined;
  let left = 0;

  /** The fault for this request. */
  function takeOrder(request: ProxiedRequest | undefined): FaultOrder | undefined {
    if (!order || order.fault === 'refuse' || !request || left <= 0) return undefined;
    const { on = 'all' } = order;
    const meant = typeof on === 'function' ? on(request) : on === 'all' || on === request.kind;
    if (!meant) return undefined;
    left -= 1;
    return order;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const abort = new AbortController();
    let answered = false;
    response.once('close', () => {
      if (!answered) seen.abandoned += 1;
      abort.abort();
    });
    const sent = await readBody(request);
    const proxied = readRequest(request, sent);
    const { fault, everyMs = 20 } = takeOrder(proxied) ?? {};
    if (proxied) requests.push({ ...proxied, fault });
    if (requests.length > storedRequests) requests.shift();
    if (typeof fault === 'object') {
      const type = { 'content-type': 'application/json' };
      response.writeHead(fault.status, { ...type, ...fault.headers });
      response.end(JSON.stringify(fault.body));
      answered = true;
      return;
    }
    const { status, headers, body } = await forward(target, request, sent, abort.signal);
    if (fault && proxied && fault in responseFaults) {
      const spoilt = responseFaults[fault as ResponseFault](
        JSON.parse(String(body)) as GraphQLResponse,
        proxied,
      );
      response.writeHead(status, headers).end(JSON.stringify(spoilt));
    } else if (fault) {
      const redirectTo = `http://127.0.0.1:${witnessPort}${target.pathname}`;
      const { socket } = request;
      const { signal } = abort;
      await wireFaults[fault as WireFault]({ response, socket, body, redirectTo, signal, everyMs });
    } else {
      response.writeHead(status, headers).end(body);
    }
    answered = !abort.signal.aborted;
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
  });
  server.on('connection', (socket) => socket.on('error', () => undefined));
  const witness = createServer((request, response) => {
    seen.redirected += 1;
    request.resume();
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"data":{"redirected":true}}');
  });
  const [port, witnessPort] = await Promise.all([listen(server), listen(witness)]);
  const replace = async (next: FaultOrder | undefined) => {
    order = next;
    left = next?.times ?? Number.POSITIVE_INFINITY;
    if (next?.fault === 'refuse') await shut(server);
    else if (!server.listening) await listen(server, port);
  };
  const url = new URL(target);
  url.port = String(port);
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    requests,
    get redirected() {
      return seen.redirected;
    },
    get abandoned() {
      return seen.abandoned;
    },
    set: replace,
    clear: () => replace(undefined),
    async [Symbol.asyncDispose]() {
      await Promise.all([shut(server), shut(witness)]);
    },
  };
}
