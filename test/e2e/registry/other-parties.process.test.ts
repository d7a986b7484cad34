import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runPartnerCommand } from '../../../gateway/cli/membership/partner-commands.js';
import { createToken } from '../network/open-hub.js';
import { ask, createOwnNetwork, type Answer, type OwnNetwork } from '../network/own-network.js';
import { patience } from '../network/patience.js';
import { cloneFolder, runCommand, type RunningCommand } from '../network/running-command.js';
import { openStubPartner, type StubPartner } from '../network/stub-partner.js';
import { makeKeys } from './newcomer.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** The example of the guide that has this text, as it is printed there. */
async function readGuide(has: string): Promise<string> {
  const guide = await readFile(join(cloneFolder, 'gateway/docs/add-a-kind-of-partner.md'), 'utf8');
  const blocks = [...guide.matchAll(/```graphql\n([^]*?)```/g)].map(([, block = '']) => block);
  return blocks.find((block) => block.includes(has)) ?? '';
}

interface Office {
  readonly id: string;
  readonly name: string;
  readonly country: string;
}

const offices: readonly Office[] = [
  { id: 'prosecutors:oslo', name: 'Prosecutors in Oslo', country: 'NO' },
  { id: 'prosecutors:bergen', name: 'Prosecutors in Bergen', country: 'NO' },
  { id: 'solicitors:riga', name: 'Solicitors in Riga', country: 'LV' },
];

describe('parties of a kind that joined later', () => {
  let network: OwnNetwork;
  let command: RunningCommand;
  const servers = new Map<string, StubPartner>();
  let schema: string;

  const askAs = async (organisation: string, query: string): Promise<Answer> =>
    ask(
      network.hubPort,
      query,
      await createToken(join(network.folder, 'data', 'keys'), {
        organisation,
        role: 'coordinator',
      }),
    );

  /** A partner of the kind, and the command that adds it. */
  const open = async (code: string, subgraph = 'prosecutors', published = schema) => {
    const own = offices.filter(({ id }) => id.startsWith(`${code}:`));
    const find = (given: unknown) =>
      own.find(({ id }) => id === (given as { readonly id: string }).id) ?? null;
    const { keys, file, flags } = await makeKeys(network.folder, code);
    const server = await openStubPartner({
      code,
      subgraph: 'ncm-offices',
      keys,
      resolvers: {
        Query: {
          prosecutionOffices: () => own,
          prosecutionOffice: (_root: unknown, given: unknown) => find(given),
        },
        ProsecutionOffice: { __resolveReference: find },
      },
    });
    servers.set(code, server);
    await server.publish({ subgraph, schema: published });
    const argv = ['add', server.url, '--partner', code, '--name', code, '--keys', file, ...flags];
    return () => runPartnerCommand(argv, () => undefined, network.environment);
  };

  const create = async (mutation: string, input: string): Promise<Answer> =>
    askAs('nbnp', `mutation { ${mutation}(input: { ${input} }) { id } }`);
  const event = (title: string, organiser: string, roles = '') =>
    create(
      'recordEvent',
      `title: "${title}", kind: MEETING, startsOn: "2026-03-01", city: "Oslo", country: "NO",
       organisers: ["${organiser}"], roles: [${roles}]`,
    );

  beforeAll(async () => {
    schema = await readGuide('type ProsecutionOffice');
    network = await createOwnNetwork();
    const others = 'ee,fi,is,lt,lv,no,se';
    command = runCommand('gateway/cli/start.mjs', ['--without', others], network.environment);
    await command.until(/The network is running\.[^]*Ctrl-C/);
    for (const code of ['prosecutors', 'solicitors']) await (await open(code))();
  });
  afterAll(async () => {
    for (const server of servers.values()) await server[Symbol.asyncDispose]();
    await command[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  it('join as two partners of one new kind', async () => {
    const joined = async () =>
      (await askAs('dk', '{ prosecutionOffices { id events { id } } }')).data;
    await expect.poll(joined, patience).toEqual({
      prosecutionOffices: offices
        .map(({ id }) => ({ id, events: [] }))
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    });
  });

  it('have roles at events, and are found by every access path', async () => {
    const record = () =>
      event(
        'Prosecutors meet',
        'solicitors:riga',
        `{ role: HOST, party: "prosecutors:oslo" }, 
       { role: PARTNER, party: "dk:nec" }, { role: PARTNER, party: "nbnp:iacis" }`,
      );
    // The network may still have a connection to the hub’s worker of before the second joined.
    let created = await record();
    await expect
      .poll(async () => {
        if (created.errors.length > 0) created = await record();
        return created.errors;
      }, patience)
      .toEqual([]);
    const { id } = (created.data as { recordEvent: { id: string } }).recordEvent;
    const oslo = {
      __typename: 'ProsecutionOffice',
      id: 'prosecutors:oslo',
      name: 'Prosecutors in Oslo',
    };
    const riga = { __typename: 'ProsecutionOffice', id: 'solicitors:riga', country: 'LV' };
    const seen = await askAs(
      'dk',
      `{
        prosecutionOffices { id events { id } hosted: events(role: HOST) { id } }
        prosecutionOffice(id: "solicitors:riga") { events(role: ORGANISER) { id title } }
        party(id: "prosecutors:oslo") { __typename id events { id } ... on ProsecutionOffice { name } }
        event(id: "${id}") { roles { role party {
          kind: __typename id
          ... on ProsecutionOffice { title: name events(role: HOST) { id } }
          ... on Organisation { events(role: FUNDER) { id } }
        } } }
        events(filter: { party: "prosecutors:oslo" }) { nodes { id roles { party { name country } } } }
      }`,
    );
    expect(seen.errors).toEqual([]);
    expect(seen.completeness).toMatchObject({ complete: true });
    const own = [{ id }];
    expect(seen.data).toMatchObject({
      prosecutionOffices: [
        { id: 'prosecutors:bergen', events: [], hosted: [] },
        { id: oslo.id, events: own, hosted: own },
        { id: riga.id, events: own, hosted: [] },
      ],
      prosecutionOffice: { events: [{ id, title: 'Prosecutors meet' }] },
      party: { ...oslo, events: own },
      event: {
        roles: expect.arrayContaining([
          {
            role: 'HOST',
            party: { kind: 'ProsecutionOffice', id: oslo.id, title: oslo.name, events: own },
          },
          {
            role: 'ORGANISER',
            party: {
              kind: 'ProsecutionOffice',
              id: riga.id,
              title: 'Solicitors in Riga',
              events: [],
            },
          },
          { role: 'PARTNER', party: { kind: 'PoliceUnit', id: 'dk:nec' } },
          { role: 'PARTNER', party: { kind: 'Organisation', id: 'nbnp:iacis', events: [] } },
        ]) as unknown,
      },
      events: {
        nodes: [
          {
            id,
            roles: expect.arrayContaining([
              { party: { name: oslo.name, country: 'NO' } },
              { party: { name: 'Solicitors in Riga', country: 'LV' } },
            ]) as unknown,
          },
        ],
      },
    });
  });

  it('run the query of the guide', async () => {
    const query = (await readGuide('hosted')).trim();
    const { data, errors } = await askAs('dk', query);
    // Police forces that this network is without.
    const codes = errors.map(({ extensions }) => extensions['code']);
    expect(codes.filter((code) => code !== 'PARTNER_UNAVAILABLE')).toEqual([]);
    expect(JSON.stringify(data)).toContain('{"title":"Prosecutors meet"}');
  });

  it('must exist to have a role', async () => {
    for (const party of ['prosecutors:nowhere', 'nobody:1']) {
      const { errors } = await event('Nobody meets', party);
      expect(errors.map(({ extensions }) => extensions)).toMatchObject([
        { code: 'NOT_FOUND', argument: 'input.organisers.0' },
      ]);
    }
  });

  it('cost only their own values while their owner is unavailable', async () => {
    await event('Before the pause', 'prosecutors:bergen');
    await servers.get('prosecutors')?.stop();
    const { data, errors } = await askAs(
      'dk',
      `{ events(filter: { party: "prosecutors:bergen" }) { nodes { title roles { party { id name } } } }
         policeUnits { id } }`,
    );
    expect(data).toMatchObject({
      events: {
        nodes: [
          {
            title: 'Before the pause',
            roles: [{ party: { id: 'prosecutors:bergen', name: null } }],
          },
        ],
      },
      policeUnits: expect.arrayContaining([{ id: 'dk:nec' }]) as unknown,
    });
    expect(errors.map(({ extensions: { code, partner } }) => [code, partner])).toContainEqual([
      'PARTNER_UNAVAILABLE',
      'prosecutors',
    ]);
  });

  it('have one type in a contract, so that an id is enough to find it', async () => {
    const add = await open(
      'courts',
      'courts',
      schema
        .replaceAll('prosecutionOffice', 'court')
        .replaceAll('ProsecutionOffice', 'Court')
        .concat(
          '\ntype Chamber implements Party @key(fields: "id") @route(by: "id") { id: ID! name: String country: CountryCode }',
        ),
    );
    await expect(add()).rejects.toThrow(/Court and Chamber implement Party/);
  });
});
