import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Answer } from '../network/open-hub.js';
import type { OpenNetwork } from '../network/open-network.js';

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
