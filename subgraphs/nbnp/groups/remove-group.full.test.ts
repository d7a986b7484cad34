import { testDatabases } from '@hub/shared/testing';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Claim } from '../entities/claim.entity.js';
import { EvaluationText } from '../entities/evaluation.entity.js';
import { deriveEventColumns } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side } from '../entities/side.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { Absence, Visit } from '../entities/visit.entity.js';
import {
  away,
  insertEvaluation,
  openTestVisits,
  programme,
  south,
} from '../testing/test-visits.js';

const nothing = {
  officerNominations: [],
  delegateNominations: [],
  officerReportsReceived: 0,
  delegateReportsReceived: 0,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
};
const hub = {
  ReferencesToGroup: () => ({ group: nothing }),
  ReferencesToProgramme: () => ({
    programme: { officeSignatureCount: 0, officeEvaluationVersion: null },
  }),
};
const mistaken = {
  id: 'nbnp:mistaken',
  programmeId: programme,
  name: 'Mistaken',
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
  plannedSize: 3,
};
const input = { group: mistaken.id, reason: 'It was entered twice.', version: 1 };
const planned = {
  title: 'Mistaken',
  startsOn: '2030',
  endsOn: '2031',
  groupSizeMin: 2,
  groupSizeMax: 4,
  targetGroups: ['POLICE'],
  sectorsToShow: [],
  workingLanguages: [],
};
const another = { id: 'nbnp:another', hasDocumentedGroups: true, ...planned };
const ofProgramme = { programme: another.id, reason: input.reason, version: 1 };

const referredTo = (argument: string) => ({ code: 'RULE_VIOLATED', rule: 'REFERRED_TO', argument });

type Reference = readonly [name: string, entity: EntityTarget<ObjectLiteral>, row: object];

const groupId = mistaken.id;
const toGroup: readonly Reference[] = [
  ['Visit', Visit, { id: 'nbnp:v', groupId, title: 'V', cancelledOn: '2030-01-01' }],
  [
    'OfficerNomination',
    OfficerNomination,
    { id: 'fi:n', groupId, officerId: 'fi:o', declinedOn: '2030-01-01' },
  ],
  ['GroupMeeting', GroupMeeting, { groupId, kind: 'BRIEFING', on: '2030-01-01' }],
  [
    'Absence',
    Absence,
    { groupId, visitId: south.visit, participantId: 'fi:o', from: '2030-05-06', reason: 'DUTY' },
  ],
];
const programmeId = another.id;
const undated = { startsOn: null, endsOn: null, city: null, venue: null };
const texts = { title: 'E', series: null, aim: null, note: null };
const folded = deriveEventColumns({ ...undated, ...texts });
const toProgramme: readonly Reference[] = [
  ['Group', Group, { ...mistaken, programmeId }],
  [
    'Event',
    Event,
    { id: 'nbnp:e', title: 'E', kind: 'SEMINAR', programmeId, workingLanguages: [], ...folded },
  ],
  [
    'EvaluationText',
    EvaluationText,
    { programmeId, findings: [], recommendations: [], version: 1 },
  ],
];

/** Of other partners: each fact alone forbids the removal. */
const elsewhere: readonly (readonly [string, object])[] = [
  ['a nomination, even a withdrawn one', { officerNominations: [{ id: 'fi:n' }] }],
  ['a nomination of the offices', { delegateNominations: [{ id: 'ncm:n' }] }],
  ['a report', { officerReportsReceived: 1 }],
  ['a report of a delegate', { delegateReportsReceived: 1 }],
  ['a briefing', { delegatesBriefedOn: '2030-01-01' }],
  ['a debriefing', { delegatesDebriefedOn: '2030-01-01' }],
];

describe.each(testDatabases)('Mutation.removeGroup on $name', (kind) => {
  it('removes a group to which nothing refers, and keeps the reason in the changes', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.insert(Group, mistaken);
    expect(await network.done('removeGroup', input)).toBe(true);
    const { group, networkChanges } = await network.read(
      `{ group(id: "${mistaken.id}") { id } networkChanges { nodes { mutation subject reason } } }`,
    );
    expect(group).toBeNull();
    const removed = { mutation: 'removeGroup', subject: mistaken.id, reason: input.reason };
    expect(networkChanges).toEqual({ nodes: [removed] });
  });

  it('has a case for each entity that refers to a group or a programme', async () => {
    await using network = await openTestVisits(kind);
    const referring = (target: string) =>
      network.source.entityMetadatas
        .filter(({ foreignKeys }) =>
          foreignKeys.some(({ referencedEntityMetadata: to }) => to.name === target),
        )
        .map(({ name }) => name)
        .toSorted();
    expect(referring('Group')).toEqual(toGroup.map(([name]) => name).toSorted());
    // What belongs to the plan goes with the programme. A signature has a text.
    const parts = [PartyRole, PlannedJourney, Side, Statement].map(({ name }) => name);
    expect(referring('Programme')).toEqual(
      [...toProgramme.map(([name]) => name), ...parts, 'EvaluationSignature'].toSorted(),
    );
  });

  it.each(toGroup)('refuses while a %s refers to it', async (_name, entity, row) => {
    await using network = await openTestVisits(kind, hub);
    await network.insert(Group, mistaken);
    await network.insert(entity, row);
    expect(await network.refusal('removeGroup', input)).toMatchObject(referredTo('input.group'));
  });

  it.each(elsewhere)('refuses while another partner has %s', async (_what, fact) => {
    await using network = await openTestVisits(kind, {
      ReferencesToGroup: () => ({ group: { ...nothing, ...fact } }),
    });
    await network.insert(Group, mistaken);
    expect(await network.refusal('removeGroup', input)).toMatchObject(referredTo('input.group'));
  });

  it.each([
    ['delegateNominations', 'ncm'],
    ['delegateReportsReceived', 'ncm'],
    ['officerNominations', 'hub'],
    ['officerReportsReceived', 'hub'],
  ])('refuses while %s is unknown', async (field, partner) => {
    await using network = await openTestVisits(kind, {
      ReferencesToGroup: () => ({ group: { ...nothing, [field]: null } }),
    });
    await network.insert(Group, mistaken);
    const refused = { code: 'PARTNER_UNAVAILABLE', partner };
    expect(await network.refusal('removeGroup', input)).toMatchObject(refused);
  });

  it('refuses while a partner is unavailable, on another version, and after a signature', async () => {
    await using network = await openTestVisits(kind, { ReferencesToGroup: away('se') });
    await network.insert(Group, mistaken);
    expect(await network.refusal('removeGroup', input)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'se',
    });
    expect(await network.refusal('removeGroup', { ...input, version: 2 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    expect(await network.refusal('removeGroup', { ...input, reason: ' ' })).toMatchObject({
      argument: 'input.reason',
    });
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    expect(await network.refusal('removeGroup', input)).toMatchObject({ rule: 'EVALUATED' });
  });
});

describe.each(testDatabases)('Mutation.removeProgramme on $name', (kind) => {
  it('removes a programme with its plan', async () => {
    await using network = await openTestVisits(kind, hub);
    const { id } = await network.done('createProgramme', {
      ...planned,
      aims: ['An aim'],
      plannedJourneys: [
        { direction: mistaken.direction, weeks: 1, destination: 'North-West Russia' },
      ],
    });
    expect(await network.done('removeProgramme', { ...ofProgramme, programme: id })).toBe(true);
    for (const entity of [Statement, PlannedJourney, PartyRole])
      expect(await network.source.manager.countBy(entity, { programmeId: id as string })).toBe(0);
    expect(await network.source.manager.countBy(Claim, { subjectId: id as string })).toBe(0);
  });

  it.each(toProgramme)('refuses while a %s refers to it', async (_name, entity, row) => {
    await using network = await openTestVisits(kind, hub);
    await network.insert(Programme, another);
    await network.insert(entity, row);
    expect(await network.refusal('removeProgramme', ofProgramme)).toMatchObject(
      referredTo('input.programme'),
    );
  });

  it.each([
    ['a signature', { officeSignatureCount: 1, officeEvaluationVersion: null }],
    ['a draft', { officeSignatureCount: 0, officeEvaluationVersion: 1 }],
  ])('refuses while the offices have %s', async (_what, part) => {
    await using network = await openTestVisits(kind, {
      ReferencesToProgramme: () => ({ programme: part }),
    });
    await network.insert(Programme, another);
    expect(await network.refusal('removeProgramme', ofProgramme)).toMatchObject(
      referredTo('input.programme'),
    );
  });

  it('refuses while the offices are unavailable', async () => {
    await using network = await openTestVisits(kind, { ReferencesToProgramme: away('ncm') });
    await network.insert(Programme, another);
    expect(await network.refusal('removeProgramme', ofProgramme)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
    });
  });
});
