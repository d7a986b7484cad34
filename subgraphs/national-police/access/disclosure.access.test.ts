import { inner, readerOf, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openScenarios } from '../testing/test-access.js';

const nordic = { ...readerOf('nbnp', 'coordinator'), purpose: 'evaluation' };
const everything = `query WhoWasThere($visit: [_Any!]!) {
  officers(filter: { rehearsals: true }) { nodes { id name email targetGroup report { text receivedOn } nominations { motivation } } }
  _entities(representations: $visit) { ... on Visit { hostings { accommodation emergencyContact } } }
}`;
const variables = { visit: [{ __typename: 'Visit', id: 'nbnp:demo-visit-1' }] };

async function links({ source }: TestPartner): Promise<inner.DisclosureLink[]> {
  const found: inner.DisclosureLink[] = [];
  for await (const { links: own } of inner.walkReadings(source.manager, 0))
    found.push(...own.filter(inner.isReading));
  const nameOf = await inner.findReaders(source.manager, found);
  return found.map((link) => ({ ...link, reader: nameOf(link) ?? '' }));
}

/** The number of links in the record, including those that the demonstration wrote. */
const countLinks = async ({ source }: TestPartner): Promise<number> =>
  (await inner.readHead(source.manager)).links;

/** All strings of a response. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

describe.each(testDatabases)('the record of disclosures on $name', (kind) => {
  it('has a link for each type that was read: fields, number of records, caller and purpose', async () => {
    await using police = await openScenarios(kind);
    const before = await countLinks(police);
    await police.ask(everything, variables, nordic);
    const common = {
      readerOrganisation: 'nbnp',
      reader: 'nbnp-coordinator',
      role: 'coordinator',
      purpose: 'evaluation',
      operationName: 'WhoWasThere',
      at: '2026-11-24T12:00:00.000Z',
    };
    const placeOf = ({ type, purpose }: inner.DisclosureLink) => `${type} ${purpose}`;
    const all = (await links(police)).toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)));
    const found = all.filter(({ isRefused }) => !isRefused);
    // The other two officers, on whose nominations others decide or have decided.
    const refused = all.filter(({ isRefused }) => isRefused);
    expect(refused).toMatchObject([{ type: 'Officer', fields: ['email', 'name'], records: 2 }]);
    const peopleOf = ({ people }: inner.DisclosureLink) => people?.split('.').length ?? 0;
    expect(refused.map(peopleOf)).toEqual([2]);
    // A hosting and a visit are about nobody.
    expect(found.map(peopleOf)).toEqual([0, 3, 1, 3, 1, 2, 0]);
    // The nominee on whom the network has not decided.
    const decided = { ...common, purpose: 'evaluation; DECIDE_NOMINATION', records: 1 };
    expect(found).toMatchObject([
      { ...common, type: 'Hosting', fields: ['accommodation', 'emergencyContact'], records: 1 },
      // The officers whom the groups accepted: three of six.
      { ...common, type: 'Officer', fields: ['email', 'name'], records: 3 },
      { ...decided, type: 'Officer', fields: ['email', 'name'] },
      { ...common, type: 'OfficerNomination', fields: ['motivation'], records: 3 },
      { ...decided, type: 'OfficerNomination', fields: ['motivation'] },
      { ...common, type: 'ParticipantReport', fields: ['text'], records: 2 },
      { ...common, type: 'Visit', fields: ['hostings'], records: 1 },
    ]);

    expect(await inner.verifyDisclosures(police.source)).toMatchObject({
      isWhole: true,
      links: before + 8,
    });
  });

  it('has no value, name or id of what was read', async () => {
    await using police = await openScenarios(kind);
    const { data } = await police.ask(everything, variables, nordic);
    const record = JSON.stringify(await links(police));
    const values = textsIn(data).filter((text) => /[ @:]/.test(text));
    expect(values.length).toBeGreaterThan(10);
    for (const value of values) expect(record).not.toContain(value);
  });

  it('does not grow if nothing restricted was read, or if nobody in particular was refused', async () => {
    await using police = await openScenarios(kind);
    await police.ask('{ policeUnits { name sites { name } } }', {}, { kind: 'anonymous' });
    await police.ask(everything, variables, { kind: 'anonymous' });
    await police.ask(
      '{ officers(filter: { rehearsals: true }) { nodes { id targetGroup } } }',
      {},
      nordic,
    );
    expect(await links(police)).toEqual([]);
  });

  it('says what a person was refused', async () => {
    await using police = await openScenarios(kind);
    await police.ask(
      '{ officers(filter: { rehearsals: true }) { nodes { id name } } }',
      {},
      readerOf('lv', 'liaison'),
    );
    // Latvia hosts the group for which two are nominated.
    expect(await links(police)).toMatchObject([
      { reader: 'lv-liaison', type: 'Officer', fields: ['name'], records: 2, isRefused: true },
    ]);
  });

  it('stays valid when many callers read at the same time', async () => {
    await using police = await openScenarios(kind);
    const before = await countLinks(police);
    const ask = () =>
      police.ask('{ officers(filter: { rehearsals: true }) { nodes { name } } }', {}, nordic);
    await Promise.all(Array.from({ length: 30 }, ask));
    expect(await inner.verifyDisclosures(police.source)).toMatchObject({
      isWhole: true,
      // Each of them read members and a nominee. The same refusal of the others is one a minute.
      links: before + 30 * 2 + 1,
    });
  });
});

describe.each(testDatabases)('INTERNAL_SERVER_ERROR on $name', (kind) => {
  it('replaces the whole response if its reading cannot be recorded', async () => {
    await using police = await openScenarios(kind);
    const before = await countLinks(police);
    await police.source.query('ALTER TABLE disclosure_readings RENAME TO taken_away');
    const answer = await police.ask(everything, variables, nordic);
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect((await police.ask('{ policeUnits { name } }', {}, nordic)).errors).toBeUndefined();
    await police.source.query('ALTER TABLE taken_away RENAME TO disclosure_readings');
    expect(
      (
        await police.ask(
          '{ officers(filter: { rehearsals: true }) { nodes { name } } }',
          {},
          nordic,
        )
      ).data,
    ).toMatchObject({
      officers: { nodes: [{}, {}, {}, {}, {}, {}] },
    });
    expect(await inner.verifyDisclosures(police.source)).toMatchObject({
      isWhole: true,
      // Of members and of a nominee, and what was refused of others.
      links: before + 3,
    });
  });
});
