import { createHub, type Hub } from '@hub/gateway';
import { createKeyStore, ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { bothDatabases } from '@hub/shared/testing';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContracts } from '../../../gateway/registry/contracts.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { createAuthenticate } from '../../../gateway/server/security/authenticate.js';
import { createRequestSigner } from '../../../gateway/server/security/sign-request.js';
import { createToken } from '../network/open-hub.js';
import { findClosedPort } from '../network/open-network.js';
import { cloneFolder, runCommand, type RunningCommand } from '../network/running-command.js';

const kills = 20;
const writesInRound = 50;
const clients = 8;
/** A partner is killed somewhere in its first writes after it has started. */
const longestLifeMs = 400;

interface Acknowledgement {
  readonly key: string;
  readonly id: string;
}

/** The network's secretariat as a process of its own, and a hub before it; the other partners are away. */
async function openCrashTest(databaseUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-crash-'));
  const keys = join(folder, 'keys');
  const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
  for (const code of [hubIssuer, ...partners.map(({ code }) => code)]) {
    await ensureKeyFiles(keys, code);
  }
  const port = await findClosedPort();
  const away = await findClosedPort();
  const network = {
    port: 0,
    partners: partners.map((partner) => ({
      ...partner,
      url: `http://127.0.0.1:${partner.code === 'nbnp' ? port : away}/graphql`,
    })),
  };
  const keysOf = (codes: readonly string[], kind: 'public' | 'private') =>
    createKeyStore({ files: new Map(codes.map((code) => [code, keyFilesOf(keys, code)[kind]])) });
  const partnerKeys = keysOf(
    partners.map(({ code }) => code),
    'public',
  );
  const hub = await createHub(
    { network, contracts: readContracts(network) },
    {
      logger: silentLogger,
      authenticate: createAuthenticate({ keys: partnerKeys }),
      sign: createRequestSigner({ ownKeys: keysOf([hubIssuer], 'private'), partnerKeys }),
    },
  );
  const start = async (): Promise<RunningCommand> => {
    const partner = runCommand(join('subgraphs', 'nbnp', 'dist', 'main.js'), [], {
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      HUB_DATABASE_IDENTITY: join(folder, 'identity.json'),
      // Its first start finds nothing, the others what was there before.
      HUB_NEW_DATABASE: String(!existsSync(join(folder, 'identity.json'))),
      HUB_PRIVATE_KEYS: keyFilesOf(keys, 'nbnp').private,
      HUB_KEYS: keyFilesOf(keys, hubIssuer).public,
    });
    await partner.until(/"msg":"ready"/);
    return partner;
  };
  return {
    start,
    ask: createAsk(hub, keys),
    async [Symbol.asyncDispose]() {
      await hub.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function createAsk(hub: Hub, keys: string) {
  return async (query: string, variables = {}) => {
    const token = await createToken(keys, { organisation: 'nbnp', role: 'coordinator' });
    const contextValue = await hub.createContext({
      requestId: 'crash',
      signal: new AbortController().signal,
      authorization: `Bearer ${token}`,
    });
    const { body } = await hub.pipeline.run({ query, variables }, contextValue);
    if (body.kind !== 'single') throw new Error('An answer in parts.');
    return body.singleResult;
  };
}

type Ask = ReturnType<typeof createAsk>;

/** Writes under a key; undefined where the hub does not say that it is written. */
async function write(ask: Ask, key: string): Promise<Acknowledgement | undefined> {
  const { data, extensions } = await ask(
    `mutation ($key: ID!, $title: String!) {
      created: createProgramme(input: { title: $title, startsOn: "2031", endsOn: "2032", targetGroups: [POLICE],
        sectorsToShow: [POLICE], workingLanguages: ["en"], idempotencyKey: $key }) { id }
    }`,
    { key, title: key },
  );
  const created = data?.['created'] as { readonly id: string } | null | undefined;
  const written = (extensions?.['written'] ?? []) as readonly string[];
  return created && written.includes('created') ? { key, id: created.id } : undefined;
}

/** Several clients write what is left of the keys, each key once; what is acknowledged is kept. */
async function writeAll(ask: Ask, keys: readonly string[], acknowledged: Map<string, string>) {
  const left = keys.filter((key) => !acknowledged.has(key));
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let key = left.pop(); key !== undefined; key = left.pop()) {
        const done = await write(ask, key);
        if (done) acknowledged.set(done.key, done.id);
      }
    }),
  );
}

describe.each(bothDatabases)('kill -9 of a partner on $name', ({ create }) => {
  it(`loses nothing that was acknowledged of ${kills * writesInRound} writes, and does none twice`, async () => {
    await using database = await create();
    await using crash = await openCrashTest(database.url);
    const acknowledged = new Map<string, string>();
    let cutOff = 0;
    for (let round = 0; round < kills; round += 1) {
      const keys = Array.from({ length: writesInRound }, (_, index) => `round-${round}-${index}`);
      const partner = await crash.start();
      const writing = writeAll(crash.ask, keys, acknowledged);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longestLifeMs));
      partner.kill('SIGKILL');
      await partner.ended;
      await writing;
      cutOff += keys.filter((key) => !acknowledged.has(key)).length;
      await using again = await crash.start();
      expect(again.pid).toBeGreaterThan(0);
      await writeAll(crash.ask, keys, acknowledged);
    }
    await using partner = await crash.start();
    expect(partner.pid).toBeGreaterThan(0);
    const { data } = await crash.ask('{ programmes { id title } }');
    const rows = data?.['programmes'] as readonly { readonly id: string; readonly title: string }[];
    expect(rows).toHaveLength(kills * writesInRound);
    expect(new Map(rows.map(({ id, title }) => [title, id]))).toEqual(acknowledged);
    // Where nothing was cut off, nothing was tried.
    expect(cutOff).toBeGreaterThan(kills);
  });
});
