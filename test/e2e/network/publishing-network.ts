import { createKeyStore, ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { refreshPath } from '@hub/shared/records';
import { createDisposableStack, inner } from '@hub/shared/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from './own-network.js';
import { runCommand, type RunningCommand } from './running-command.js';
import { openStubPartner, type StubPartner, type StubPartnerOptions } from './stub-partner.js';

const subgraphOf = {
  nbnp: 'nbnp',
  ncm: 'ncm-offices',
  no: 'national-police',
  se: 'national-police',
} as const;

type Code = keyof typeof subgraphOf;

const office = { id: 'ncm:led', name: 'Petersburg', motto: 'Together.' };
const policeOf = (unit: object) => ({ Query: { policeUnits: () => [unit] } });
const resolversOf: Readonly<Record<Code, StubPartnerOptions['resolvers']>> = {
  nbnp: {},
  ncm: { Query: { offices: () => [office] }, Office: { __resolveReference: () => office } },
  no: policeOf({ id: 'no:unit-1', name: 'Oslo', country: 'NO', motto: 'All for Norway.' }),
  se: policeOf({ id: 'se:unit-1', name: 'Stockholm', country: 'SE', motto: 'All for Sweden.' }),
};

/** Four partners whose servers are stubs, and hubs of two workers that can be started over one data folder. */
export async function openPublishingNetwork(settings: Readonly<Record<string, string>> = {}) {
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-registry-'));
  stack.use({
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  });
  const keys = join(folder, 'data', 'keys');
  const codes = Object.keys(subgraphOf) as Code[];
  for (const code of [hubIssuer, ...codes]) await ensureKeyFiles(keys, code);
  const partners = new Map<string, StubPartner>();
  for (const code of codes) {
    const options = { code, subgraph: subgraphOf[code], keys, resolvers: resolversOf[code] };
    partners.set(code, stack.use(await openStubPartner(options)));
  }
  const partnerOf = (code: Code): StubPartner => {
    const partner = partners.get(code);
    if (!partner) throw new Error(`There is no ${code}.`);
    return partner;
  };
  await writeFile(
    join(folder, 'network.json'),
    JSON.stringify({
      port: 0,
      partners: codes.map((code) => ({
        code,
        name: code,
        subgraph: subgraphOf[code],
        url: partnerOf(code).url,
        contact: `hub@${code}.example.org`,
        publicKeys: `keys/${code}.public.json`,
      })),
    }),
  );
  const environment = {
    HUB_NETWORK: join(folder, 'network.json'),
    HUB_DATA_DIR: join(folder, 'data'),
    HUB_INTROSPECTION: 'true',
    // A test asks as often as it can.
    HUB_LIMIT_RATE: '1000000',
    HUB_LIMIT_WORK_MS: '1000000',
    HUB_LIMIT_WORK_BYTES: '1000000000000',
    ...settings,
  };
  const store = (half: 'private' | 'public', code: string) =>
    createKeyStore({ files: new Map([[code, keyFilesOf(keys, code)[half]]]) });
  return {
    folder,
    registryFolder: join(folder, 'data', 'registry'),
    environment,
    partnerOf,
    /** All publish what servers of their contract do. */
    async publishAll() {
      for (const partner of partners.values()) await partner.publish();
    },
    async startHub(workers = 2): Promise<TestHub> {
      const command = runCommand(
        'gateway/dist/main.js',
        ['serve', '--workers', String(workers)],
        environment,
      );
      try {
        const [, port = ''] = await command.until(/"url":"[^"]+:(\d+)\/graphql"[^}]*"msg":"ready"/);
        const url = `http://127.0.0.1:${port}`;
        return {
          command,
          url,
          ask: (query) => ask(Number(port), query),
          async refresh(code, headers) {
            const signed = await inner.signRefresh({
              partner: code,
              ownKeys: store('private', code),
              hubKeys: store('public', hubIssuer),
            });
            const init = { method: 'POST', headers: headers ?? signed };
            return (await fetch(`${url}${refreshPath}`, init)).status;
          },
          [Symbol.asyncDispose]: () => command[Symbol.asyncDispose](),
        };
      } catch (error) {
        await command[Symbol.asyncDispose]();
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

export interface TestHub extends AsyncDisposable {
  readonly command: RunningCommand;
  readonly url: string;
  ask(query: string): ReturnType<typeof ask>;
  /** Has a partner tell the hub that it has published something. Returns the HTTP status. */
  refresh(code: Code, headers?: Record<string, string>): Promise<number>;
}
