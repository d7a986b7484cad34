import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence } from '../entities/visit.entity.js';
import {
  away,
  insertEvaluation,
  north,
  openTestVisits,
  south,
  week,
} from '../testing/test-visits.js';

const input = {
  group: south.group,
  visit: south.visit,
  participant: 'dk:officer-1',
  version: 1,
};
const absence = {
  groupId: south.group,
  visitId: south.visit,
  participantId: 'dk:officer-1',
  from: week.startsOn,
  reason: 'ILLNESS',
};
const ofDelegate = {
  ...absence,
  groupId: north.group,
  visitId: north.visit,
  participantId: 'ncm:d1',
};
const { stop: _stop, ...inNorth } = north;
const delegateInput = { ...input, ...inNorth, participant: 'ncm:d1' };
const nominations = (replaces: object | null) => ({
  ReplacedDelegates: () => ({
    group: {
      delegateNominations: [
        { id: 'ncm:n1', delegate: { id: 'ncm:d1' }, replaces: null },
        { id: 'ncm:n2', delegate: { id: 'ncm:d2' }, replaces },
      ],
    },
  }),
});
const referredTo = { rule: 'REFERRED_TO', argument: 'input.participant' };

describe.each(testDatabases)('Mutation.removeAbsence on $name', (kind) => {
  it('removes an absence that was a mistake, so that a report is expected again', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(Absence, absence);
    const fields = 'version reportsExpected absences { from }';
    expect(await network.done('removeAbsence', input, fields)).toEqual({
      version: 2,
      reportsExpected: 2,
      absences: [],
    });
    const { networkChanges } = await network.read(
      '{ networkChanges { nodes { mutation subject } } }',
    );
    const change = { mutation: 'removeAbsence', subject: south.group };
    expect(networkChanges).toEqual({ nodes: [change] });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind);
    const refusal = (more: object = {}) => network.refusal('removeAbsence', { ...input, ...more });
    const notThere = { code: 'NOT_FOUND', argument: 'input.participant' };
    expect(await refusal()).toMatchObject(notThere);
    await network.insert(Absence, absence);
    expect(await refusal({ participant: 'a\0b' })).toMatchObject(notThere);
    expect(await refusal({ visit: north.visit })).toMatchObject(notThere);
    expect(await refusal({ version: 2 })).toMatchObject({ code: 'CONFLICT' });
    const replacement = { id: 'se:n', groupId: south.group, officerId: 'se:o' };
    await network.insert(OfficerNomination, {
      ...replacement,
      acceptedOn: '2030-03-01',
      replacesId: 'dk:officer-1-for-south',
    });
    expect(await refusal()).toMatchObject(referredTo);
    await network.source.manager.delete(OfficerNomination, { id: 'se:n' });
    await network.update(Group, south.group, { cancelledOn: '2030-03-01' });
    expect(await refusal()).toMatchObject({ rule: 'CANCELLED' });
  });

  it('asks the offices whether somebody replaced a delegate', async () => {
    await using network = await openTestVisits(kind, nominations(null));
    await network.insert(Absence, ofDelegate);
    await network.done('removeAbsence', delegateInput);
    await using replaced = await openTestVisits(kind, nominations({ id: 'ncm:n1' }));
    await replaced.insert(Absence, ofDelegate);
    expect(await replaced.refusal('removeAbsence', delegateInput)).toMatchObject(referredTo);
    await using alone = await openTestVisits(kind, { ReplacedDelegates: away('ncm') });
    await alone.insert(Absence, ofDelegate);
    expect(await alone.refusal('removeAbsence', delegateInput)).toMatchObject({ partner: 'ncm' });
  });

  it('refuses after the evaluation', async () => {
    await using network = await openTestVisits(kind, {
      OfficeSignature: () => ({ programme: { officeSignatureCount: 1 } }),
    });
    await network.insert(Absence, absence);
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    expect(await network.refusal('removeAbsence', input)).toMatchObject({ rule: 'EVALUATED' });
  });
});
