import { HubError } from '@hub/shared/errors';
import { createFactsHub, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { numbers, officerRow } from '../testing/test-rows.js';

const anonymous = { kind: 'anonymous' } as const;
const groupId = 'nbnp:group';

const count = '{ value atLeast atMost }';
const query = `{ _entities(representations: [{ __typename: "Group", id: "${groupId}" }]) {
  ... on Group { officerNominationCount officerReportsReceived }
} officerStatistics { nominated ${count} members ${count} reportsReceived ${count} reportsExpected ${count} } }`;

const officerIds = numbers(12).map((number) => `fi:officer-${number}`);
const exactly = (value: number) => ({ value, atLeast: value, atMost: value });
const few = { value: null, atLeast: 0, atMost: 4 };
const untold = { value: null, atLeast: 0, atMost: null };

/** The row of the target group police: all of its officers are members of the group. */
const policeRow = 3;

async function openPolice(kind: (typeof testDatabases)[number]) {
  const visit = {
    endsOn: '2026-11-27',
    departedOn: null as string | null,
    returnedOn: null as string | null,
  };
  const network = { isAway: false };
  const { askHub } = createFactsHub(() => {
    if (network.isAway) throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    return { acceptedOfficers: officerIds.map((id) => ({ id })), visits: [visit] };
  });
  const clock = { now: new Date('2026-11-24T12:00:00Z') };
  const police = await openTestPolice(kind, 'fi', 'facts', { askHub, clock: () => clock.now });
  const { manager } = police.source;
  const officers = officerIds.map((id) =>
    officerRow({ id, unitId: 'fi:npb', targetGroup: 'POLICE' }),
  );
  await manager.insert(Officer, officers);
  await manager.insert(
    OfficerNomination,
    officerIds.map((officerId) => ({
      id: officerId.replace('officer', 'nomination'),
      groupId,
      officerId,
      nominatedOn: '2026-09-01',
    })),
  );
  const ask = (reader: Parameters<typeof police.ask>[2] = anonymous) => {
    // A minute later, so that the cache is empty.
    clock.now = new Date(clock.now.getTime() + 61_000);
    return police.ask(query, {}, reader);
  };
  const report = () =>
    manager.insert(
      ParticipantReport,
      officerIds.map((officerId) => ({
        id: officerId.replace('officer', 'report'),
        officerId,
        groupId,
        visitId: 'nbnp:visit',
        receivedOn: '2026-11-24',
      })),
    );
  return { police, visit, network, clock, ask, report };
}

describe.each(testDatabases)('a journey that has not ended on $name', (kind) => {
  it('is not visible to anonymous callers in reports or statistics until its end', async () => {
    const { police, visit, clock, ask, report } = await openPolice(kind);
    await using _ = police;
    const before = await ask();
    expect(before.data).toMatchObject({
      _entities: [{ officerNominationCount: 12, officerReportsReceived: 0 }],
    });
    visit.departedOn = '2026-11-22';
    expect(await ask()).toEqual(before);
    await report();
    expect(await ask()).toEqual(before);
    expect((await ask(readerOf('se', 'analyst'))).data).toMatchObject({
      _entities: [{ officerReportsReceived: 12 }],
    });
    clock.now = new Date('2026-11-28T00:00:00Z');
    // Its last day is over, and it may still be travelling.
    expect(await ask()).toEqual(before);
    visit.returnedOn = '2026-11-27';
    const { data } = await ask();
    expect(data).toMatchObject({ _entities: [{ officerReportsReceived: 12 }] });
    expect((data?.['officerStatistics'] as unknown[])[policeRow]).toMatchObject({
      reportsReceived: exactly(12),
      reportsExpected: exactly(12),
    });
    expect((before.data?.['officerStatistics'] as unknown[])[policeRow]).toEqual({
      nominated: exactly(12),
      members: exactly(12),
      reportsReceived: few,
      reportsExpected: untold,
    });
  });

  it('hides reports from anonymous callers while the network is unavailable', async () => {
    const { police, network, ask, report } = await openPolice(kind);
    await using _ = police;
    await report();
    network.isAway = true;
    const { data, errors } = await ask();
    expect(data).toMatchObject({ _entities: [{ officerReportsReceived: null }] });
    expect((data?.['officerStatistics'] as unknown[])[policeRow]).toEqual({
      nominated: exactly(12),
      members: null,
      reportsReceived: untold,
      reportsExpected: null,
    });
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['PARTNER_UNAVAILABLE']),
    );
  });
});
