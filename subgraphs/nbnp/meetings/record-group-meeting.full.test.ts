import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { away, north, openTestVisits, programme, reserve, south } from '../testing/test-visits.js';

const violated = (rule: string, argument: string) =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument });
const notFound = (argument: string) => expect.objectContaining({ code: 'NOT_FOUND', argument });
const badInput = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
const conflict = expect.objectContaining({ code: 'CONFLICT', currentVersion: 1 });

type Refused = readonly (readonly [more: object, refusal: unknown])[];

const brief = { id: south.group, on: '2030-04-01', version: 1 };

describe.each(testDatabases)('Mutation.recordGroupBriefing on $name', (kind) => {
  it('records and corrects the day', async () => {
    await using network = await openTestVisits(kind);
    expect(await network.done('recordGroupBriefing', brief, 'briefedOn version')).toEqual({
      briefedOn: '2030-04-01',
      version: 2,
    });
    const corrected = { ...brief, on: '2030-04-02', version: 2 };
    expect(await network.done('recordGroupBriefing', corrected, 'briefedOn version')).toEqual({
      briefedOn: '2030-04-02',
      version: 3,
    });
    expect(await network.refusal('recordGroupBriefing', corrected)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 3,
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind);
    const refusal = (more: object = {}) =>
      network.refusal('recordGroupBriefing', { ...brief, ...more });
    const refused: Refused = [
      [{ id: 'nbnp:none' }, notFound('input.id')],
      [{ id: north.group }, violated('DIRECTION', 'input.id')],
      [{ id: 'nbnp:south-2' }, violated('NOT_SELECTED', 'input.id')],
      [{ on: '2029-12-31' }, violated('OUTSIDE_PROGRAMME', 'input.on')],
      [{ on: '2031-07-01' }, violated('OUTSIDE_PROGRAMME', 'input.on')],
    ];
    for (const [more, expected] of refused)
      expect.soft(await refusal(more), JSON.stringify(more)).toEqual(expected);
    const released = { declinedOn: '2030-03-01' };
    await network.update(OfficerNomination, 'dk:officer-1-for-south', released);
    expect(await refusal()).toEqual(violated('NOT_SELECTED', 'input.id'));
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await refusal()).toEqual(violated('DEPARTED', 'input.id'));
    await network.update(Group, south.group, { cancelledOn: '2030-05-01' });
    expect(await refusal()).toEqual(violated('CANCELLED', 'input.id'));
  });
});

const debrief = { id: south.group, on: '2032-01-01', version: 1 };
const returned = { departedOn: '2030-05-06', returnedOn: '2030-05-11' };
const signature = { programmeId: programme, signedOn: '2030-12-01' };
const signedByOffices = (officeSignatureCount: number) => ({
  OfficeSignature: () => ({ programme: { officeSignatureCount } }),
});

describe.each(testDatabases)('Mutation.recordGroupDebriefing on $name', (kind) => {
  it('records and corrects a day on or after the last return, however late', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Visit, south.visit, returned);
    expect(await network.done('recordGroupDebriefing', debrief, 'debriefedOn version')).toEqual({
      debriefedOn: '2032-01-01',
      version: 2,
    });
    const corrected = { ...debrief, on: returned.returnedOn, version: 2 };
    expect(await network.done('recordGroupDebriefing', corrected, 'debriefedOn')).toEqual({
      debriefedOn: returned.returnedOn,
    });
    expect(network.asked).toEqual([]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind);
    const refusal = (more: object = {}) =>
      network.refusal('recordGroupDebriefing', { ...debrief, ...more });
    expect(await refusal({ id: 'nbnp:none' })).toEqual(notFound('input.id'));
    expect(await refusal({ id: 'nbnp:\0' })).toEqual(notFound('input.id'));
    expect(await refusal({ version: 7 })).toEqual(conflict);
    expect(await refusal({ id: north.group })).toEqual(violated('DIRECTION', 'input.id'));
    expect(await refusal({ id: 'nbnp:south-2' })).toEqual(violated('NOT_RETURNED', 'input.id'));
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await refusal()).toEqual(violated('NOT_RETURNED', 'input.id'));
    await network.update(Visit, south.visit, returned);
    expect(await refusal({ on: '2030-05-10' })).toEqual(violated('DATE_ORDER', 'input.on'));
    expect(await refusal({ on: '2033-07-01' })).toEqual(violated('TOO_LATE', 'input.on'));
    await network.update(Group, south.group, { cancelledOn: '2030-05-01' });
    expect(await refusal()).toEqual(violated('CANCELLED', 'input.id'));
  });

  it('is possible only after the return from every visit', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Visit, south.visit, returned);
    const second = { id: 'nbnp:second', groupId: south.group, title: 'Another week' };
    await network.insert(Visit, { ...second, departedOn: '2030-06-03' });
    const refusal = (on: string) => network.refusal('recordGroupDebriefing', { ...debrief, on });
    expect(await refusal('2030-06-08')).toEqual(violated('NOT_RETURNED', 'input.id'));
    await network.update(Visit, second.id, { returnedOn: '2030-06-08' });
    expect(await refusal('2030-06-07')).toEqual(violated('DATE_ORDER', 'input.on'));
    await network.done('recordGroupDebriefing', { ...debrief, on: '2030-06-08' });
  });

  it('is refused after the evaluation: when the offices have also signed, or are unavailable', async () => {
    for (const [hubResponses, refusal] of [
      [signedByOffices(1), violated('EVALUATED', 'input.id')],
      [{ OfficeSignature: away('ncm') }, { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' }],
    ] as const) {
      await using network = await openTestVisits(kind, hubResponses);
      await network.update(Visit, south.visit, returned);
      await network.insert(EvaluationSignature, signature);
      expect(await network.refusal('recordGroupDebriefing', debrief)).toEqual(refusal);
    }
    await using network = await openTestVisits(kind, signedByOffices(0));
    await network.update(Visit, south.visit, returned);
    await network.insert(EvaluationSignature, signature);
    await network.done('recordGroupDebriefing', debrief);
  });
});

const meeting = {
  group: south.group,
  kind: 'BRIEFING',
  on: '2030-04-01',
  place: 'Bodø',
  agenda: 'Safety, and who asks what.',
  attendees: ['dk:officer-1'],
  version: 1,
};
const selection =
  'version briefedOn debriefedOn meetings { kind on place agenda outcome attended missed }';

describe.each(testDatabases)('Mutation.recordGroupMeeting on $name', (kind) => {
  it('records a briefing: the day of the group, what it was about, and how many came', async () => {
    await using network = await openTestVisits(kind);
    expect(await network.done('recordGroupMeeting', meeting, selection)).toEqual({
      version: 2,
      briefedOn: '2030-04-01',
      debriefedOn: null,
      meetings: [
        {
          kind: 'BRIEFING',
          on: '2030-04-01',
          place: 'Bodø',
          agenda: 'Safety, and who asks what.',
          outcome: null,
          attended: 1,
          missed: 1,
        },
      ],
    });
    expect(network.asked).toEqual([]);
  });

  it('keeps what is left out, and removes what is null', async () => {
    await using network = await openTestVisits(kind);
    await network.done('recordGroupMeeting', meeting);
    await network.done('recordGroupMeeting', {
      group: south.group,
      kind: 'BRIEFING',
      on: '2030-04-02',
      agenda: null,
      outcome: 'Each has a question.',
      version: 2,
    });
    const moved = { id: south.group, on: '2030-04-03', version: 3 };
    expect(await network.done('recordGroupBriefing', moved, selection)).toMatchObject({
      version: 4,
      briefedOn: '2030-04-03',
      meetings: [
        {
          on: '2030-04-03',
          place: 'Bodø',
          agenda: null,
          outcome: 'Each has a question.',
          attended: 1,
        },
      ],
    });
    const unknown = { ...meeting, attendees: null, version: 4 };
    expect(await network.done('recordGroupMeeting', unknown, selection)).toMatchObject({
      meetings: [{ attended: null, missed: null }],
    });
    const nobody = { ...meeting, attendees: [], version: 5 };
    expect(await network.done('recordGroupMeeting', nobody, selection)).toMatchObject({
      meetings: [{ attended: 0, missed: 2 }],
    });
    const changes = await network.ask(
      '{ networkChanges(first: 1) { nodes { mutation subject fields } } }',
    );
    expect(changes.data?.['networkChanges']).toEqual({
      nodes: [
        { mutation: 'recordGroupMeeting', subject: south.group, fields: ['meetings', 'version'] },
      ],
    });
  });

  it('counts those who missed it among the members of now', async () => {
    await using network = await openTestVisits(kind);
    const all = { ...meeting, attendees: ['dk:officer-1', 'fi:officer-1'] };
    expect(await network.done('recordGroupMeeting', all, selection)).toMatchObject({
      meetings: [{ attended: 2, missed: 0 }],
    });
    const released = { declinedOn: '2030-04-10' };
    await network.update(OfficerNomination, 'dk:officer-1-for-south', released);
    await network.insert(OfficerNomination, {
      id: 'dk:another',
      groupId: south.group,
      officerId: 'dk:officer-2',
      acceptedOn: '2030-04-10',
    });
    const query = `{ group(id: "${south.group}") { meetings { attended missed } } }`;
    expect(await network.read(query)).toEqual({
      group: { meetings: [{ attended: 2, missed: 1 }] },
    });
  });

  it('records a debriefing after the return, beside the briefing', async () => {
    await using network = await openTestVisits(kind);
    await network.done('recordGroupMeeting', meeting);
    await network.update(Visit, south.visit, returned);
    const after = { ...meeting, kind: 'DEBRIEFING', on: '2030-05-11', version: 2 };
    expect(await network.done('recordGroupMeeting', after, selection)).toMatchObject({
      briefedOn: '2030-04-01',
      debriefedOn: '2030-05-11',
      meetings: [{ kind: 'BRIEFING' }, { kind: 'DEBRIEFING' }],
    });
    expect(await network.source.manager.count(GroupMeeting)).toBe(2);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(OfficerNomination, reserve);
    const noMember = (place: number) => violated('NOT_MEMBER', `input.attendees.${place}`);
    const refused: Refused = [
      [{ place: ' ' }, badInput('input.place')],
      [{ agenda: '' }, badInput('input.agenda')],
      [{ outcome: '\0' }, badInput('input.outcome')],
      [{ attendees: ['dk:officer-1', 'dk:officer-1'] }, badInput('input.attendees')],
      [{ group: 'nbnp:none' }, notFound('input.group')],
      [{ version: 7 }, conflict],
      [{ group: north.group }, violated('DIRECTION', 'input.group')],
      [{ group: 'nbnp:south-2' }, violated('NOT_SELECTED', 'input.group')],
      [{ on: '2029-12-31' }, violated('OUTSIDE_PROGRAMME', 'input.on')],
      [{ kind: 'DEBRIEFING' }, violated('NOT_RETURNED', 'input.group')],
      [{ attendees: ['dk:officer-1', 'nobody'] }, noMember(1)],
      [{ attendees: ['se:reserve'] }, noMember(0)],
    ];
    for (const [more, refusal] of refused) {
      const found = await network.refusal('recordGroupMeeting', { ...meeting, ...more });
      expect.soft(found, JSON.stringify(more)).toMatchObject(refusal as object);
    }
    await network.update(Visit, south.visit, returned);
    expect(await network.refusal('recordGroupMeeting', meeting)).toEqual(
      violated('DEPARTED', 'input.group'),
    );
    const after = { ...meeting, kind: 'DEBRIEFING' };
    const ofDay = (on: string) => network.refusal('recordGroupMeeting', { ...after, on });
    expect(await ofDay('2030-05-10')).toEqual(violated('DATE_ORDER', 'input.on'));
    expect(await ofDay('2033-07-01')).toEqual(violated('TOO_LATE', 'input.on'));
    await network.update(Group, south.group, { cancelledOn: '2030-05-01' });
    expect(await ofDay('2030-05-11')).toEqual(violated('CANCELLED', 'input.group'));
  });

  it('refuses another version of the meeting than the recorded one, 0 for none', async () => {
    await using network = await openTestVisits(kind);
    const stale = (currentVersion: number) => ({
      code: 'CONFLICT',
      argument: 'input.meetingVersion',
      currentVersion,
    });
    const refusal = (more: object) =>
      network.refusal('recordGroupMeeting', { ...meeting, ...more });
    expect(await refusal({ meetingVersion: 1 })).toEqual(stale(0));
    await network.done('recordGroupMeeting', { ...meeting, meetingVersion: 0 });
    expect(await refusal({ version: 2, meetingVersion: 0 })).toEqual(stale(1));
    expect(await refusal({ version: 2, meetingVersion: 2 })).toEqual(stale(1));
    const second = { ...meeting, version: 2, meetingVersion: 1 };
    const selection = 'meetings { version }';
    expect(await network.done('recordGroupMeeting', second, selection)).toEqual({
      meetings: [{ version: 2 }],
    });
  });

  it('refuses a debriefing after the evaluation', async () => {
    await using network = await openTestVisits(kind, signedByOffices(1));
    await network.update(Visit, south.visit, returned);
    await network.insert(EvaluationSignature, signature);
    const after = { ...meeting, kind: 'DEBRIEFING', on: '2030-05-11' };
    expect(await network.refusal('recordGroupMeeting', after)).toEqual(
      violated('EVALUATED', 'input.group'),
    );
  });

  it('gives one of two concurrent callers a conflict', async () => {
    await using network = await openTestVisits(kind);
    const answers = await Promise.all(
      ['Oslo', 'Bodø'].map((place) => network.change('recordGroupMeeting', { ...meeting, place })),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'recorded');
    expect(codes.toSorted()).toEqual(['CONFLICT', 'recorded']);
  });
});
