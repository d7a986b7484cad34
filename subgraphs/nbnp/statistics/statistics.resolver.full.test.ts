import { HubError } from '@hub/shared/errors';
import { anonymous } from '@hub/shared/identity';
import {
  bothDatabases,
  createFactsHub,
  readerOf,
  statementsOf,
  testDatabases,
  type TestPartner,
} from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Absence, Visit } from '../entities/visit.entity.js';
import { openTestNetwork as openNetwork } from '../testing/test-partner.js';
import { insertHundredOfEach } from '../testing/test-rows.js';

interface SectorRow {
  readonly sector: string;
  readonly stops: number;
  readonly visits: number;
  readonly groups: number;
  readonly members: { readonly value: number | null; readonly atMost: number } | null;
}
interface Answer {
  readonly sectorStatistics: readonly SectorRow[];
}

const query = `query ($filter: SectorStatisticsFilter) {
  sectorStatistics(filter: $filter) { id sector stops visits groups members { value atLeast atMost } }
}`;

/** After the return of the first group, which the offices sent to Finland and Estonia. */
const later = '2026-12-01T12:00:00Z';
const bringBack = async ({ manager }: DataSource): Promise<void> => {
  await manager.update(Visit, { id: 'nbnp:demo-visit-1' }, { returnedOn: '2026-11-27' });
};
const exactly = (value: number) => ({ value, atLeast: value, atMost: value });
const toTwelve = createFactsHub(() => ({ delegateCount: 12 })).askHub;

/** Records that all stops of the first group's visit took place. */
const holdStops = ({ source }: TestPartner): Promise<unknown> =>
  source.getRepository(ItineraryStop).update({ visitId: 'nbnp:demo-visit-1' }, { status: 'HELD' });

const analyst = readerOf('dk', 'analyst');
const auditor = readerOf('dk', 'auditor');

/** The network with the demonstration made real, because statistics count no rehearsal. */
const openTestNetwork = (
  ...[kind, content, now, askHub, prepare]: Parameters<typeof openNetwork>
): ReturnType<typeof openNetwork> =>
  openNetwork(kind, content, now, askHub, prepare ? prepareReal(prepare) : makeReal);

type Prepare = NonNullable<Parameters<typeof openNetwork>[4]>;

/** One function for each, so that the filled database is copied. */
const prepared = new Map<Prepare, Prepare>();

function prepareReal(prepare: Prepare): Prepare {
  const known = prepared.get(prepare);
  if (known) return known;
  const made: Prepare = async (source) => {
    await prepare(source);
    await makeReal(source);
  };
  prepared.set(prepare, made);
  return made;
}

async function makeReal({ manager }: DataSource): Promise<void> {
  await manager.createQueryBuilder().update(Programme).set({ isRehearsal: false }).execute();
}

describe.each(bothDatabases)('sectorStatistics on $name', (kind) => {
  it('counts stops of ended visits, one row for each sector', async () => {
    await using network = await openTestNetwork(kind);
    const { sectorStatistics } = await network.read<Answer>(query);
    expect(sectorStatistics.map(({ sector }) => sector)).toEqual(
      sectorStatistics.map(({ sector }) => sector).toSorted(),
    );
    const shown = { visits: 1, groups: 1, members: exactly(12) };
    expect(sectorStatistics.filter(({ stops }) => stops > 0)).toMatchObject([
      { id: 'nbnp:GOVERNMENT', sector: 'GOVERNMENT', stops: 1, ...shown },
      // One of the twelve was away on the days of these two.
      { sector: 'NGO', stops: 2, ...shown, members: exactly(11) },
      { sector: 'POLICE', stops: 1, ...shown },
      { sector: 'PROSECUTION', stops: 1, ...shown },
      { sector: 'SOCIAL', stops: 1, ...shown },
    ]);
    expect(sectorStatistics).toHaveLength(11);
    expect(sectorStatistics.find(({ sector }) => sector === 'COURT')).toMatchObject({
      visits: 0,
      members: exactly(0),
    });
  });

  it('counts the delegates of a group that the offices send, from the hub’s response', async () => {
    await using network = await openTestNetwork(kind, 'demonstration', later, toTwelve, bringBack);
    await holdStops(network);
    const { sectorStatistics } = await network.read<Answer>(query);
    const police = sectorStatistics.find(({ sector }) => sector === 'POLICE');
    expect(police).toMatchObject({ stops: 4, visits: 2, groups: 2, members: exactly(24) });
  });

  it('has null members if the offices are unavailable, and all other fields', async () => {
    const { askHub } = createFactsHub(() => {
      throw new HubError('PARTNER_TIMED_OUT', { partner: 'ncm' });
    });
    await using network = await openTestNetwork(kind, 'demonstration', later, askHub, bringBack);
    await holdStops(network);
    const { data, errors = [] } = await network.ask(query);
    const { sectorStatistics } = data as unknown as Answer;
    const without = sectorStatistics.filter(({ members }) => members === null);
    expect(without.map(({ sector, visits }) => [sector, visits])).toEqual([
      ['NGO', 2],
      ['POLICE', 2],
      ['PROSECUTION', 2],
      ['SOCIAL', 2],
    ]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(
      without.map(() => 'PARTNER_TIMED_OUT'),
    );
    expect(sectorStatistics.find(({ sector }) => sector === 'GOVERNMENT')?.members).toEqual(
      exactly(12),
    );
  });

  it.each(['PLANNED', 'NOT_HELD', 'CALLED_OFF'] as const)(
    'does not count a stop that is %s, of a visit that has ended',
    async (status) => {
      await using network = await openTestNetwork(kind);
      const rowOf = async (name: string) =>
        (await network.read<Answer>(query)).sectorStatistics.find(({ sector }) => sector === name);
      const stops = network.source.getRepository(ItineraryStop);
      // The second of two, on the sixth day: the first was on the fifth.
      await stops.update({ id: 'nbnp:demo-stop-4-6' }, { status });
      expect(await rowOf('NGO')).toMatchObject({ stops: 1, visits: 1, members: exactly(11) });
      await stops.update({ id: 'nbnp:demo-stop-4-5' }, { status });
      expect(await rowOf('NGO')).toMatchObject({ stops: 0, visits: 0, members: exactly(0) });
    },
  );

  it.each([
    // The stops of NGOs are on 13 and 14 March.
    ['2025-03-12', 11],
    ['2025-03-13', 11],
    ['2025-03-14', 12],
  ])('counts whoever saw one stop of the sector: absent from %s', async (from, members) => {
    await using network = await openTestNetwork(kind);
    await network.source.getRepository(Absence).update({ visitId: 'nbnp:demo-visit-4' }, { from });
    const { sectorStatistics } = await network.read<Answer>(query);
    const ngo = sectorStatistics.find(({ sector }) => sector === 'NGO');
    expect(ngo?.members).toEqual(exactly(members));
  });

  it('counts the visits of one programme, or of some groups', async () => {
    await using network = await openTestNetwork(kind, 'demonstration', later, toTwelve, bringBack);
    await holdStops(network);
    const stopsOf = async (filter: object) => {
      const { sectorStatistics } = await network.read<Answer>(query, { filter });
      return sectorStatistics?.reduce((sum, { stops }) => sum + stops, 0) ?? null;
    };
    expect(await stopsOf({})).toBe(12);
    expect(await stopsOf({ programme: 'nbnp:demo-programme-past' })).toBe(6);
    expect(await stopsOf({ programme: 'nbnp:demo-programme', groups: ['nbnp:demo-group-4'] })).toBe(
      0,
    );
    expect(await stopsOf({ groups: ['nbnp:demo-group-1', 'nbnp:demo-group-4'] })).toBe(12);
    expect(await stopsOf({ groups: [] })).toBe(0);
    expect(await stopsOf({ groups: ['\0'] })).toBe(0);
    const { errors = [] } = await network.ask(query, {
      filter: { groups: Array.from({ length: 1_001 }, (_, index) => `nbnp:${index}`) },
    });
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'filter.groups' } },
    ]);
  });

  it('is null for a programme whose groups are not documented', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { programmes } = await network.read<{ programmes: { id: string }[] }>(
      '{ programmes { id } }',
    );
    const filter = { programme: programmes[0]?.id };
    expect(await network.read(query, { filter })).toEqual({ sectorStatistics: null });
    expect(await network.read<Answer>(query)).not.toEqual({ sectorStatistics: null });
  });

  it('takes as many statements for a hundred visits as for one', async () => {
    await using one = await openTestNetwork(kind);
    await using hundred = await openTestNetwork(kind, 'nothing');
    await insertHundredOfEach(hundred.source);
    await hundred.source.query(`UPDATE "itinerary_stops" SET "status" = 'HELD'`);
    await hundred.source.query(
      `UPDATE "visits" SET "departed_on" = '2025-03-01', "returned_on" = '2025-03-08'`,
    );
    const cost = ({ source, read }: typeof one) => statementsOf(source, () => read(query));
    expect(await cost(hundred)).toBe(await cost(one));
  });

  it('withholds small member counts and single groups from anonymous callers', async () => {
    await using network = await openTestNetwork(kind);
    const { data, errors } = await network.ask(query, {}, anonymous);
    const { sectorStatistics } = data as unknown as Answer;
    expect(errors).toBeUndefined();
    const membersOf = (name: string) =>
      sectorStatistics.find(({ sector }) => sector === name)?.members;
    expect(membersOf('POLICE')).toEqual(exactly(12));
    // Everybody may read that the group has twelve: eleven would show that one was away.
    expect(membersOf('NGO')).toEqual({ value: null, atLeast: 5, atMost: null });
    expect(sectorStatistics.find(({ sector }) => sector === 'COURT')?.members).toEqual({
      value: null,
      atLeast: 0,
      atMost: 4,
    });
    for (const filter of [
      { groups: ['nbnp:demo-group-4'] },
      { programme: 'nbnp:demo-programme' },
    ]) {
      const codesFor = async (reader: typeof analyst) =>
        (await network.ask(query, { filter }, reader)).errors?.map(
          ({ extensions }) => extensions.code,
        );
      expect.soft(await codesFor(anonymous)).toEqual(['FORBIDDEN']);
      expect.soft(await codesFor(auditor)).toEqual(['FORBIDDEN']);
      expect.soft(await codesFor(analyst)).toBeUndefined();
      const rowsFor = async (reader: typeof analyst) =>
        ((await network.ask(query, { filter }, reader)).data as unknown as Answer).sectorStatistics;
      const all = await rowsFor(readerOf('nbnp', 'liaison'));
      const hidden = { value: null, atLeast: 0, atMost: null };
      // The absent members of one group could be derived from those of several groups.
      expect.soft(await rowsFor(analyst)).toEqual(all.map((row) => ({ ...row, members: hidden })));
    }
  });
});

describe.each(testDatabases)('Group and Visit on $name', (kind) => {
  const selection = '{ id daysTravelled memberDays visits { daysTravelled } }';
  const groups = ['1', '2', '3', '4'].map((number) => ({
    __typename: 'Group',
    id: `nbnp:demo-group-${number}`,
    delegateCount: number === '1' ? 12 : 0,
  }));
  const entities = `query ($groups: [_Any!]!) { _entities(representations: $groups) { ... on Group ${selection} } }`;

  it('count the days travelled and the person-days, and are null while a group travels', async () => {
    await using network = await openTestNetwork(kind);
    expect((await network.read<{ _entities: object[] }>(entities, { groups }))._entities).toEqual([
      {
        id: 'nbnp:demo-group-1',
        daysTravelled: null,
        memberDays: null,
        visits: [{ daysTravelled: null }],
      },
      { id: 'nbnp:demo-group-2', daysTravelled: 0, memberDays: 0, visits: [{ daysTravelled: 0 }] },
      // Its visit is cancelled.
      { id: 'nbnp:demo-group-3', daysTravelled: 0, memberDays: 0, visits: [{ daysTravelled: 0 }] },
      { id: 'nbnp:demo-group-4', daysTravelled: 6, memberDays: 70, visits: [{ daysTravelled: 6 }] },
    ]);
  });

  it('count only ended visits for anonymous callers', async () => {
    await using network = await openTestNetwork(kind);
    const answer = await network.read<{ _entities: object[] }>(entities, { groups }, anonymous);
    expect(answer._entities).toMatchObject([
      { daysTravelled: 0, memberDays: 0, visits: [] },
      { daysTravelled: 0, visits: [] },
      { daysTravelled: 0, visits: [] },
      { daysTravelled: 6, memberDays: 70, visits: [{ daysTravelled: 6 }] },
    ]);
  });

  it('treat a visit in the future as sectorStatistics does', async () => {
    const shownAt = async (now: string) => {
      await using network = await openTestNetwork(kind, 'demonstration', now, toTwelve);
      await network.source.query(
        `UPDATE "visits" SET "departed_on" = '2030-05-06', "returned_on" = '2030-05-11'`,
      );
      const { sectorStatistics } = await network.read<Answer>(query);
      const { group } = await network.read<{ group: { daysTravelled: number | null } }>(
        '{ group(id: "nbnp:demo-group-4") { daysTravelled } }',
      );
      const stops = sectorStatistics.reduce((sum, row) => sum + row.stops, 0);
      return [group.daysTravelled, stops > 0];
    };
    expect(await shownAt('2030-05-05T09:00:00Z')).toEqual([0, false]);
    expect(await shownAt('2030-05-10T09:00:00Z')).toEqual([null, false]);
    expect(await shownAt('2030-05-11T12:00:00Z')).toEqual([6, true]);
  });

  it('have null person-days if the offices did not respond with the number of delegates', async () => {
    await using network = await openTestNetwork(kind, 'demonstration', later);
    await network.source.query(
      `UPDATE "visits" SET "returned_on" = '2026-11-27' WHERE "id" = 'nbnp:demo-visit-1'`,
    );
    const [group] = await network.entities(
      [{ __typename: 'Group', id: 'nbnp:demo-group-1', delegateCount: null }],
      '... on Group { daysTravelled memberDays }',
    );
    expect(group).toEqual({ daysTravelled: 6, memberDays: null });
  });

  it('name the accepted officers to those who send, host or arrange', async () => {
    await using network = await openTestNetwork(kind);
    const asked = '{ group(id: "nbnp:demo-group-4") { acceptedOfficers { id } } }';
    const { group } = await network.read<{ group: { acceptedOfficers: { id: string }[] } }>(asked);
    const ids = group.acceptedOfficers.map(({ id }) => id);
    expect(ids).toHaveLength(12);
    expect(ids).toEqual(ids.toSorted());
    expect(ids).toContain('dk:demo-officer-2');
    for (const reader of [analyst, anonymous])
      expect(await network.ask(asked, {}, reader)).toMatchObject({
        errors: [{ path: ['group', 'acceptedOfficers'], extensions: { code: 'FORBIDDEN' } }],
      });
  });

  it('name the organisations that send a member, and say nothing while the offices may be among them', async () => {
    await using network = await openTestNetwork(kind);
    const sendersOf = async (number: string, delegateCount: number | null) => {
      const group = { __typename: 'Group', id: `nbnp:demo-group-${number}`, delegateCount };
      const [found] = await network.entities([group], '... on Group { senders }');
      return found?.['senders'];
    };
    const police = await sendersOf('4', 0);
    expect(police).toEqual(['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se']);
    // Group 1 goes from Russia, group 4 to it.
    expect(await sendersOf('1', 12)).toEqual(['ncm']);
    expect(await sendersOf('1', 0)).toEqual([]);
    expect(await sendersOf('1', null)).toBeNull();
    expect(await sendersOf('4', null)).toEqual(police);
  });
});
