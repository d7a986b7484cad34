import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Answer } from './open-hub.js';
import type { OpenNetwork } from './open-network.js';

/** Stops a partner, and takes connections in its place that are never answered. */
export async function hang(network: OpenNetwork, code: string): Promise<AsyncDisposable> {
  const { port, hostname } = new URL(network.urlOf(code));
  await network.stop(code);
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  silent.listen(Number(port), hostname);
  await once(silent, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      silent.close();
      await once(silent, 'close');
    },
  };
}

/** Stops a partner. In its place the lightest query is answered, so that it seems slow and not hung. */
export async function slowDown(network: OpenNetwork, code: string): Promise<AsyncDisposable> {
  const { port, hostname } = new URL(network.urlOf(code));
  await network.stop(code);
  const slow = createHttpServer((request, response) => {
    void text(request).then((body) => {
      const { query = '' } = JSON.parse(body || '{}') as { readonly query?: string };
      if (!/^\{ *__typename *\}$/.test(query.trim())) return;
      const data = { __typename: 'Query' };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
    });
  });
  await once(slow.listen(Number(port), hostname), 'listening');
  return {
    async [Symbol.asyncDispose]() {
      slow.closeAllConnections();
      await once(slow.close(), 'close');
    },
  };
}

/** Stands before a partner, and holds back what it responds for as long as it is told at the time. */
export async function delay(
  url: string,
  readMs: () => number,
): Promise<AsyncDisposable & { readonly url: string }> {
  const { port, hostname } = new URL(url);
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    const partner = connect(Number(port), hostname);
    for (const one of [socket, partner]) sockets.add(one.on('error', () => undefined));
    socket.pipe(partner);
    partner.on('data', (part) => setTimeout(() => socket.write(part), readMs()));
    partner.on('close', () => socket.destroy());
    socket.on('close', () => partner.destroy());
  });
  await once(proxy.listen(0, hostname), 'listening');
  return {
    url: Object.assign(new URL(url), { port: (proxy.address() as AddressInfo).port }).href,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await once(proxy.close(), 'close');
    },
  };
}

/** Whom a response names as missing, and how. */
export function namedIn({ errors = [], extensions }: Answer): string[] {
  const inErrors = errors.flatMap(({ extensions: { code, partner } }) =>
    code.startsWith('PARTNER_') ? `${partner} ${code.slice('PARTNER_'.length)}` : [],
  );
  const statuses = Object.entries(extensions?.completeness?.partners ?? {}).flatMap(
    ([code, { status }]) => (status === 'ANSWERED' ? [] : `${code} ${status}`),
  );
  return [...new Set([...inErrors, ...statuses])];
}
