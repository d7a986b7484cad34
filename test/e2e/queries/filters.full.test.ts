import { codes } from '@hub/shared/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };
const states = `{ __type(name: "GroupState") { enumValues { name } } }`;
const groups = '{ groups(first: 1000) { nodes { id state stateIsCertain } } }';
const inState = `query ($state: [GroupState!]) {
  groups(first: 1000, filter: { state: $state }) { nodes { id } totalCount } }`;

describe('a list through the hub', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('of groups by state is that of the states which the same caller sees', async () => {
    const { enumValues } = (await network.ask(states)).data.__type as Tree;
    const order = (enumValues as Tree[]).map(({ name }) => String(name));
    for (const asker of [undefined, coordinator]) {
      const seen = (await network.ask(groups, {}, asker)).data.groups.nodes as Tree[];
      expect(new Set(seen.map(({ state }) => state)).size).toBeGreaterThan(2);
      for (const state of order) {
        const { data, errors } = await network.ask(inState, { state: [state] }, asker);
        expect(errors).toBeUndefined();
        const expected = seen.filter(
          (group) =>
            group['state'] === state ||
            (!group['stateIsCertain'] &&
              state !== 'CANCELLED' &&
              order.indexOf(state) > order.indexOf(String(group['state']))),
        );
        expect(data.groups.nodes, state).toEqual(expected.map(({ id }) => ({ id })));
        expect(data.groups.totalCount).toBe(expected.length);
      }
      const sorted = '{ groups(first: 1000, orderBy: STATE) { nodes { id state } } }';
      const { data, errors } = await network.ask(sorted, {}, asker);
      expect(errors).toBeUndefined();
      const places = (data.groups.nodes as Tree[]).map(({ state }) => order.indexOf(String(state)));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(places).toHaveLength(seen.length);
    }
  });

  it('of experts by free days is those without an assignment on them', async () => {
    const asker: Asker = { organisation: 'nbnp', role: 'coordinator' };
    const find = async (filter: string) => {
      const { data, errors } = await network.ask(
        `{ experts(first: 1000, filter: { rehearsals: true ${filter} }) {
          nodes { id assignments { visit { startsOn endsOn } } } } }`,
        {},
        asker,
      );
      expect(errors).toBeUndefined();
      return data.experts.nodes as Tree[];
    };
    const all = await find('');
    const taken = all.filter(({ assignments }) => (assignments as Tree[]).length > 0);
    expect(taken.length).toBeGreaterThan(0);
    const { visit } = (taken[0]?.['assignments'] as Tree[])[0] as { visit: Tree };
    const days = `freeFrom: "${String(visit['startsOn'])}" freeTo: "${String(visit['endsOn'])}"`;
    const free = (await find(days)).map(({ id }) => id);
    expect(free).not.toContain(taken[0]?.['id']);
    expect(free).toContain(
      all.find(({ assignments }) => (assignments as Tree[]).length === 0)?.['id'],
    );
    expect(await find('freeFrom: "2090-01-01"')).toEqual(all);
  });

  it('of many experts has those of whom each may know, and names who does not say', async () => {
    const all = `{ experts(first: 1000, filter: { rehearsals: true }) {
      nodes { id country unit { id } assignments { id } } } }`;
    const { data } = await network.ask(all, {}, coordinator);
    const taken = (data.experts.nodes as Tree[]).find(
      ({ assignments }) => (assignments as Tree[]).length > 0,
    );
    const { country, unit } = taken as { country: string; unit: { id: string } };
    const owner: Asker = { organisation: country.toLowerCase(), role: 'coordinator' };
    const list = `query ($filter: ExpertFilter) {
      experts(first: 1000, filter: $filter) { nodes { id } totalCount } }`;
    const inCountry = { country, rehearsals: true };
    const others = [...codes.policeCodes, 'ncm'].filter((code) => code !== owner.organisation);
    const readByOthers = () =>
      Promise.all(
        others.map(async (organisation) => {
          const asker: Asker = { organisation, role: 'coordinator' };
          return (await network.ask(list, { filter: inCountry }, asker)).data.experts;
        }),
      );
    const before = await readByOthers();
    expect(before).toContainEqual({ nodes: [{ id: taken?.['id'] }], totalCount: 1 });
    expect(before).toContainEqual({ nodes: [], totalCount: 0 });
    for (let index = 0; index < 26; index += 1) {
      const person = { name: `Tester ${index}`, languages: ['en'], roles: ['EXPERT'], fields: [] };
      const { errors } = await network.ask(
        'mutation ($input: RegisterExpertInput!) { registerExpert(input: $input) { id } }',
        { input: { ...person, unit: unit.id, isRehearsal: true } },
        owner,
      );
      expect(errors).toBeUndefined();
    }
    expect(await readByOthers()).toEqual(before);
    await network.stop('nbnp');
    try {
      const [other] = others;
      for (const asker of [owner, { ...owner, organisation: String(other) }]) {
        const filter = asker === owner ? { ...inCountry, freeFrom: '2020-01-01' } : inCountry;
        const { errors } = await network.ask(list, { filter }, asker);
        expect(errors?.map(({ extensions }) => extensions)).toEqual([
          { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' },
        ]);
      }
    } finally {
      await network.start('nbnp');
    }
  });

  it('of officers by name finds those of the own force alone', async () => {
    const asker: Asker = { organisation: 'fi', role: 'coordinator' };
    const search = (filter: string) =>
      network.ask(
        `{ officers(filter: { rehearsals: true ${filter} }) { nodes { id name } } }`,
        {},
        asker,
      );
    const { data } = await search('country: "FI"');
    const [first] = data.officers.nodes as { id: string; name: string }[];
    const named = await search(`country: "FI" search: ${JSON.stringify(first?.name)}`);
    expect(named.errors).toBeUndefined();
    expect(named.data.officers.nodes).toContainEqual(first);
    const foreign = await search('country: "SE" search: "a"');
    expect(foreign.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('of people by a name without a country asks no police force, however the name is given', async () => {
    const asker: Asker = { organisation: 'fi', role: 'coordinator' };
    const search = 'Kai';
    const list = (filter: string) => `list(filter: ${filter}) { totalCount }`;
    for (const [field, type] of [
      ['officers', 'OfficerFilter'],
      ['experts', 'ExpertFilter'],
    ] as const) {
      const operations: readonly (readonly [text: string, variables: object])[] = [
        [`{ ${list('{ search: "Kai" }')} }`, {}],
        [`{ ${list('{ search: "Kai", country: null }')} }`, {}],
        [`query ($search: String) { ${list('{ search: $search }')} }`, { search }],
        [`query ($search: String = "Kai") { ${list('{ search: $search }')} }`, {}],
        [`query ($filter: ${type}) { ${list('$filter')} }`, { filter: { search } }],
        [`query ($filter: ${type} = { search: "Kai" }) { ${list('$filter')} }`, {}],
        [
          `query ($search: String) { ...F } fragment F on Query { ${list('{ search: $search }')} }`,
          { search },
        ],
      ];
      for (const [text, variables] of operations) {
        const query = text.replace('list(', `list: ${field}(`);
        const { data, errors, extensions } = await network.ask(query, { ...variables }, asker);
        expect(data, query).toEqual({ list: null });
        expect(errors, query).toMatchObject([
          {
            message: '`filter.search` needs `filter.country`.',
            extensions: { code: 'BAD_USER_INPUT', argument: 'filter.country' },
          },
        ]);
        expect(extensions.completeness?.partners, query).toEqual({});
      }
    }
  });
});
