import { HubError } from '@hub/shared/errors';
import {
  bothDatabases,
  createFactsHub,
  readerOf,
  statementsOf,
  type TestPartner,
  type TestResponse,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Expert, ExpertLanguage } from '../entities/expert.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { insertHundredOfEach, makeReal, numbers, officerRow } from '../testing/test-rows.js';

const anonymous = { kind: 'anonymous' } as const;
const insider = readerOf('nbnp', 'liaison');

const count = '{ value atLeast atMost }';
const officers = `query ($filter: OfficerStatisticsFilter) { officerStatistics(filter: $filter) {
  id country targetGroup nominated ${count} members ${count} reportsReceived ${count} reportsExpected ${count} } }`;
const experts = `query ($filter: ExpertStatisticsFilter) { expertStatistics(filter: $filter) {
  id country language experts ${count} } }`;

const exactly = (value: number) => ({ value, atLeast: value, atMost: value });
const few = { value: null, atLeast: 0, atMost: 4 };

interface Row {
  readonly id: string;
  readonly nominated: object;
  readonly members: object | null;
  readonly reportsReceived: object;
  readonly reportsExpected: object | null;
  readonly experts: object;
}

const rowsOf = ({ data }: TestResponse): Row[] => Object.values(data ?? {})[0] as Row[];
const rowOf = (answer: TestResponse, id: string) => rowsOf(answer).find((row) => row.id === id);
const codesOf = ({ errors = [] }: TestResponse) => errors.map(({ extensions }) => extensions.code);

/**
 * A network in which Finland’s first two officers travelled in group 4 and the third is accepted
 * for group 2.
 */
const network = createFactsHub((_, id) =>
  id === 'nbnp:demo-group-4'
    ? {
        acceptedOfficers: ['fi:demo-officer-1', 'fi:demo-officer-2', 'no:demo-officer-1'].map(
          (officer) => ({ id: officer }),
        ),
        visits: [{ departedOn: '2025-03-09' }, { departedOn: null }],
      }
    : { acceptedOfficers: [{ id: 'fi:demo-officer-3' }], visits: [{ departedOn: null }] },
);

describe.each(bothDatabases)('officerStatistics on $name', (kind) => {
  const open = (askHub = network.askHub) =>
    openTestPolice(kind, 'fi', 'demonstration', { askHub, prepare: makeReal });

  it('counts one report of each officer and group, however many the person handed in', async () => {
    await using police = await open();
    const { manager } = police.source;
    const [first] = await manager.findBy(ParticipantReport, { officerId: 'fi:demo-officer-1' });
    // Two for one visit, and one for another visit of the group.
    for (const [index, visitId] of [first?.visitId ?? '', 'nbnp:second'].entries())
      await manager.insert(ParticipantReport, { ...first, id: `fi:more-${index}`, visitId });
    for (const reader of [insider, readerOf('fi', 'coordinator')]) {
      const row = rowOf(await police.ask(officers, {}, reader), 'fi:POLICE');
      expect(row).toMatchObject({ reportsReceived: exactly(2), reportsExpected: exactly(2) });
    }
    // Of one who reports for two groups, both count.
    await manager.insert(ParticipantReport, { ...first, id: 'fi:other', groupId: 'nbnp:other' });
    const row = rowOf(await police.ask(officers, {}, insider), 'fi:POLICE');
    expect(row).toMatchObject({ reportsReceived: exactly(3) });
  });

  it('counts the officers of each target group: nominated, accepted by the network, and their reports', async () => {
    await using police = await open();
    const answer = await police.ask(officers, {}, insider);
    expect(rowsOf(answer).map(({ id }) => id)).toEqual(
      ['BORDER_CONTROL', 'COURT', 'CUSTOMS', 'POLICE', 'PROSECUTION'].map((key) => `fi:${key}`),
    );
    expect(rowOf(answer, 'fi:POLICE')).toEqual({
      id: 'fi:POLICE',
      country: 'FI',
      targetGroup: 'POLICE',
      nominated: exactly(3),
      members: exactly(3),
      reportsReceived: exactly(2),
      reportsExpected: exactly(2),
    });
    expect(rowOf(answer, 'fi:PROSECUTION')).toMatchObject({
      nominated: exactly(1),
      members: exactly(0),
    });
  });

  it('counts officers of selected groups, and none of another country', async () => {
    await using police = await open();
    const ask = (filter: object) => police.ask(officers, { filter }, insider);
    expect(rowOf(await ask({ groups: ['nbnp:demo-group-2'] }), 'fi:POLICE')).toMatchObject({
      nominated: exactly(1),
      members: exactly(1),
      reportsReceived: exactly(0),
      reportsExpected: exactly(0),
    });
    expect(rowOf(await ask({ country: 'FI', groups: [] }), 'fi:POLICE')).toMatchObject({
      nominated: exactly(0),
      reportsReceived: exactly(0),
    });
    expect(rowsOf(await ask({ country: 'NO' }))).toEqual([]);
    expect(codesOf(await ask({ groups: numbers(1_001) }))).toEqual(['BAD_USER_INPUT']);
  });

  it('counts who was nominated, also if declined, so that it needs no response of the network', async () => {
    const declining = createFactsHub(() => ({ declinedNominations: [{ id: 'fi:declined' }] }));
    await using police = await open(declining.askHub);
    const query = `{ officerStatistics { id nominated ${count} } }`;
    expect(rowOf(await police.ask(query, {}, insider), 'fi:POLICE')).toMatchObject({
      nominated: exactly(3),
    });
    expect(declining.asked).toEqual([]);
  });

  it('counts a person with two nominations once, and expects a report for each journey', async () => {
    const { askHub } = createFactsHub(() => ({
      acceptedOfficers: [{ id: 'fi:demo-officer-1' }],
      visits: [{ departedOn: '2025-03-09' }],
    }));
    await using police = await open(askHub);
    await police.source.getRepository(OfficerNomination).insert({
      id: 'fi:again',
      groupId: 'nbnp:again',
      officerId: 'fi:demo-officer-1',
      nominatedOn: '2026-09-01',
    });
    const filter = { groups: ['nbnp:demo-group-4', 'nbnp:again'] };
    expect(rowOf(await police.ask(officers, { filter }), 'fi:POLICE')).toMatchObject({
      nominated: exactly(2),
      members: exactly(1),
      reportsExpected: exactly(2),
    });
  });

  it('expects no report from a member who travelled on no visit', async () => {
    const visit = { id: 'nbnp:v', startsOn: '2025-03-09', departedOn: '2025-03-09' };
    const { askHub } = createFactsHub(() => ({
      acceptedOfficers: [{ id: 'fi:demo-officer-1' }],
      visits: [{ ...visit, cancelledOn: null }],
      absences: [
        {
          participant: { id: 'fi:demo-officer-1' },
          visit: { id: visit.id },
          from: visit.startsOn,
        },
      ],
    }));
    await using police = await open(askHub);
    const filter = { groups: ['nbnp:demo-group-4'] };
    expect(rowOf(await police.ask(officers, { filter }), 'fi:POLICE')).toMatchObject({
      members: exactly(1),
      reportsExpected: exactly(0),
    });
  });

  it('asks the network once a minute, and never for its own data', async () => {
    const hub = createFactsHub(() => ({ acceptedOfficers: [], visits: [] }));
    await using police = await open(hub.askHub);
    await police.read('{ officerStatistics { nominated { value } reportsReceived { value } } }');
    expect(hub.asked).toEqual([]);
    await police.read(officers);
    await police.read(officers);
    expect(hub.asked.map((ids) => ids.toSorted())).toEqual([
      ['group nbnp:demo-group-2', 'group nbnp:demo-group-4'],
    ]);
  });

  it('has its own counts while the network is unavailable, and errors for the others', async () => {
    const { askHub } = createFactsHub(() => {
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    });
    await using police = await open(askHub);
    const answer = await police.ask(officers, {}, insider);
    expect(rowOf(answer, 'fi:POLICE')).toMatchObject({
      nominated: exactly(3),
      members: null,
      reportsReceived: exactly(2),
      reportsExpected: null,
    });
    expect(answer.errors?.[0]).toMatchObject({
      path: ['officerStatistics', 0, 'members'],
      extensions: { code: 'PARTNER_UNAVAILABLE' },
    });
    expect(new Set(codesOf(answer))).toEqual(new Set(['PARTNER_UNAVAILABLE']));
  });

  it('takes as many statements for a hundred groups as for two', async () => {
    const { askHub } = createFactsHub((_, id) => ({
      acceptedOfficers: [{ id: `no:officer-${id.slice(-3)}` }],
      visits: [],
    }));
    const cost = ({ source, read }: TestPartner) => statementsOf(source, () => read(officers));
    await using two = await open();
    await using hundred = await openTestPolice(kind, 'no', 'nothing', { askHub });
    await insertHundredOfEach(hundred.source);
    expect(await cost(hundred)).toBe(await cost(two));
    expect(rowOf(await hundred.ask(officers), 'no:POLICE')).toMatchObject({
      members: exactly(100),
    });
  });

  it('withholds small counts from anonymous callers, zero included, and a second one where a single one could be derived', async () => {
    await using police = await open();
    const answer = await police.ask(officers, {}, anonymous);
    expect(answer.errors).toBeUndefined();
    for (const { nominated, members, reportsReceived, reportsExpected } of rowsOf(answer)) {
      expect([nominated, members, reportsReceived, reportsExpected]).toEqual([few, few, few, few]);
    }
    const sizes = { BORDER_CONTROL: 7, COURT: 2, CUSTOMS: 6, POLICE: 5, PROSECUTION: 9 } as const;
    await police.source.query('DELETE FROM "officer_nominations"');
    const targetGroups = Object.keys(sizes) as (keyof typeof sizes)[];
    const invented = targetGroups.flatMap((targetGroup) =>
      numbers(sizes[targetGroup]).map((number) => `${targetGroup}-${number}`),
    );
    const { manager } = police.source;
    await manager.insert(
      Officer,
      invented.map((id) =>
        officerRow({
          id: `fi:${id}`,
          unitId: 'fi:npb',
          targetGroup: id.slice(0, id.lastIndexOf('-')) as keyof typeof sizes,
        }),
      ),
    );
    await manager.insert(
      OfficerNomination,
      invented.map((id) => ({
        id: `fi:nomination-${id}`,
        groupId: 'nbnp:large',
        officerId: `fi:${id}`,
        nominatedOn: '2026-09-01',
      })),
    );
    const shown = rowsOf(await police.ask(officers, {}, anonymous)).map(
      ({ nominated }) => nominated,
    );
    const many = { value: null, atLeast: 5, atMost: null };
    expect(shown).toEqual([many, few, exactly(6), exactly(5), exactly(9)]);
  });

  it('does not count the people of one group for callers who may not see them', async () => {
    await using police = await open();
    const filter = { groups: ['nbnp:demo-group-4'] };
    for (const reader of [anonymous, readerOf('fi', 'analyst'), readerOf('nbnp', 'auditor')]) {
      const answer = await police.ask(officers, { filter }, reader);
      expect(answer.data).toEqual({ officerStatistics: null });
      expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    }
  });
});

describe.each(bothDatabases)('expertStatistics on $name', (kind) => {
  const open = async () => {
    const police = await openTestPolice(kind, 'lv', 'demonstration', { prepare: makeReal });
    const { manager } = police.source;
    const ids = numbers(6).map((number) => `lv:linguist-${number}`);
    await manager.insert(
      Expert,
      ids.map((id) => ({ id, name: id, unitId: 'lv:police' })),
    );
    // Six speak Polish; one also speaks Welsh.
    await manager.insert(ExpertLanguage, [
      ...ids.map((expertId) => ({ expertId, language: 'pl', position: 0 })),
      { expertId: 'lv:linguist-001', language: 'cy', position: 1 },
    ]);
    return police;
  };

  it('counts the speakers of each language, including known languages without any', async () => {
    await using police = await open();
    const answer = await police.ask(experts, {}, insider);
    expect(rowsOf(answer).map(({ id }) => id.slice(3))).toEqual([
      'cy',
      'da',
      'en',
      'et',
      'fi',
      'is',
      'lt',
      'lv',
      'nb',
      'pl',
      'ru',
      'sv',
    ]);
    expect(rowOf(answer, 'lv:pl')).toEqual({
      id: 'lv:pl',
      country: 'LV',
      language: 'pl',
      experts: exactly(6),
    });
    expect(rowOf(answer, 'lv:ru')?.experts).toEqual(exactly(4));
    expect(rowOf(answer, 'lv:sv')?.experts).toEqual(exactly(0));
  });

  it('counts those with a role or a field', async () => {
    await using police = await open();
    const ask = (filter: object) => police.ask(experts, { filter }, insider);
    expect(rowOf(await ask({ role: 'INTERPRETER' }), 'lv:ru')?.experts).toEqual(exactly(2));
    expect(rowOf(await ask({ role: 'INTERPRETER' }), 'lv:pl')).toBeUndefined();
    expect(rowsOf(await ask({ country: 'LT' }))).toEqual([]);
  });

  it('does not reveal to anonymous callers that somebody speaks a rare language', async () => {
    await using police = await open();
    const answer = await police.ask(experts, {}, anonymous);
    expect(rowOf(answer, 'lv:cy')).toBeUndefined();
    expect(rowOf(answer, 'lv:pl')?.experts).toEqual(exactly(6));
    expect([rowOf(answer, 'lv:ru')?.experts, rowOf(answer, 'lv:sv')?.experts]).toEqual([few, few]);
    for (const filter of [{ role: 'EXPERT' }, { field: 'NGO' }]) {
      expect(codesOf(await police.ask(experts, { filter }, anonymous))).toEqual(['FORBIDDEN']);
    }
  });
});
