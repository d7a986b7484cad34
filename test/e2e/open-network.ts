import { createHub, type Hub } from '@hub/gateway';
import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import {
  openPartner,
  type PartnerContent,
  type PartnerDefinition,
  type PartnerServer,
} from '@hub/shared/server';
import { silentLogger } from '@hub/shared/telemetry';
import { createDisposableStack } from '@hub/shared/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContracts } from '../../gateway/registry/contracts.js';
import { readNetwork, type Network } from '../../gateway/registry/network.js';
import { cloneFolder } from './running-command.js';

// oxlint-disable-next-line typescript/no-explicit-any -- an answer is of the shape that was asked
export type Tree = any;

export interface Answer {
  readonly data: Tree;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly partner?: string };
  }[];
  readonly extensions: {
    readonly completeness?: {
      readonly complete: boolean;
      readonly partners: Readonly<Record<string, { readonly status: string }>>;
    };
  };
}

export type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** A hub before the network’s partners. */
export interface OpenHub extends AsyncDisposable {
  readonly ask: Ask;
}

/** The ten partners on ports of their own, their databases in a folder that goes with them, and a hub before them. */
export interface OpenNetwork extends OpenHub {
  readonly codes: readonly string[];
  /** The partner’s server, while it runs. */
  serverOf(code: string): PartnerServer;
  stop(code: string): Promise<void>;
  /** Opens a stopped partner again: its own database, its own port. */
  start(code: string): Promise<void>;
  /** Another hub, for which these partners’ ports are closed. */
  openHubWithout(away: readonly string[]): Promise<OpenHub>;
}

const definitions: Readonly<Record<string, PartnerDefinition>> = {
  'national-police': nationalPolice,
  nbnp,
  'ncm-offices': ncmOffices,
};

export async function openNetwork(content: PartnerContent): Promise<OpenNetwork> {
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-network-'));
  stack.use({
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  });
  const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
  const subgraphOf = new Map(partners.map(({ code, subgraph }) => [code, subgraph]));
  const servers = new Map<string, PartnerServer>();
  const urls = new Map<string, string>();
  stack.use({
    async [Symbol.asyncDispose]() {
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  });
  const start = async (code: string) => {
    const definition = definitions[subgraphOf.get(code) ?? ''];
    if (!definition) throw new Error(`Nobody can run ${code}.`);
    const databaseUrl = `sqlite:${join(folder, `${code}.sqlite`)}`;
    const options = { partner: code, databaseUrl, content, logger: silentLogger };
    const server = await openPartner(definition, options);
    servers.set(code, server);
    urls.set(code, await server.listen(Number(new URL(urls.get(code) ?? 'http://x:0').port)));
  };
  try {
    await Promise.all(partners.map(({ code }) => start(code)));
    const network = (urlOf: (code: string) => string): Network => ({
      port: 0,
      partners: partners.map((partner) => ({ ...partner, url: urlOf(partner.code) })),
    });
    const urlOf = (code: string) => urls.get(code) ?? '';
    const hub = stack.use(await openHub(network(urlOf)));
    return {
      ask: hub.ask,
      codes: partners.map(({ code }) => code),
      serverOf(code) {
        const server = servers.get(code);
        if (!server) throw new Error(`${code} does not run.`);
        return server;
      },
      start,
      async stop(code) {
        await servers.get(code)?.close();
        servers.delete(code);
      },
      async openHubWithout(away) {
        const closed = await findClosedPort();
        return openHub(
          network((code) => (away.includes(code) ? `http://127.0.0.1:${closed}/` : urlOf(code))),
        );
      },
      [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
    };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

async function openHub(network: Network): Promise<OpenHub> {
  const contracts = readContracts(network);
  const hub = await createHub({ network, contracts }, { logger: silentLogger });
  return {
    ask: (query, variables) => ask(hub, query, variables),
    [Symbol.asyncDispose]: () => hub.close(),
  };
}

async function ask(hub: Hub, query: string, variables?: Record<string, unknown>): Promise<Answer> {
  const { signal } = new AbortController();
  const contextValue = await hub.createContext({ requestId: 'test', signal });
  const { body } = await hub.apollo.executeOperation({ query, variables }, { contextValue });
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

/** A port at which nobody listens any more. */
async function findClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 1;
}
