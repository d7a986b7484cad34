import { createKeyStore, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertifier, type Certifier } from '../../../gateway/cli/partner-check/certifier.js';
import { printReport, runCheck } from '../../../gateway/cli/partner-check/run-check.js';
import { readContracts } from '../../../gateway/registry/contracts.js';
import { readNetwork, type Network } from '../../../gateway/registry/network.js';
import { openBrokenPartner, type Row } from '../network/broken-partner.js';
import { openHub, type Asker, type OpenHub, type Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runShelters, sheltersSchema, type Shelters } from '../network/run-shelters.js';
import { cloneFolder } from '../network/running-command.js';

const analyst: Asker = { organisation: 'dk', role: 'analyst' };

const committed = readNetwork(join(cloneFolder, 'gateway', 'network.json'));

const namesOf = (rows: readonly Tree[]): string[] => rows.map(({ name }) => name);

describe('a partner of a new kind, in Python, without the kit', () => {
  let network: OpenNetwork;
  let shelters: Shelters;
  let hub: OpenHub;

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    shelters = await runShelters(network.keys);
    const known = committed.partners.map((partner) => ({
      ...partner,
      url: network.urlOf(partner.code),
    }));
    const { code, url } = shelters;
    const joined: Network = {
      port: 0,
      partners: [
        ...known,
        {
          code,
          name: 'Shelters',
          subgraph: 'shelters',
          url,
          contact: 'hub@shelters.example.org',
          publicKeys: `keys/${code}.public.json`,
          deadlineMs: 5_000,
          maxResponseBytes: 10_000_000,
        },
      ],
    };
    const contracts = [
      ...readContracts({ port: 0, partners: known }),
      { name: 'shelters', sdl: readFileSync(sheltersSchema, 'utf8') },
    ];
    hub = await openHub(joined, network.keys, { contracts });
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
    await shelters[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const keysOf = (code: string, half: 'private' | 'public') =>
    createKeyStore({ files: new Map([[code, keyFilesOf(network.keys, code)[half]]]) });

  const certify = (url = shelters.url): Promise<Certifier> =>
    createCertifier({
      code: shelters.code,
      url,
      subgraph: 'shelters',
      contractSdl: readFileSync(sheltersSchema, 'utf8'),
      contracts: readContracts(committed),
      hubKeys: keysOf(hubIssuer, 'private'),
      partnerKeys: keysOf(shelters.code, 'public'),
      deadlineMs: 60_000,
    });

  it('keeps every rule that a certifier tries', async () => {
    const results = await runCheck(await certify());
    const wrong = results.filter(({ result }) => result === 'broken');
    expect(wrong, printReport(wrong)).toEqual([]);
    expect(results.filter(({ result }) => result === 'passed').length).toBeGreaterThan(70);
  });

  // Its contract promises `Visit.shelters: [Shelter!]!`, on an entity that NBNP owns.
  it.each<[string, (row: Row) => unknown]>([
    ['is null', () => null],
    [
      'has null for a promised list',
      (row) => ('shelters' in row ? { ...row, shelters: null } : row),
    ],
    [
      'has null in a promised list',
      (row) => ('shelters' in row ? { ...row, shelters: [null] } : row),
    ],
  ])('is found out where another’s entity %s', async (_, change) => {
    const [key] = await keysOf(shelters.code, 'private').signingKeysOf(shelters.code);
    await using broken = await openBrokenPartner(await certify(), key!, {
      answer: ({ body }, { variables }) => {
        const { data } = body as { data?: { _entities?: Row[] } };
        const asked = variables['representations'] as Row[] | undefined;
        if (!data?._entities || asked?.[0]?.['__typename'] !== 'Visit') return;
        data._entities = data._entities.map(change) as Row[];
      },
    });
    const results = await runCheck(await certify(broken.url));
    expect(results.flatMap(({ step, result }) => (result === 'broken' ? step : []))).toEqual([
      'unknown-foreign-entity-is-its-key',
    ]);
  });

  it('adds fields to the records of others', async () => {
    const { data, errors, extensions } = await hub.ask(
      '{ visits(first: 100) { nodes { id title shelters { name city } } } }',
      {},
      analyst,
    );
    expect(errors).toBeUndefined();
    const visit = data.visits.nodes.find(({ id }: Tree) => id === 'nbnp:demo-visit-2');
    expect(visit.title).toEqual(expect.any(String));
    expect(visit.shelters).toEqual([
      { name: 'Harbour House', city: 'Tallinn' },
      { name: 'The Lantern', city: 'Oslo' },
    ]);
    expect(extensions.completeness?.partners).toMatchObject({
      nbnp: { status: 'ANSWERED' },
      shelters: { status: 'ANSWERED' },
    });
  });

  it('refers to the records of others', async () => {
    const { data, errors } = await hub.ask(
      '{ shelters(filter: { search: "harbour" }) { totalCount nodes { name visits { id title } } } }',
      {},
      analyst,
    );
    expect(errors).toBeUndefined();
    expect(data.shelters.totalCount).toBe(1);
    expect(data.shelters.nodes[0].visits).toEqual([
      { id: 'nbnp:demo-visit-1', title: expect.any(String) as unknown },
      { id: 'nbnp:demo-visit-2', title: expect.any(String) as unknown },
    ]);
  });

  it('decides who reads what', async () => {
    const query = '{ shelter(id: "shelters:lantern") { name nightPhone } }';
    const anonymous = await hub.ask(query);
    expect(anonymous.data.shelter).toEqual({ name: 'The Lantern', nightPhone: null });
    expect(anonymous.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const signedIn = await hub.ask(query, {}, analyst);
    expect(signedIn.data.shelter.nightPhone).toMatch(/^\+/);
    expect(signedIn.errors).toBeUndefined();
  });

  it('pages, filters and refuses as all partners do', async () => {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Tree } = await hub.ask(
        'query($after: String) { shelters(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      found.push(...namesOf(data.shelters.nodes));
      after = data.shelters.pageInfo.hasNextPage ? data.shelters.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual([
      'Birch Yard',
      'Harbour House',
      'The Lantern',
      'North Light',
      '100 % Home',
    ]);
    const back = await hub.ask(
      '{ a: shelters(last: 2) { nodes { name } pageInfo { hasPreviousPage } } b: shelters(last: 9) { nodes { name } } }',
    );
    expect(namesOf(back.data.a.nodes)).toEqual(found.slice(-2));
    expect(back.data.a.pageInfo).toEqual({ hasPreviousPage: true });
    expect(namesOf(back.data.b.nodes)).toEqual(found);
    const literal = await hub.ask('{ shelters(filter: { search: "%" }) { nodes { name } } }');
    expect(namesOf(literal.data.shelters.nodes)).toEqual(['100 % Home']);
    const wrong = await hub.ask('{ shelters(first: 0) { totalCount } }');
    expect(wrong.errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'BAD_USER_INPUT', argument: 'first' },
    ]);
  });

  it('costs its own rows alone while it is away, and ends in order', async () => {
    expect(await shelters.stop()).toBe(0);
    const { data, errors } = await hub.ask(
      '{ visits { nodes { id shelters { id } } } }',
      {},
      analyst,
    );
    expect(data.visits).toBeDefined();
    const named = new Set(errors?.map(({ extensions: { code, partner } }) => `${code} ${partner}`));
    expect([...named]).toEqual(['PARTNER_UNAVAILABLE shelters']);
  });
});
