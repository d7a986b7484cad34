import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const dashboard = `{
  groups { nodes { id direction state stateIsCertain memberCount reportsExpected reportsReceived
    delegateCount officerNominationCount officerReportsReceived
    members { id country } officerNominations { id } delegateNominations { id } } }
  visits { nodes { id hostings { id status } stops { id confirmed site { id name } } experts { expert { id name } } } }
  officers(first: 1000, filter: { rehearsals: true }) { nodes { id } totalCount countAtLeast }
  experts(first: 1000, filter: { rehearsals: true }) { nodes { id } totalCount countAtLeast }
  policeUnits { id }
  offices(filter: { rehearsals: true }) { id }
  delegates(first: 1000, filter: { rehearsals: true }) { nodes { id } }
  events(first: 1000) { nodes { id roles { party { id name } } } }
}`;

/** Every owner in the ids of an answer, below a root field, with the number of records that it has there. */
function countByOwner(tree: Tree, counts = new Map<string, number>()): Map<string, number> {
  if (Array.isArray(tree)) for (const item of tree) countByOwner(item, counts);
  else if (typeof tree === 'object' && tree !== null) {
    const owner = /^([a-z]+):/.exec(tree.id ?? '')?.[1];
    if (owner) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    for (const value of Object.values(tree)) countByOwner(value, counts);
  }
  return counts;
}

const namedIn = ({ errors = [] }: Answer) => [
  ...new Set(errors.map(({ extensions }) => `${extensions.code} ${extensions.partner}`)),
];

const groupsOf = ({ data }: Answer): Tree[] => data.groups?.nodes ?? [];
const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];

describe('an unavailable partner', () => {
  let network: OpenNetwork;
  let whole: Answer;

  beforeAll(async () => {
    network = await openNetwork('demonstration');
    whole = await network.ask(dashboard);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const stopped = async <T>(code: string, look: () => Promise<T>): Promise<T> => {
    await network.stop(code);
    try {
      return await look();
    } finally {
      await network.start(code);
    }
  };

  const statusOf = async (code: string) =>
    ((await network.ask('{ partners { code status } }')).data.partners as Tree[]).find(
      (partner) => partner.code === code,
    )?.status as string;

  /** What is answered without it, and what is said of it then: one failed call alone may be a hiccup. */
  const askWithout = (code: string): Promise<Answer> =>
    stopped(code, async () => {
      await network.ask(dashboard);
      const answer = await network.ask(dashboard);
      expect(await statusOf(code)).toBe('UNAVAILABLE');
      return answer;
    });

  /** It answers again as before, and for a while is said to have failed of late. */
  const expectBack = async (code: string) => {
    expect((await network.ask(dashboard)).data).toEqual(whole.data);
    expect(await statusOf(code)).toBe('DEGRADED');
  };

  it('does not exist while all partners respond', () => {
    expect(whole.errors).toBeUndefined();
    expect(whole.extensions.completeness?.complete).toBe(true);
    const { officers, experts, delegates } = whole.data;
    const counts = [officers, experts, delegates].map(({ nodes }: Tree) => nodes.length as number);
    expect(counts).toEqual([48, 12, 30]);
    expect(groupsOf(whole).map(({ state, stateIsCertain }) => [state, stateIsCertain])).toEqual([
      ['TRAVELLING', true],
      ['SELECTED', true],
      ['PLANNED', true],
      ['EVALUATED', true],
      ['SELECTED', true],
    ]);
  });

  describe.each(polices)('%s', (code) => {
    it('costs only its own rows, is the only one named, and comes back with its rows', async () => {
      const short = await askWithout(code);
      expect(namedIn(short)).toEqual([`PARTNER_UNAVAILABLE ${code}`]);
      expect(short.extensions.completeness).toMatchObject({
        complete: false,
        partners: { [code]: { status: 'UNAVAILABLE' } },
      });
      const { officers, experts, policeUnits } = short.data;
      const ofOthers = (rows: Tree[]) => rows.filter(({ id }) => !id.startsWith(`${code}:`));
      expect(officers.nodes).toEqual(ofOthers(whole.data.officers.nodes));
      expect(experts.nodes).toEqual(ofOthers(whole.data.experts.nodes));
      expect(policeUnits).toEqual(ofOthers(whole.data.policeUnits));
      expect(officers).toMatchObject({ totalCount: null, countAtLeast: officers.nodes.length });
      // Of what others own, nothing is missing.
      const [before, after] = [whole, short].map(({ data }) => countByOwner(data));
      for (const [owner, count] of before ?? [])
        if (owner !== code) expect(after?.get(owner), owner).toBe(count);
      await expectBack(code);
    });

    it('makes the state unknown for groups of police officers, and for no others', async () => {
      const short = await stopped(code, () => network.ask(dashboard));
      expect(groupsOf(short).map(({ state, stateIsCertain }) => [state, stateIsCertain])).toEqual([
        ['TRAVELLING', true],
        ['SELECTED', false],
        ['PLANNED', true],
        // Reports of the others, and both signatures.
        ['EVALUATED', false],
        ['SELECTED', true],
      ]);
      expect(groupsOf(short).map((group) => group.officerReportsReceived)).toEqual(
        Array(5).fill(null),
      );
    });
  });

  describe('ncm', () => {
    it('makes the state of every group unknown, and costs the data of the offices', async () => {
      const short = await askWithout('ncm');
      expect(namedIn(short)).toEqual(['PARTNER_UNAVAILABLE ncm']);
      expect(groupsOf(short).map(({ state, stateIsCertain }) => [state, stateIsCertain])).toEqual([
        ['TRAVELLING', false],
        ['SELECTED', false],
        ['PLANNED', false],
        ['REPORTED', false],
        ['PLANNED', false],
      ]);
      expect(groupsOf(short).map(({ delegateCount }) => delegateCount)).toEqual(
        Array(5).fill(null),
      );
      expect(short.data).toMatchObject({ offices: null, delegates: null });
      expect(short.data.officers).toEqual(whole.data.officers);
      await expectBack('ncm');
    });
  });

  describe('nbnp', () => {
    it('costs what only it can resolve, and nothing of the others', async () => {
      const short = await askWithout('nbnp');
      expect(namedIn(short)).toEqual(['PARTNER_UNAVAILABLE nbnp']);
      const { officers, experts, policeUnits, offices, delegates } = whole.data;
      expect(short.data).toEqual({
        groups: null,
        visits: null,
        events: null,
        officers,
        experts,
        policeUnits,
        offices,
        delegates,
      });
      await expectBack('nbnp');
    });
  });

  // The contract makes these lists non-null, so the object above becomes null, and its id with it.
  describe.each([
    {
      field: 'Office.coverages',
      owner: 'ncm',
      query:
        '{ found: event(id: "nbnp:mp-final") { roles { party { id ... on Office { coverages { source } } } } } }',
      listOf: (found: Tree): Tree[] => found.roles.map(({ party }: Tree) => party),
      pathOf: (index: number) => ['found', 'roles', index, 'party'],
    },
    ...['statements { id }', 'links { url }'].map((selection) => ({
      field: `Organisation.${selection.split(' ')[0]}`,
      owner: 'nbnp',
      query: `{ found: nationalSites { organisation { id ${selection} } } }`,
      listOf: (found: Tree): Tree[] => found.map(({ organisation }: Tree) => organisation),
      pathOf: (index: number) => ['found', index, 'organisation'],
    })),
  ])('the owner of $field', ({ owner, query, listOf, pathOf }) => {
    it('is named at the path of each object that is null without it', async () => {
      const before = listOf((await network.ask(query)).data.found);
      const { data, errors = [] } = await stopped(owner, () => network.ask(query));
      const places = before.flatMap((object, index) =>
        object?.id.startsWith(`${owner}:`) ? [index] : [],
      );
      expect(places.length).toBeGreaterThan(0);
      const after = listOf(data.found);
      expect(places.map((index) => after[index])).toEqual(places.map(() => null));
      for (const index of places) {
        const above = errors.filter(({ path = [] }) =>
          path.join('.').startsWith(pathOf(index).join('.')),
        );
        const said = above.map(({ extensions }) => [extensions.code, extensions.partner]);
        expect(said).toContainEqual(['PARTNER_UNAVAILABLE', owner]);
      }
    });
  });
});
