import { openTls } from '@hub/shared/server';
import { filesForCalls, silentLogger, type TlsSettings } from '@hub/shared/system';
import { Agent, fetch as fetchBy, type Dispatcher } from 'undici';

const connectTimeoutMs = 10_000;

/** Connections of a command, by the certificates of the hub. */
export function openAgent(files: TlsSettings): Dispatcher {
  // They are read at the start of a command alone.
  const { connect, [Symbol.dispose]: end } = openTls(filesForCalls(files), silentLogger);
  const agent = new Agent({ connect: connect(connectTimeoutMs) });
  end();
  return agent;
}

/** `fetch` with the certificates of the hub. */
export function createFetch(files: TlsSettings): typeof fetch {
  const dispatcher = openAgent(files);
  const fetchOver = (url: string | URL, init: object = {}): Promise<unknown> =>
    fetchBy(url, { ...init, dispatcher });
  return fetchOver as typeof fetch;
}
