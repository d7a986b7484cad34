import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import {
  away,
  departed,
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  returned,
  rule,
  signedByNetwork,
} from '../testing/test-mutations.js';

const selected = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED'), nomination('3')];
const byGroup = (name: string) => rule(name, 'input.group');
const unheard = { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } };

/** The errors that both meetings have. */
const refusals = [
  { input: { group: 'nbnp:none' }, as: { code: 'NOT_FOUND', argument: 'input.group' } },
  { input: { office: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.office' } },
  { input: { office: 'ncm:tll' }, as: rule('HOST_COUNTRY', 'input.office', 'OFFICE_ELSEWHERE') },
  { input: { place: ' ' }, as: { code: 'BAD_USER_INPUT', argument: 'input.place' } },
  unheard,
];

describe.each(testDatabases)('Mutation.recordDelegatesBriefing on $name', (database) => {
  const input = { group: 'nbnp:g', office: 'ncm:led', on: '2010-04-01', place: 'St. Petersburg' };
  const selection = 'id delegateCount delegatesBriefedOn delegatesDebriefedOn';

  it('records the meeting, and corrects it with a second call', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const known = { id: 'nbnp:g', delegateCount: 2, delegatesDebriefedOn: null };
    expect(await offices.call('recordDelegatesBriefing', input, selection)).toEqual({
      value: { ...known, delegatesBriefedOn: '2010-04-01' },
      refusal: undefined,
    });
    const corrected = { ...input, office: 'ncm:kgd', on: '2010-04-02', place: null };
    expect((await offices.call('recordDelegatesBriefing', corrected, selection)).value).toEqual({
      ...known,
      delegatesBriefedOn: '2010-04-02',
    });
    expect(await offices.partner.source.manager.find(GroupMeeting)).toEqual([
      {
        groupId: 'nbnp:g',
        kind: 'BRIEFING',
        officeId: 'ncm:kgd',
        on: '2010-04-02',
        place: null,
        agenda: null,
        outcome: null,
        attendees: null,
        version: 2,
      },
    ]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const changed = (changes: object) => ({ 'nbnp:g': { ...group, ...changes } });
    await expectRefusals(offices, 'recordDelegatesBriefing', input, [
      ...refusals,
      {
        hub: changed({ direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' }),
        as: byGroup('DIRECTION'),
      },
      { hub: changed({ cancelledOn: '2010-01-01' }), as: byGroup('CANCELLED') },
      { hub: changed({ visits: [departed] }), as: byGroup('DEPARTED') },
      {
        hub: changed({ programme: { ...group.programme, groupSizeMin: 3 } }),
        as: byGroup('NOT_SELECTED'),
      },
      { input: { on: '2011-01-01' }, as: rule('OUTSIDE_PROGRAMME', 'input.on') },
      {
        input: { on: '2015-03-12' },
        hub: changed({ programme: { ...group.programme, endsOn: '2016' } }),
        as: rule('CLOSED', 'input.office'),
      },
    ]);
  });
});

describe.each(testDatabases)('Mutation.recordDelegatesDebriefing on $name', (database) => {
  const input = { group: 'nbnp:g', office: 'ncm:led', on: '2010-05-17' };
  const second = { ...returned, id: 'nbnp:w', departedOn: '2010-05-10', returnedOn: '2010-05-15' };

  it('records the meeting after the last return until two years after the programme’s end, and corrects it with a second call', async () => {
    await using offices = await openWrittenOffices(database, selected);
    offices.hub.set('nbnp:g', { ...group, visits: [second, returned], programme: signedByNetwork });
    for (const on of ['2010-05-15', '2012-12-31']) {
      const recorded = { ...input, on };
      expect(
        await offices.call('recordDelegatesDebriefing', recorded, 'id delegatesDebriefedOn'),
      ).toEqual({ value: { id: 'nbnp:g', delegatesDebriefedOn: on }, refusal: undefined });
    }
    expect(await offices.partner.source.manager.count(GroupMeeting)).toBe(1);
  });

  it('does not wait for the return from a cancelled visit', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const dropped = { ...second, departedOn: null, returnedOn: null, cancelledOn: '2010-03-01' };
    offices.hub.set('nbnp:g', { ...group, visits: [returned, dropped] });
    const { refusal } = await offices.call('recordDelegatesDebriefing', input, 'id');
    expect(refusal).toBeUndefined();
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const back = { ...group, visits: [returned, second] };
    offices.hub.set('nbnp:g', back);
    const changed = (changes: object) => ({ 'nbnp:g': { ...back, ...changes } });
    await expectRefusals(offices, 'recordDelegatesDebriefing', input, [
      ...refusals,
      {
        hub: changed({ direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' }),
        as: byGroup('DIRECTION'),
      },
      { hub: changed({ cancelledOn: '2010-01-01' }), as: byGroup('CANCELLED') },
      { hub: changed({ visits: [returned, departed] }), as: byGroup('NOT_RETURNED') },
      { hub: changed({ visits: [] }), as: byGroup('NOT_RETURNED') },
      { input: { on: '2010-05-14' }, as: rule('DATE_ORDER', 'input.on') },
      { input: { on: '2013-01-01' }, as: rule('TOO_LATE', 'input.on') },
    ]);
  });

  it('is refused once NBNP and the offices have signed the evaluation, and not before', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const back = { ...group, visits: [returned] };
    const { manager } = offices.partner.source;
    await manager.insert(ProgrammeSignature, { programmeId: 'nbnp:p', signedOn: '2010-12-01' });
    offices.hub.set('nbnp:g', back);
    expect((await offices.call('recordDelegatesDebriefing', input)).refusal).toBeUndefined();
    await expectRefusals(offices, 'recordDelegatesDebriefing', { ...input, on: '2010-05-18' }, [
      { hub: { 'nbnp:g': { ...back, programme: signedByNetwork } }, as: byGroup('EVALUATED') },
    ]);
  });
});

describe.each(testDatabases)('Mutation.recordDelegatesMeeting on $name', (database) => {
  const input = {
    group: 'nbnp:g',
    office: 'ncm:led',
    kind: 'BRIEFING',
    on: '2010-04-01',
    place: 'St. Petersburg',
    agenda: 'Visas.',
    attendees: ['ncm:d1'],
  };
  const meetings = 'delegateMeetings { kind on place agenda outcome attended missed }';
  const briefing = {
    kind: 'BRIEFING',
    on: '2010-04-01',
    place: 'St. Petersburg',
    agenda: 'Visas.',
    outcome: null,
    attended: 1,
    missed: 1,
  };

  it('records a briefing: the day of the group, what it was about, and how many came', async () => {
    await using offices = await openWrittenOffices(database, selected);
    expect(
      await offices.call('recordDelegatesMeeting', input, `delegatesBriefedOn ${meetings}`),
    ).toEqual({
      value: { delegatesBriefedOn: '2010-04-01', delegateMeetings: [briefing] },
      refusal: undefined,
    });
  });

  it('keeps what is left out, and removes what is null', async () => {
    await using offices = await openWrittenOffices(database, selected);
    await offices.call('recordDelegatesMeeting', input);
    const { place: _place, agenda: _agenda, attendees: _attendees, ...day } = input;
    const more = { ...day, agenda: null, outcome: 'Each has a question.' };
    await offices.call('recordDelegatesMeeting', more);
    const { kind: _kind, ...moved } = { ...day, on: '2010-04-02' };
    expect((await offices.call('recordDelegatesBriefing', moved, meetings)).value).toEqual({
      delegateMeetings: [
        { ...briefing, on: '2010-04-02', agenda: null, outcome: 'Each has a question.' },
      ],
    });
    const unknown = { ...input, attendees: null };
    expect((await offices.call('recordDelegatesMeeting', unknown, meetings)).value).toMatchObject({
      delegateMeetings: [{ attended: null, missed: null }],
    });
  });

  it('counts those who missed it among the members of now', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const all = { ...input, attendees: ['ncm:d1', 'ncm:d2'] };
    await offices.call('recordDelegatesMeeting', all);
    const { manager } = offices.partner.source;
    await manager.update(DelegateNomination, 'ncm:n1', { status: 'WITHDRAWN' });
    await manager.update(DelegateNomination, 'ncm:n3', { status: 'SELECTED' });
    const query = `{ _entities(representations: [{ __typename: "Group", id: "nbnp:g" }]) { ... on Group { ${meetings} } } }`;
    expect((await offices.partner.ask(query)).data).toMatchObject({
      _entities: [{ delegateMeetings: [{ attended: 2, missed: 1 }] }],
    });
  });

  it('records a debriefing after the return, beside the briefing', async () => {
    await using offices = await openWrittenOffices(database, selected);
    await offices.call('recordDelegatesMeeting', input);
    offices.hub.set('nbnp:g', { ...group, visits: [returned] });
    const after = { ...input, kind: 'DEBRIEFING', on: '2010-04-17' };
    expect((await offices.call('recordDelegatesMeeting', after, meetings)).value).toMatchObject({
      delegateMeetings: [{ kind: 'BRIEFING' }, { kind: 'DEBRIEFING', on: '2010-04-17' }],
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    const reserve = { ...nomination('4', 'SELECTED'), reserve: true };
    await using offices = await openWrittenOffices(database, [...selected, reserve]);
    const changed = (changes: object) => ({ 'nbnp:g': { ...group, ...changes } });
    const back = { ...group, visits: [returned] };
    const after = { kind: 'DEBRIEFING', on: '2010-04-17' };
    const noMember = rule('NOT_MEMBER', 'input.attendees.0');
    const badInput = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
    await expectRefusals(offices, 'recordDelegatesMeeting', input, [
      ...refusals,
      { input: { agenda: '' }, as: badInput('input.agenda') },
      { input: { outcome: ' ' }, as: badInput('input.outcome') },
      { input: { attendees: ['ncm:d1', 'ncm:d1'] }, as: badInput('input.attendees') },
      { input: { attendees: ['ncm:d3'] }, as: noMember },
      { input: { attendees: ['ncm:d4'] }, as: noMember },
      { input: { on: '2011-01-01' }, as: rule('OUTSIDE_PROGRAMME', 'input.on') },
      { hub: changed({ visits: [departed] }), as: byGroup('DEPARTED') },
      { input: after, as: byGroup('NOT_RETURNED') },
      {
        input: { ...after, on: '2010-04-16' },
        hub: { 'nbnp:g': back },
        as: rule('DATE_ORDER', 'input.on'),
      },
      {
        input: { ...after, on: '2013-01-01' },
        hub: { 'nbnp:g': back },
        as: rule('TOO_LATE', 'input.on'),
      },
      {
        input: { ...after, on: '2015-03-12' },
        hub: { 'nbnp:g': { ...back, programme: { ...group.programme, endsOn: '2016' } } },
        as: rule('CLOSED', 'input.office'),
      },
    ]);
  });
});
