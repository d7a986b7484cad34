import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence, Visit } from '../entities/visit.entity.js';
import {
  away,
  insertEvaluation,
  north,
  openTestVisits,
  reserve,
  south,
  week,
} from '../testing/test-visits.js';
import { moveAbsencesToDeparture } from '../visits/move-absences.js';

const input = {
  group: south.group,
  visit: south.visit,
  participant: 'dk:officer-1',
  from: week.startsOn,
  reason: 'ILLNESS',
  version: 1,
};
const selection =
  'version reportsExpected absences { participant { id } visit { id } from reason }';
const absence = {
  participant: { id: 'dk:officer-1' },
  visit: { id: south.visit },
  from: week.startsOn,
  reason: 'ILLNESS',
};
const ofNorth = { ...input, ...north, participant: 'ncm:d1' };
const { stop: _stop, ...delegateInput } = ofNorth;
const hub = {
  DelegatesOf: () => ({ group: { delegates: [{ id: 'ncm:d1' }] } }),
};

/** A month before the visit. */
const ahead = '2030-04-06T12:00:00Z';

const violated = (rule: string, argument: string) =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument });
const notFound = (argument: string) => expect.objectContaining({ code: 'NOT_FOUND', argument });

describe.each(testDatabases)('Mutation.recordAbsence on $name', (kind) => {
  it('records who does not travel, before the departure, and expects no report', async () => {
    await using network = await openTestVisits(kind, {}, ahead);
    expect(await network.done('recordAbsence', input, selection)).toEqual({
      version: 2,
      reportsExpected: 1,
      absences: [absence],
    });
    const changes = await network.ask(
      '{ networkChanges { nodes { mutation subject fields reason } } }',
    );
    expect(changes.data?.['networkChanges']).toEqual({
      nodes: [
        {
          mutation: 'recordAbsence',
          subject: south.group,
          fields: expect.arrayContaining(['absences']),
          reason: null,
        },
      ],
    });
  });

  it('gives the place of whom a visa keeps at home to another one, before the visit', async () => {
    const nomination = { id: 'se:n', groupId: south.group, nominatedOn: '2030-01-15' };
    const officer = {
      targetGroup: 'POLICE',
      nominations: [{ ...nomination, withdrawnOn: null, version: 1 }],
    };
    await using network = await openTestVisits(kind, { NominationsOf: () => ({ officer }) }, ahead);
    await network.done('recordAbsence', { ...input, reason: 'VISA_REFUSED' });
    const [accepted] = await network.source.manager.findBy(OfficerNomination, {
      groupId: south.group,
      officerId: input.participant,
    });
    const replacement = { officer: 'se:o', nomination: 'se:n', replaces: accepted?.id };
    const accept = { ...replacement, group: south.group, on: '2030-04-06', version: 1 };
    const members = await network.done('acceptOfficer', accept, 'acceptedOfficers { id }');
    expect(members['acceptedOfficers']).toEqual([{ id: 'fi:officer-1' }, { id: 'se:o' }]);
  });

  it('records nobody ahead as leaving early, by FUTURE', async () => {
    for (const [now, from, isRefused] of [
      // The seventh of May begins on the sixth at 10:00 UTC, at the other end of the Earth.
      ['2030-05-06T09:59:00Z', '2030-05-07', true],
      ['2030-05-06T10:00:00Z', '2030-05-07', false],
      [ahead, week.endsOn, true],
      [ahead, week.startsOn, false],
    ] as const) {
      await using network = await openTestVisits(kind, {}, now);
      const left = { ...input, from };
      if (isRefused)
        expect(await network.refusal('recordAbsence', { ...left, version: 7 })).toEqual(
          violated('FUTURE', 'input.from'),
        );
      else await network.done('recordAbsence', left);
    }
  });

  it('records who leaves early: her report is still expected, and the days until then count', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Visit, south.visit, {
      startsOn: '2026-05-04',
      endsOn: '2026-05-09',
      departedOn: '2026-05-04',
      returnedOn: '2026-05-09',
    });
    const early = { ...input, from: '2026-05-08', reason: 'DUTY' };
    const counts = 'daysTravelled memberDays memberCount reportsExpected';
    expect(await network.done('recordAbsence', early, counts)).toEqual({
      daysTravelled: 6,
      memberDays: 10,
      memberCount: 2,
      reportsExpected: 2,
    });
    const throughout = { ...early, from: '2026-05-04', version: 2 };
    expect(await network.done('recordAbsence', throughout, counts)).toMatchObject({
      memberDays: 6,
      reportsExpected: 1,
    });
    expect(await network.source.manager.count(Absence)).toBe(1);
  });

  it('expects a report from whoever misses one visit of two', async () => {
    await using network = await openTestVisits(kind);
    const second = { id: 'nbnp:second', groupId: south.group, title: 'Another week' };
    await network.insert(Visit, { ...second, startsOn: '2030-06-01', endsOn: '2030-06-05' });
    const recorded = await network.done('recordAbsence', input, 'reportsExpected');
    expect(recorded).toEqual({ reportsExpected: 2 });
    await network.update(Visit, second.id, { cancelledOn: '2030-05-20' });
    const { data } = await network.ask(
      `{ group(id: "${south.group}") { acceptedOfficers { id } } }`,
    );
    expect(data?.['group']).toEqual({
      acceptedOfficers: [{ id: 'dk:officer-1' }, { id: 'fi:officer-1' }],
    });
    const corrected = { ...input, reason: 'OTHER', version: 2 };
    expect(await network.done('recordAbsence', corrected, 'reportsExpected')).toEqual({
      reportsExpected: 1,
    });
  });

  it('counts no delegate as absent while the offices cannot say whether she is a member', async () => {
    const known = { PolicyFacts: () => ({ f0: { delegates: [{ id: 'ncm:d1' }] } }) };
    const ask = async (offices: object, delegateCount: number | null) => {
      await using network = await openTestVisits(kind, { ...hub, ...offices });
      await network.done('recordAbsence', delegateInput);
      const representation = { __typename: 'Group', id: north.group, delegateCount };
      return await network.ask(
        `query ($groups: [_Any!]!) { _entities(representations: $groups) {
          ... on Group { memberCount reportsExpected } } }`,
        { groups: [representation] },
      );
    };
    expect(await ask(known, 3)).toEqual({
      data: { _entities: [{ memberCount: 3, reportsExpected: 2 }] },
    });
    // They told the hub how many there are, and not who.
    const { data, errors = [] } = await ask({ PolicyFacts: away('ncm') }, 3);
    expect(data).toEqual({ _entities: [{ memberCount: null, reportsExpected: null }] });
    expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions])).toEqual([
      ['memberCount', { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' }],
      ['reportsExpected', { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' }],
    ]);
    expect(await ask({ PolicyFacts: away('ncm') }, null)).toEqual({
      data: { _entities: [{ memberCount: null, reportsExpected: null }] },
    });
  });

  it('records delegates, whom the offices name', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.done('recordAbsence', delegateInput);
    expect(network.asked).toEqual(['DelegatesOf']);
    expect(await network.source.manager.find(Absence)).toEqual([
      {
        groupId: north.group,
        visitId: north.visit,
        participantId: 'ncm:d1',
        from: week.startsOn,
        reason: 'ILLNESS',
      },
    ]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.insert(OfficerNomination, reserve);
    const refusal = (more: object) => network.refusal('recordAbsence', { ...input, ...more });
    const noMember = violated('NOT_MEMBER', 'input.participant');
    const outside = violated('OUTSIDE_VISIT', 'input.from');
    expect(await refusal({ group: 'nbnp:none' })).toEqual(notFound('input.group'));
    expect(await refusal({ visit: 'nbnp:none' })).toEqual(notFound('input.visit'));
    expect(await refusal({ visit: north.visit })).toEqual(notFound('input.visit'));
    expect(await refusal({ version: 7 })).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    expect(await refusal({ participant: 'se:reserve' })).toEqual(noMember);
    expect(await refusal({ participant: 'nobody' })).toEqual(noMember);
    expect(await refusal({ ...delegateInput, participant: 'ncm:d2' })).toEqual(noMember);
    expect(await refusal({ from: '2030-05-05' })).toEqual(outside);
    expect(await refusal({ from: '2030-05-12' })).toEqual(outside);
    await network.update(Visit, south.visit, { cancelledOn: '2030-03-01' });
    expect(await refusal({})).toEqual(violated('CANCELLED', 'input.visit'));
    await network.update(Group, south.group, { cancelledOn: '2030-03-01' });
    expect(await refusal({})).toEqual(violated('CANCELLED', 'input.group'));
  });

  it('refuses after the evaluation, and while the offices are unavailable', async () => {
    const signed = { OfficeSignature: () => ({ programme: { officeSignatureCount: 1 } }) };
    await using network = await openTestVisits(kind, { ...signed, DelegatesOf: away('ncm') });
    expect(await network.refusal('recordAbsence', delegateInput)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
    });
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    const refusal = await network.refusal('recordAbsence', input);
    expect(refusal).toEqual(violated('EVALUATED', 'input.group'));
  });

  it('gives one of two concurrent callers a conflict', async () => {
    await using network = await openTestVisits(kind);
    const answers = await Promise.all(
      ['dk:officer-1', 'fi:officer-1'].map((participant) =>
        network.change('recordAbsence', { ...input, participant }),
      ),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'recorded');
    expect(codes.toSorted()).toEqual(['CONFLICT', 'recorded']);
    expect(await network.source.manager.count(Absence)).toBe(1);
  });
});

describe.each(testDatabases)('Absence.from on $name', (kind) => {
  it('moves with the visit, and not beyond its end', async () => {
    await using network = await openTestVisits(kind);
    await network.done('recordAbsence', { ...input, from: week.endsOn });
    await network.done('recordAbsence', { ...input, participant: 'fi:officer-1', version: 2 });
    await network.done('rescheduleVisit', {
      visit: south.visit,
      startsOn: '2030-05-07',
      endsOn: '2030-05-09',
      version: 1,
    });
    const absences = await network.source.manager.find(Absence, {
      order: { participantId: 'ASC' },
    });
    expect(absences.map(({ from }) => from)).toEqual(['2030-05-09', '2030-05-07']);
  });

  it('stays the first day when the group departs earlier than planned', async () => {
    await using network = await openTestVisits(kind);
    await network.done('recordAbsence', input);
    const early = { ...input, participant: 'fi:officer-1', from: '2030-05-08', version: 2 };
    await network.done('recordAbsence', early);
    const visit = await network.source.manager.findOneByOrFail(Visit, { id: south.visit });
    await moveAbsencesToDeparture(network.source.manager, visit, '2030-05-05');
    const absences = await network.source.manager.find(Absence, {
      order: { participantId: 'ASC' },
    });
    expect(absences.map(({ from }) => from)).toEqual(['2030-05-05', '2030-05-08']);
  });
});
