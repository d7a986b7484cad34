import { createKeyStore, ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { type Manifest, manifestPath, verifyManifest } from '@hub/shared/records';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack, inner } from '@hub/shared/testing';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSupergraph } from '../compose.js';
import { createAdministrationLog } from '../records/administration-log.js';
import { createReleaseStore } from '../releases/release-store.js';
import { createAcceptance, type Graph } from './acceptance.js';
import { readConformance } from './conformance.js';
import { createPublicationStore } from './publication-store.js';
import { createRegistry } from './registry.js';

const link = (...names: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(names)})`;

/** Two police forces serve one contract; the offices are the only partner of theirs. */
export const testContracts = {
  police: `${link('@key')}
type Query { officers(rank: Int): [Officer!] }
type Officer @key(fields: "id") { id: ID! name: String email: String }
`,
  offices: `${link('@key')}
type Query { offices: [Office!] }
type Office @key(fields: "id") { id: ID! name: String city: String }
`,
};

const subgraphOf: Readonly<Record<string, keyof typeof testContracts>> = {
  no: 'police',
  se: 'police',
  ncm: 'offices',
};

/** How a partner’s server responds: the text of a file, a status, or by itself. */
type Response = string | number | ((response: ServerResponse) => void);

/** Partners that have published their contract, and a registry that can be opened over one folder again and again. */
export async function openTestNetwork() {
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-publications-'));
  stack.use({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
  const codes = Object.keys(subgraphOf);
  for (const code of [...codes, hubIssuer]) await ensureKeyFiles(join(folder, 'keys'), code);
  const keysOf = (half: 'private' | 'public') =>
    createKeyStore({
      files: new Map(
        [...codes, hubIssuer].map((code) => [code, keyFilesOf(join(folder, 'keys'), code)[half]]),
      ),
    });
  const [privateKeys, publicKeys] = [keysOf('private'), keysOf('public')];
  const responses = new Map<string, Response>();
  const ports = new Map<string, number>();
  for (const code of codes) {
    const server = createServer((request, response) => {
      const wanted = responses.get(code) ?? 404;
      if (request.url !== manifestPath) response.writeHead(400).end();
      else if (typeof wanted === 'function') wanted(response);
      else if (typeof wanted === 'number') response.writeHead(wanted, { location: '/x' }).end();
      else response.end(wanted);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.set(code, (server.address() as AddressInfo).port);
    stack.use({
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
        await once(server, 'close').catch(() => undefined);
      },
    });
  }
  const urlOf = (code: string) => `http://127.0.0.1:${ports.get(code)}/graphql`;
  const partners = codes.map((code) => ({
    code,
    subgraph: subgraphOf[code] ?? '',
    url: urlOf(code),
    deadlineMs: 5_000,
  }));
  const contracts = Object.entries(testContracts).map(([name, sdl]) => ({ name, sdl }));
  const manifestOf = (code: string, changed: Partial<Manifest> = {}): Manifest => ({
    form: 1,
    issuer: code,
    subgraph: subgraphOf[code] ?? '',
    endpoint: urlOf(code),
    contact: `hub@${code}.example.org`,
    sequence: 1_000,
    issuedAt: '2026-11-26T18:00:00Z',
    schemaVersion: '1',
    schema: testContracts[subgraphOf[code] ?? 'police'],
    maintenance: [],
    lastGoodFor: 0,
    consents: [],
    conformance: null,
    ...changed,
  });
  const sign = async (manifest: Manifest, by = manifest.issuer) => {
    const [key] = await privateKeys.signingKeysOf(by);
    if (!key) throw new Error(`${by} has no key.`);
    return inner.signManifest(manifest, key);
  };
  const releases = createReleaseStore(join(folder, 'releases'));
  const administration = createAdministrationLog(join(folder, 'administration.jsonl'));
  const loads: string[] = [];
  const compose = (schemas: ReadonlyMap<string, string>) =>
    composeSupergraph([...schemas].map(([name, sdl]) => ({ name, sdl, url: '' })));
  const open = ({
    tryOut = (_graph: Graph) => Promise.resolve(),
    basis = 'ab'.repeat(32),
  } = {}) => {
    const swaps: number[] = [];
    const acceptance = createAcceptance({
      partners,
      contracts,
      compose,
      composeGraph(schemas) {
        const made = compose(new Map(schemas.map(({ name, sdl }) => [name, sdl])));
        if (made.errors) throw new Error(made.errors[0]?.message);
        return made.supergraphSdl;
      },
      tryOut,
    });
    const registry = createRegistry({
      partners,
      basis,
      acceptance,
      store: createPublicationStore(join(folder, 'publications')),
      releases,
      administration,
      logger: silentLogger,
      verify: (partner, file) => verifyManifest(file, { partner, keys: publicKeys }),
      readConformance: ({ code, subgraph }, statement) =>
        readConformance(statement, { partner: code, subgraph }, publicKeys),
      onRelease: (number) => void swaps.push(number),
      onChange: () => undefined,
    });
    return { registry, swaps, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() };
  };
  const start = async (options?: Parameters<typeof open>[0]) => {
    const given = open(options);
    await given.registry.start();
    return given;
  };
  for (const code of codes) responses.set(code, await sign(manifestOf(code)));
  return {
    folder,
    releases,
    administration,
    loads,
    urlOf,
    manifestOf,
    sign,
    /** The private key of a partner, or of the hub. */
    async signingKeyOf(code: string) {
      const [key] = await privateKeys.signingKeysOf(code);
      if (!key) throw new Error(`${code} has no key.`);
      return key;
    },
    /** What the partner’s server returns from now on. */
    respond: (code: string, response: Response) => void responses.set(code, response),
    /** Publishes a manifest, signed by the partner. */
    async publish(code: string, changed: Partial<Manifest> = {}) {
      responses.set(code, await sign(manifestOf(code, changed)));
    },
    open,
    start,
    /** Starts a registry that ends at once, and leaves its files. */
    async startOnce(options?: Parameters<typeof open>[0]) {
      await using _ = await start(options);
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
