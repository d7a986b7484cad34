import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { insertEvaluation, openTestVisits, south, week } from '../testing/test-visits.js';

const input = { group: south.group, kind: 'BRIEFING', version: 1 };
const briefing = { groupId: south.group, kind: 'BRIEFING', on: '2030-04-01' };
const debriefing = { groupId: south.group, kind: 'DEBRIEFING', on: '2030-05-20' };
const travelled = { departedOn: week.startsOn, returnedOn: week.endsOn };

describe.each(testDatabases)('Mutation.removeGroupMeeting on $name', (kind) => {
  it('removes a briefing until the departure, and a debriefing until the evaluation', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(GroupMeeting, briefing, debriefing);
    const fields = 'version meetings { kind }';
    expect(
      await network.done('removeGroupMeeting', { ...input, meetingVersion: 1 }, fields),
    ).toEqual({
      version: 2,
      meetings: [{ kind: 'DEBRIEFING' }],
    });
    await network.update(Visit, south.visit, travelled);
    const second = { ...input, kind: 'DEBRIEFING', version: 2 };
    expect(await network.done('removeGroupMeeting', second, fields)).toEqual({
      version: 3,
      meetings: [],
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind, {
      OfficeSignature: () => ({ programme: { officeSignatureCount: 1 } }),
    });
    const refusal = (more: object = {}) =>
      network.refusal('removeGroupMeeting', { ...input, ...more });
    expect(await refusal()).toMatchObject({ code: 'NOT_FOUND', argument: 'input.kind' });
    await network.insert(GroupMeeting, briefing, debriefing);
    expect(await refusal({ version: 2 })).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    for (const meetingVersion of [0, 2])
      expect(await refusal({ meetingVersion })).toMatchObject({
        code: 'CONFLICT',
        argument: 'input.meetingVersion',
        currentVersion: 1,
      });
    await network.update(Visit, south.visit, travelled);
    expect(await refusal()).toMatchObject({ rule: 'DEPARTED' });
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    expect(await refusal({ kind: 'DEBRIEFING' })).toMatchObject({ rule: 'EVALUATED' });
    await network.update(Group, south.group, { cancelledOn: '2030-03-01' });
    expect(await refusal()).toMatchObject({ rule: 'CANCELLED' });
  });
});
