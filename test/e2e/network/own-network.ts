import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneFolder } from './running-command.js';

/** The clone’s network on ports of its own and in a folder of its own, which goes when it is disposed of. */
export interface OwnNetwork extends AsyncDisposable {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  portOf(code: string): number;
  readonly hubPort: number;
}

interface NetworkFile {
  port: number;
  partners: { code: string; url: string }[];
}

export async function createOwnNetwork(): Promise<OwnNetwork> {
  const text = await readFile(join(cloneFolder, 'gateway', 'network.json'), 'utf8');
  const network = JSON.parse(text) as NetworkFile;
  const [hubPort = 0, ...ports] = await findFreePorts(network.partners.length + 1);
  const folder = await mkdtemp(join(tmpdir(), 'hub-e2e-'));
  network.partners.forEach((partner, index) => {
    partner.url = `http://127.0.0.1:${ports[index]}/graphql`;
  });
  await writeFile(join(folder, 'network.json'), JSON.stringify({ ...network, port: hubPort }));
  return {
    folder,
    hubPort,
    environment: {
      HUB_NETWORK: join(folder, 'network.json'),
      HUB_DATA_DIR: join(folder, 'data'),
      HUB_URL: `http://127.0.0.1:${hubPort}/graphql`,
      // What partners publish is another test’s subject, and judging it takes a machine’s time.
      HUB_REGISTRY: 'off',
    },
    portOf: (code) => ports[network.partners.findIndex((partner) => partner.code === code)] ?? 0,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });

/**
 * Below the range that systems give out for port 0, so that nobody takes a port between its choice
 * and its use: each of the test runner’s workers has a part of its own, and takes the next one.
 */
const range = { first: 20_000, size: 1_200, parts: 10 } as const;
const part = (Number(process.env.VITEST_POOL_ID) || 0) % range.parts;
let taken = Math.floor(Math.random() * range.size);

export async function findFreePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    taken += 1;
    const port = range.first + part * range.size + (taken % range.size);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** What a client of the hub gets. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: Record<string, unknown>;
  }[];
  readonly completeness: unknown;
}

/** Asks a hub over HTTP. */
export async function ask(port: number, query: string, token?: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as Partial<Answer> & {
    extensions?: { completeness?: unknown };
  };
  return {
    status: response.status,
    data: body.data,
    errors: body.errors ?? [],
    completeness: body.extensions?.completeness,
  };
}
