// cspell:ignore Ёлкина елкина
import 'reflect-metadata';

import { anonymous } from '@hub/shared/identity';
import { bothDatabases, pageThrough, readerOf } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { openTestOffices } from '../testing/test-partner.js';

/** Names that a language, or UTF-16, would sort otherwise; two the same, one erased. */
const names = ['Ёлкина', 'елкина', 'Åbo', '\uFB01', '\u{1F46E}', null, 'Zo', 'zo', 'Zo'];
const days = ['2026-03-01', '2026-01-31', '2026-03-01'];
const groups = ['POLICE', 'CUSTOMS'] as const;
const statuses = ['SELECTED', 'PENDING', 'DECLINED', 'WITHDRAWN'] as const;

const keys: Readonly<Record<string, (index: number) => string | null>> = {
  'delegates NAME': (index) => names[index] ?? null,
  'delegates TARGET_GROUP': (index) => groups[index % groups.length] ?? null,
  'delegateNominations NOMINATED_ON': (index) => days[index % days.length] ?? null,
  'delegateNominations NOMINATED_ON_DESCENDING': (index) => days[index % days.length] ?? null,
  'delegateNominations STATUS': (index) => statuses[index % statuses.length] ?? null,
};

async function openDelegates(database: (typeof bothDatabases)[number]) {
  const partner = await openTestOffices(database, 'facts');
  const { manager } = partner.source;
  for (const [index, name] of names.entries()) {
    const targetGroup = groups[index % groups.length] ?? 'POLICE';
    const office = { country: 'RU', regionCode: 'RU-KGD', officeId: 'ncm:kgd', version: 1 };
    await manager.insert(Delegate, { id: `ncm:${index}`, name, targetGroup, ...office });
    await manager.insert(DelegateNomination, {
      id: `ncm:${index}`,
      groupId: 'nbnp:g',
      delegateId: `ncm:${index}`,
      nominatedOn: days[index % days.length] ?? '',
      status: statuses[index % statuses.length] ?? 'PENDING',
      version: 1,
    });
  }
  return partner;
}

const staff = readerOf('ncm', 'coordinator');

const compare = (one: string, other: string) =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

/** By code points, null last, then by id. */
const sorted = (keyOf: (index: number) => string | null, isDescending: boolean) =>
  names
    .map((_, index) => ({ id: `ncm:${index}`, key: keyOf(index) }))
    .toSorted((one, other) => {
      if (one.key === other.key) return compare(one.id, other.id);
      if (one.key === null || other.key === null) return one.key === null ? 1 : -1;
      return compare(one.key, other.key) * (isDescending ? -1 : 1);
    })
    .map(({ id }) => id);

describe.each(bothDatabases)('DelegateOrder and DelegateNominationOrder on $name', (database) => {
  it.each(Object.entries(keys))(
    'sort %s, on pages of any size, in both directions',
    async (asked, keyOf) => {
      await using partner = await openDelegates(database);
      const [list = '', order = ''] = asked.split(' ');
      const expected = sorted(keyOf, order.endsWith('DESCENDING'));
      for (const size of [1, 4, 1000])
        for (const isBackwards of [false, true]) {
          const page = { size, isBackwards };
          const found = await pageThrough(
            partner,
            { list, given: `orderBy: ${order}` },
            page,
            staff,
          );
          expect(found).toEqual(expected);
        }
    },
  );

  it('are for own staff alone where they are by name, each of which is recorded', async () => {
    await using partner = await openDelegates(database);
    const query = '{ delegates(orderBy: NAME, first: 3) { totalCount } }';
    const others = ['nbnp', 'fi'].map((organisation) => readerOf(organisation, 'coordinator'));
    for (const reader of [anonymous, readerOf('ncm', 'auditor'), ...others]) {
      const { data, errors } = await partner.ask(query, {}, reader);
      expect(data).toEqual({ delegates: null });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    await partner.read(query, {}, staff);
    const { officeDisclosures } = await partner.read(
      '{ officeDisclosures { nodes { type fields records } } }',
      {},
      readerOf('ncm', 'auditor'),
    );
    const reading = { type: 'Delegate', fields: ['name'], records: 3 };
    expect(officeDisclosures).toMatchObject({
      nodes: expect.arrayContaining([reading]) as unknown,
    });
  });
});
