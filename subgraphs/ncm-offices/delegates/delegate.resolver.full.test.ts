import 'reflect-metadata';

import { bothDatabases, readerOf, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { openTestOffices } from '../testing/test-partner.js';

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string;
  };
  readonly totalCount: number;
}

async function readPage(
  partner: TestPartner,
  list: string,
  { filter, ...rest }: { readonly filter?: object; readonly [name: string]: unknown },
): Promise<Page> {
  const variables = { filter, ...rest };
  const isOfPeople = list === 'delegates';
  const query = `query ($filter: ${isOfPeople ? 'DelegateFilter' : 'DelegateNominationFilter'}, $first: Int, $after: String) {
    ${list}(filter: $filter, first: $first, after: $after) {
      nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount
    }
  }`;
  const { data, errors } = await partner.ask(query, {
    ...variables,
    ...(isOfPeople && { filter: { rehearsals: true, ...filter } }),
  });
  expect(errors).toBeUndefined();
  return data?.[list] as Page;
}

const numbers = ({ nodes }: Page) => nodes.map(({ id }) => Number(id.split('-').at(-1)));

describe.each(bothDatabases)('Query.delegates on $name', (database) => {
  it('returns each row once, by id', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const ids: string[] = [];
    for (let after: string | null = null, pages = 0; pages < 5; pages += 1) {
      const page: Page = await readPage(partner, 'delegates', { first: 7, after });
      expect(page.totalCount).toBe(30);
      expect(page.pageInfo.hasPreviousPage).toBe(pages > 0);
      expect(page.pageInfo.hasNextPage).toBe(pages < 4);
      ids.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.endCursor;
    }
    expect(ids).toEqual(Array.from({ length: 30 }, (_, n) => `ncm:demo-delegate-${n + 1}`).sort());
  });

  it('returns 50 if `first` is null', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    expect((await readPage(partner, 'delegates', { first: null })).nodes).toHaveLength(30);
  });

  it('filters by office, region, target group and language, alone and together', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const find = async (filter: object) =>
      numbers(await readPage(partner, 'delegates', { filter }));
    expect((await find({ office: 'ncm:kgd' })).sort((a, b) => a - b)).toEqual([
      23, 24, 25, 26, 27, 28, 29, 30,
    ]);
    expect(await find({ region: 'RU-KGD' })).toEqual(await find({ office: 'ncm:kgd' }));
    expect(await find({ office: 'ncm:kgd', targetGroup: 'CUSTOMS' })).toEqual([28]);
    expect(await find({ language: 'no' })).toEqual([11, 17, 23, 29, 5]);
    expect(await find({ language: 'no', office: 'ncm:kgd' })).toEqual([23, 29]);
    expect(await find({ office: 'ncm:xyz' })).toEqual([]);
    // PostgreSQL itself would refuse the text.
    expect(await find({ office: 'ncm:\0' })).toEqual([]);
  });
});

describe.each(testDatabases)('Delegate.report on $name', (database) => {
  it('is the latest received report', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const delegate = await partner.source
      .getRepository(Delegate)
      .findOneByOrFail({ officeId: 'ncm:kgd' });
    const report = { delegateId: delegate.id, visitId: 'nbnp:v', text: null };
    await partner.source.getRepository(ParticipantReport).insert([
      { ...report, id: 'ncm:report-1', groupId: 'nbnp:g1', receivedOn: '2026-03-01' },
      { ...report, id: 'ncm:report-2', groupId: 'nbnp:g2', receivedOn: '2026-02-01' },
    ]);
    const { data } = await partner.ask(
      `query ($id: ID!) { delegate(id: $id) { report { id group visit receivedOn text } } }`,
      { id: delegate.id },
    );
    expect(data?.['delegate']).toEqual({
      report: {
        id: 'ncm:report-1',
        group: 'nbnp:g1',
        visit: 'nbnp:v',
        receivedOn: '2026-03-01',
        text: null,
      },
    });
  });
});

describe.each(bothDatabases)('Query.delegateNominations on $name', (database) => {
  it('filters by group, office and status', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const count = async (filter: object) =>
      (await readPage(partner, 'delegateNominations', { filter })).totalCount;
    expect(await count({})).toBe(14 + 13);
    expect(await count({ group: 'nbnp:demo-group-1' })).toBe(14);
    expect(await count({ group: 'nbnp:demo-group-3' })).toBe(0);
    expect(await count({ group: 'nbnp:demo-group-5' })).toBe(13);
    // The last five nominees of group 5 are of the office in Kaliningrad: two members and a reserve
    // among them.
    expect(await count({ office: 'ncm:led', status: 'SELECTED' })).toBe(12 + 8);
    expect(await count({ office: 'ncm:kgd' })).toBe(5);
    expect(await count({ office: 'ncm:kgd', status: 'SELECTED' })).toBe(3);
    expect(await count({ status: 'PENDING' })).toBe(1);
    const declined = await readPage(partner, 'delegateNominations', {
      filter: { status: 'DECLINED' },
    });
    expect(declined.nodes).toEqual([{ id: 'ncm:demo-nomination-1-13' }]);
  });

  it('pages by id with a filter over the delegate’s office', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const filter = { office: 'ncm:led', group: 'nbnp:demo-group-1' };
    const page = await readPage(partner, 'delegateNominations', { filter, first: 10 });
    const { endCursor: after } = page.pageInfo;
    const rest = await readPage(partner, 'delegateNominations', { filter, first: 10, after });
    expect([...numbers(page), ...numbers(rest)]).toEqual([
      1, 10, 11, 12, 13, 14, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });
});

describe.each(bothDatabases)('DelegateFilter.search on $name', (database) => {
  it('is for the staff of the offices, and finds names in any case, with marks or without', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const [named] = await partner.source.manager.find(Delegate, { order: { id: 'ASC' }, take: 1 });
    const id = named?.id ?? '';
    await partner.source.manager.update(Delegate, { id }, { name: 'Åsa Berg' });
    const { nodes } = await readPage(partner, 'delegates', { filter: { search: 'SA BERG' } });
    expect(nodes).toEqual([{ id }]);
    for (const organisation of ['nbnp', 'fi']) {
      const { data, errors } = await partner.ask(
        '{ delegates(filter: { search: "Berg" }) { totalCount } }',
        {},
        readerOf(organisation, 'coordinator'),
      );
      expect(data).toEqual({ delegates: null });
      expect(errors?.map(({ extensions }) => extensions)).toMatchObject([
        { code: 'FORBIDDEN', argument: 'filter.search' },
      ]);
    }
  });
});
