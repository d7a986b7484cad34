import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { createSidesGroup, planSides, sidesHub } from '../testing/test-sides.js';
import { away, openTestVisits } from '../testing/test-visits.js';

const coordinator = readerOf('nbnp', 'coordinator');

describe.each(testDatabases)('the groups of an office on $name', (kind) => {
  const listsOf = (office: string) =>
    `{ groups(filter: { coordinatingOffice: "${office}" }) { nodes { id } }
       _entities(representations: [{ __typename: "Office", id: "${office}" }]) {
         ... on Office { coordinatedGroups { id } } } }`;

  it('are those of an office that was merged, under the one that stays, too', async () => {
    const merged: Readonly<Record<string, object>> = {
      'ncm:vno': { mergedInto: { id: 'ncm:tll' } },
    };
    await using network = await openTestVisits(kind, {
      ...sidesHub,
      PolicyFacts: (variables) =>
        Object.fromEntries(
          Object.entries(variables).map(([name, id]) => [
            name.replace('id', 'f'),
            merged[String(id)] ?? { mergedInto: null },
          ]),
        ),
    });
    const group = await createSidesGroup(network, await planSides(network));
    for (const office of ['ncm:tll', 'ncm:vno', 'ncm:rix'])
      expect(await network.read(listsOf(office))).toEqual({
        groups: { nodes: [{ id: group }] },
        _entities: [{ coordinatedGroups: [{ id: group }] }],
      });
    expect(await network.read(listsOf('ncm:led'))).toEqual({
      groups: { nodes: [] },
      _entities: [{ coordinatedGroups: [] }],
    });
  });

  it('name the offices if they do not say which of them were merged', async () => {
    await using network = await openTestVisits(kind, { ...sidesHub, PolicyFacts: away('ncm') });
    const group = await createSidesGroup(network, await planSides(network));
    const { data, errors = [] } = await network.ask(listsOf('ncm:rix'), {}, coordinator);
    expect(data).toMatchObject({
      groups: { nodes: [{ id: group }] },
      _entities: [{ coordinatedGroups: [{ id: group }] }],
    });
    const unavailable = { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' };
    expect(errors.map(({ path }) => path?.[0]).toSorted()).toEqual(['_entities', 'groups']);
    for (const { extensions } of errors) expect(extensions).toMatchObject(unavailable);
  });
});
