import { anonymous, type Reader } from '@hub/shared/identity';
import { bothDatabases, readerOf, testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { Group } from '../entities/group.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  north,
  openTestVisits,
  programme,
  south,
  type TestVisits,
} from '../testing/test-visits.js';

type Row = Readonly<Record<string, string | null>>;

/** The lists with what their orders sort by, as anybody may read it in the same row. */
const orders = {
  groups: { ID: [], NAME: ['name'], STATE: ['state'] },
  visits: {
    ID: [],
    STARTS_ON: ['startsOn'],
    STARTS_ON_DESCENDING: ['-startsOn'],
    TITLE: ['title'],
  },
  events: { STARTS_ON: ['startsOn'], STARTS_ON_DESCENDING: ['-startsOn'], TITLE: ['title'] },
  organisations: { ID: [], NAME: ['name'] },
} as const;
type List = keyof typeof orders;
const cases = Object.entries(orders).flatMap(([list, all]) =>
  Object.entries(all).map(([order, keys]) => ({ list: list as List, order, keys })),
);

const compare = (one: string, other: string) =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The states of groups as the contract orders them. */
const states = [
  'PLANNED',
  'NOMINATED',
  'SELECTED',
  'BRIEFED',
  'TRAVELLING',
  'RETURNED',
  'DEBRIEFED',
  'REPORTED',
  'EVALUATED',
  'CANCELLED',
];

/** By code points, null last, then by id. */
const sortBy = (rows: readonly Row[], keys: readonly string[]) =>
  rows.toSorted((one, other) => {
    for (const key of [...keys, 'id']) {
      const property = key.replace('-', '');
      const place = (row: Row) => {
        const value = row[property] ?? null;
        return property === 'state' ? String(states.indexOf(String(value))) : value;
      };
      const [left, right] = [place(one), place(other)] as const;
      if (left === right) continue;
      if (left === null || right === null) return left === null ? 1 : -1;
      return compare(left, right) * (key.startsWith('-') ? -1 : 1);
    }
    return 0;
  });

const names = ['Åbo', 'Zagreb', 'abo', 'Abo', '\uFB01', '\u{1F46E}', 'Ä', 'Abo'];

/** A dozen rows of each, some with the same values, and a hub that knows no more of the groups. */
async function openLists(kind: (typeof bothDatabases)[number]): Promise<TestVisits> {
  const nothing = {
    delegateCount: 0,
    delegateNominationCount: 0,
    officerNominationCount: 0,
    programme: { officeSignatureCount: 0 },
    delegateReportsReceived: 0,
    officerReportsReceived: 0,
  };
  const network = await openTestVisits(kind, {
    FactsOf: (variables) =>
      Object.fromEntries(
        Object.keys(variables)
          .filter((name) => name.startsWith('id'))
          .map((name) => [name.replace('id', 'f'), nothing]),
      ),
  });
  const of = (what: string) => names.map((name, index) => ({ id: `nbnp:${what}-${index}`, name }));
  const days = ['2030-06-01', null, '2030-05-01', '2030-06-01'];
  await network.insert(
    Group,
    ...of('group').map((row, index) => ({
      ...row,
      direction:
        index % 2 > 0 ? 'NORTH_WEST_RUSSIA_TO_NORDIC' : 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      programmeId: programme,
      plannedSize: 3,
      cancelledOn: index === 3 ? '2030-01-01' : null,
    })),
  );
  const day = (index: number) => days[index % days.length] ?? null;
  await network.insert(
    Visit,
    ...of('visit').map(({ id, name: title }, index) => ({
      id,
      title,
      groupId: `nbnp:group-${index % 4}`,
      startsOn: day(index),
      endsOn: day(index),
    })),
  );
  await network.insert(
    Event,
    ...of('event').map(({ id, name: title }, index) => ({
      id,
      title,
      kind: 'FORUM',
      startsOn: day(index),
      firstDay: day(index),
      workingLanguages: [],
      searchText: title,
    })),
  );
  await network.insert(
    Organisation,
    ...of('organisation').map((row) => ({
      ...row,
      variants: [],
      kind: 'ngo',
      searchText: row.name,
    })),
  );
  return network;
}

const fields: Readonly<Record<List, string>> = {
  groups: 'id name state',
  visits: 'id title startsOn',
  events: 'id startsOn title',
  organisations: 'id name',
};

interface Page {
  readonly list: {
    readonly nodes: readonly Row[];
    readonly totalCount: number;
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}

async function readPages(
  network: TestVisits,
  { list, order }: { readonly list: List; readonly order: string },
  size: number,
  isBackwards: boolean,
  reader: Reader,
): Promise<Row[]> {
  const page = isBackwards ? 'last: $size, before: $cursor' : 'first: $size, after: $cursor';
  const query = `query ($size: Int, $cursor: String) {
    list: ${list}(${page}, orderBy: ${order}) { nodes { ${fields[list]} } totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const pages: (readonly Row[])[] = [];
  for (let cursor: string | null = null; ;) {
    const answered: Page = await network.read<Page>(query, { size, cursor }, reader);
    const found: Page['list'] = answered.list;
    pages.push(found.nodes);
    const { pageInfo } = found;
    cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
    if (isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage) continue;
    const rows = (isBackwards ? pages.toReversed() : pages).flat();
    expect(found.totalCount).toBe(rows.length);
    return rows;
  }
}

describe.each(bothDatabases)('orderBy on $name', (kind) => {
  it.each(cases)('sorts $list by $order on pages of any size, in both directions', async (one) => {
    await using network = await openLists(kind);
    const inserted = names.map((_name, index) => `nbnp:${one.list.slice(0, -1)}-${index}`);
    for (const reader of [readerOf('nbnp', 'coordinator'), anonymous]) {
      const usual = await readPages(network, one, 1000, false, reader);
      const ids = usual.map(({ id }) => id);
      // An anonymous caller sees no visit that is ahead.
      if (reader === anonymous && one.list === 'visits') expect(ids).toEqual([]);
      else expect(ids).toEqual(expect.arrayContaining(inserted));
      expect(usual).toEqual(sortBy(usual, one.keys));
      for (const size of [1, 3, 1000])
        for (const isBackwards of [false, true])
          expect(await readPages(network, one, size, isBackwards, reader)).toEqual(usual);
    }
  });

  it.each([
    ['DEPARTS_ON', ['group-2', 'north', 'south', 'group-0', 'group-3']],
    ['DEPARTS_ON_DESCENDING', ['group-0', 'group-3', 'north', 'south', 'group-2']],
  ] as const)(
    'sorts groups by the first planned day of their visits that were not cancelled: %s',
    async (order, dated) => {
      await using network = await openLists(kind);
      await network.update(Visit, 'nbnp:visit-6', { cancelledOn: '2030-01-01' });
      const one = { list: 'groups', order } as const;
      const usual = await readPages(network, one, 1000, false, readerOf('fi', 'analyst'));
      expect(usual.slice(0, 5).map(({ id }) => id)).toEqual(dated.map((id) => `nbnp:${id}`));
      expect(usual.slice(5)).toEqual(sortBy(usual.slice(5), []));
      for (const size of [1, 2, 3])
        for (const isBackwards of [false, true])
          expect(
            await readPages(network, one, size, isBackwards, readerOf('fi', 'analyst')),
          ).toEqual(usual);
      // An anonymous caller sees no visit that is ahead: all groups are without a day, by id.
      const hidden = await readPages(network, one, 3, true, anonymous);
      expect(hidden).toEqual(sortBy(hidden, []));
      expect(hidden).toHaveLength(usual.length);
    },
  );

  it('refuses a cursor of another order', async () => {
    await using network = await openLists(kind);
    const departures = ['DEPARTS_ON', 'DEPARTS_ON_DESCENDING'] as const;
    const all = [...cases, ...departures.map((order) => ({ list: 'groups' as const, order }))];
    for (const { list, order } of all) {
      const { list: found } = await network.read<{ list: { pageInfo: { endCursor: string } } }>(
        `{ list: ${list}(first: 1, orderBy: ${order}) { pageInfo { endCursor } } }`,
      );
      for (const other of all.filter((one) => one.list === list && one.order !== order)) {
        const { errors } = await network.ask(
          `query ($after: String) { ${list}(after: $after, orderBy: ${other.order}) { totalCount } }`,
          { after: found.pageInfo.endCursor },
        );
        expect(errors, `${order} in ${other.order}`).toMatchObject([
          { extensions: { code: 'BAD_USER_INPUT', argument: 'after' } },
        ]);
      }
    }
  });
});

describe.each(testDatabases)('lists that an anonymous caller sorts on $name', (kind) => {
  it('are the same whatever is planned, or happens on a journey, before the return', async () => {
    await using network = await openLists(kind);
    const read = async () => {
      const found: unknown[] = [];
      for (const order of ['DEPARTS_ON', 'DEPARTS_ON_DESCENDING', 'STATE', 'NAME'])
        found.push(await readPages(network, { list: 'groups', order }, 2, false, anonymous));
      for (const order of ['STARTS_ON', 'TITLE'])
        found.push(await readPages(network, { list: 'visits', order }, 2, true, anonymous));
      return JSON.stringify(found);
    };
    const before = await read();
    const hidden = fc.record({
      startsOn: fc.constantFrom(null, '2030-01-07', '2030-12-02'),
      departedOn: fc.constantFrom(null, '2030-05-06'),
      title: fc.constantFrom('Aachen', 'Zagreb'),
    });
    await fc.assert(
      fc.asyncProperty(hidden, fc.constantFrom(north, south), async (change, { visit }) => {
        await network.update(Visit, visit, change);
        expect(await read()).toBe(before);
      }),
      { numRuns: 8 },
    );
  });
});
