import { ensureKeyFiles, hubIssuer } from '@hub/shared/identity';
import { openTls } from '@hub/shared/server';
import { silentLogger, type TlsSettings } from '@hub/shared/system';
import {
  createAuthority,
  createDisposableStack,
  openPemFolder,
  type TestAuthority,
} from '@hub/shared/testing';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { Agent, request, type Dispatcher } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import { findFreePorts } from '../network/own-network.js';
import { patience } from '../network/patience.js';
import { runCommand, type RunningCommand } from '../network/running-command.js';

vi.setConfig({ testTimeout: 600_000 });

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** A hub of two workers and one partner, in processes of their own: both demand certificates. */
async function openNetwork() {
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-tls-network-'));
  stack.use({
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  });
  const pemFolder = stack.use(await openPemFolder());
  const dataDir = join(folder, 'data');
  for (const code of [hubIssuer, 'nbnp', 'ncm', 'no'])
    await ensureKeyFiles(join(dataDir, 'keys'), code);
  const [hubPort = 0, partnerPort = 0] = await findFreePorts(2);
  const url = `https://localhost:${partnerPort}/graphql`;
  // The others are away.
  const urls = { nbnp: url, ncm: 'http://127.0.0.1:1/graphql', no: 'http://127.0.0.1:2/graphql' };
  const subgraphs = { nbnp: 'nbnp', ncm: 'ncm-offices', no: 'national-police' };
  const codes = ['nbnp', 'ncm', 'no'] as const;
  const network = join(folder, 'network.json');
  await writeFile(
    network,
    JSON.stringify({
      port: hubPort,
      partners: codes.map((code) => ({
        code,
        name: code,
        subgraph: subgraphs[code],
        url: urls[code],
        contact: `hub@${code}.example.org`,
        publicKeys: `keys/${code}.public.json`,
      })),
    }),
  );

  /** Writes the certificates of everybody, all of one authority. */
  const issue = async (authority: TestAuthority, authorities: readonly TestAuthority[]) => {
    for (const name of ['hub', 'nbnp', 'client'])
      await pemFolder.writePair(name, await authority.issue());
    await pemFolder.write('ca.pem', authorities.map(({ cert }) => cert).join('\n'));
  };
  const first = await createAuthority('CN=First authority');
  await issue(first, [first]);
  const certificatesOf = (name: string) => ({
    HUB_TLS_CERT: pemFolder.pathOf(`${name}.pem`),
    HUB_TLS_KEY: pemFolder.pathOf(`${name}.key`),
    HUB_TLS_CA: pemFolder.pathOf('ca.pem'),
    HUB_TLS_CLIENT_CA: pemFolder.pathOf('ca.pem'),
  });
  const startPartner = (changed: Readonly<Record<string, string>> = {}) =>
    stack.use(
      runCommand('subgraphs/nbnp/dist/main.js', ['--facts-only'], {
        ...certificatesOf('nbnp'),
        PORT: String(partnerPort),
        HUB_DATA_DIR: dataDir,
        HUB_URL: `https://localhost:${hubPort}/graphql`,
        LOG_LEVEL: 'debug',
        ...changed,
      }),
    );
  const startHub = (changed: Readonly<Record<string, string>> = {}, workers = 2) =>
    stack.use(
      runCommand('gateway/dist/main.js', ['serve', '--workers', String(workers)], {
        ...certificatesOf('hub'),
        HUB_NETWORK: network,
        HUB_DATA_DIR: dataDir,
        HUB_LIMIT_RATE: '1000000',
        HUB_LIMIT_WORK_MS: '1000000',
        HUB_LIMIT_WORK_BYTES: '1000000000000',
        ...changed,
      }),
    );
  const files: TlsSettings = {
    authorities: pemFolder.pathOf('ca.pem'),
    presented: { certificate: pemFolder.pathOf('client.pem'), key: pemFolder.pathOf('client.key') },
  };
  const openClient = (settings = files): Dispatcher => {
    const tls = openTls(settings, silentLogger);
    const agent = new Agent({ connect: tls.connect(10_000) });
    stack.use({
      async [Symbol.asyncDispose]() {
        tls[Symbol.dispose]();
        await agent.destroy();
      },
    });
    return agent;
  };
  const ask = async (query: string, dispatcher: Dispatcher): Promise<Answer> => {
    const { body } = await request(`https://localhost:${hubPort}/graphql`, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
      body: JSON.stringify({ query }),
    });
    return (await body.json()) as Answer;
  };
  /** A client as browsers are: all its requests come on one connection, by HTTP/2. */
  const openHttp2 = () => {
    const [ca, cert, key] = ['ca.pem', 'client.pem', 'client.key'].map((name) =>
      readFileSync(pemFolder.pathOf(name)),
    );
    const session = connectHttp2(`https://localhost:${hubPort}`, { ca, cert, key });
    return {
      post(query: string, accept: string) {
        const stream = session.request({
          ':method': 'POST',
          ':path': '/graphql',
          'content-type': 'application/json',
          'cache-control': 'no-cache',
          accept,
        });
        stream.end(JSON.stringify({ query }));
        return stream;
      },
      async [Symbol.asyncDispose]() {
        session.destroy();
      },
    };
  };
  return {
    openHttp2,
    pemFolder,
    first,
    issue,
    startPartner,
    startHub,
    openClient,
    ask,
    files,
    hubPort,
    partnerPort,
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

const question = '{ groups(first: 1) { totalCount edges { node { id } } } }';

/** The authority of the certificate that a server presents to a new client. */
async function issuerAt(port: number) {
  const socket = connectTls({ port, host: 'localhost', rejectUnauthorized: false });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  const { issuer } = socket.getPeerCertificate();
  socket.destroy();
  return issuer.CN;
}

/** How often a process said that it has taken new files. */
const countReplaced = (command: RunningCommand): number =>
  command.output().stdout.match(/certificate( for calls)? was replaced/g)?.length ?? 0;

describe('a network whose servers demand certificates', () => {
  it('works in both directions, and goes on while all certificates are replaced', async () => {
    await using network = await openNetwork();
    const { pemFolder, first } = network;
    const hub = network.startHub();
    await hub.until(/"msg":"ready"/);
    const partner = network.startPartner();
    await partner.until(/"msg":"ready"/);
    // The partner to the hub: it says that it has a manifest. The hub to the partner: it fetches it.
    await partner.until(/"status":202[^}]*"msg":"the hub was told of the manifest"/);
    const client = network.openClient();
    const releases = async () =>
      ((await network.ask('{ releases { number } }', client)).data as { releases: unknown[] })
        .releases;
    await expect.poll(releases, patience).toEqual([{ number: 1 }]);
    const right = await network.ask(question, client);
    expect(right).toMatchObject({ data: { groups: { totalCount: expect.any(Number) as number } } });
    expect(right.errors).toBeUndefined();

    const live = await request(`https://localhost:${network.hubPort}/health/live`, {
      dispatcher: client,
    });
    expect(live.headers['strict-transport-security']).toBe('max-age=31536000');
    await live.body.dump();
    await using browser = network.openHttp2();
    const queried = browser.post(question, 'application/json');
    expect(JSON.parse(await text(queried))).toEqual(right);
    const followed = browser.post('subscription { changed { subject } }', 'text/event-stream');
    const [begin] = (await once(followed.setEncoding('utf8'), 'data')) as [string];
    expect(begin).toMatch(/^retry: 1000\n/);
    expect(JSON.parse(await text(browser.post(question, 'application/json')))).toEqual(right);

    // Both workers get its changes, and nobody those of a partner that is away.
    const readFeeding = async () => {
      const url = `https://localhost:${network.hubPort}/metrics`;
      const text = await (await request(url, { dispatcher: client })).body.text();
      return text.match(/^hub_partner_feeds_changes.*$/gm)?.toSorted();
    };
    const feeds = (code: string, workers: number) =>
      `hub_partner_feeds_changes{partner="${code}"} ${workers}`;
    const feeding = [feeds('nbnp', 2), feeds('ncm', 0), feeds('no', 0)].toSorted();
    await expect.poll(readFeeding, patience).toEqual(feeding);

    const wrong: unknown[] = [];
    let answers = 0;
    let isOver = false;
    const asking = Promise.all(
      [1, 2, 3].map(async (own) => {
        for (let round = 1; !isOver && wrong.length === 0; round += 1) {
          // One of them opens a new connection now and then.
          const isNew = own === 1 && round % 50 === 0;
          const dispatcher = isNew ? network.openClient() : client;
          const answer = await network.ask(question, dispatcher).catch((error: unknown) => error);
          if (JSON.stringify(answer) === JSON.stringify(right)) answers += 1;
          else wrong.push(answer);
          // The machine is for those who read the new files.
          await wait(10);
        }
      }),
    );
    try {
      const second = await createAuthority('CN=Second authority');
      // First everybody knows the new authority, then everybody has its certificates.
      await pemFolder.write('ca.pem', `${first.cert}\n${second.cert}`);
      // Two workers and the registry’s process, which only calls.
      await expect.poll(() => countReplaced(hub), patience).toBe(5);
      await expect.poll(() => countReplaced(partner), patience).toBe(2);
      await network.issue(second, [first, second]);
      for (const port of [network.hubPort, network.partnerPort])
        await expect.poll(() => issuerAt(port), patience).toBe('Second authority');
      const before = answers;
      await expect.poll(() => answers, patience).toBeGreaterThan(before + 20);
    } finally {
      isOver = true;
      await asking;
    }
    expect(wrong).toEqual([]);
  });

  it('rejects clients without a certificate, as its partner does, and keeps its own if the new file is broken', async () => {
    await using network = await openNetwork();
    const { pemFolder } = network;
    const partner = network.startPartner();
    await partner.until(/"msg":"ready"/);
    const strangers = await createAuthority('CN=Strangers');
    const pair = await pemFolder.writePair('stranger', await strangers.issue());
    const strange = { HUB_TLS_CALL_CERT: pair.certificate, HUB_TLS_CALL_KEY: pair.key };
    const hub = network.startHub({ ...strange, HUB_MCP: 'true', HUB_REGISTRY: 'off' }, 1);
    await hub.until(/"msg":"ready"/);
    const nobody = network.openClient({ authorities: pemFolder.pathOf('ca.pem') });
    await expect(network.ask(question, nobody)).rejects.toThrow();
    const refused = await network.ask(question, network.openClient());
    expect(refused.errors?.map(({ extensions }) => extensions?.code)).toEqual([
      'PARTNER_UNAVAILABLE',
    ]);
    await partner.until(/"msg":"a TLS handshake failed"/);

    await pemFolder.write('hub.pem', 'Not a certificate.');
    await hub.until(/"msg":"new files of the server’s certificate cannot be used/);
    const client = network.openClient();
    const get = async (path: string) => {
      const { body } = await request(`https://localhost:${network.hubPort}${path}`, {
        dispatcher: client,
      });
      return body.text();
    };
    expect(await get('/health/ready')).toContain('TLS_FILES_UNUSABLE');
    expect(await get('/metrics')).toContain('hub_certificate_files_unusable{use="served"} 1');
    expect(await issuerAt(network.hubPort)).toBe('First authority');
    const tools = await request(`https://localhost:${network.hubPort}/mcp`, {
      method: 'POST',
      dispatcher: client,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    });
    expect(await tools.body.text()).toContain('"name":"FindEvents"');
  });
});
