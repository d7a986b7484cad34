import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { GroupMeeting } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { north, openTestVisits, programme, south } from '../testing/test-visits.js';
import { findLateRecords } from './find-late-records.js';

describe.each(testDatabases)('findLateRecords on $name', (kind) => {
  it('finds debriefings, returns and signatures that are too late, and no others', async () => {
    await using network = await openTestVisits(kind);
    const { manager } = network.source;
    const debriefing = { groupId: south.group, kind: 'DEBRIEFING' } as const;
    await network.insert(GroupMeeting, { ...debriefing, on: '2033-06-30' });
    await network.update(Visit, south.visit, { returnedOn: '2030-06-10' });
    await network.insert(EvaluationSignature, { programmeId: programme, signedOn: '2033-06-30' });
    expect(await findLateRecords(manager)).toEqual([]);
    await manager.update(GroupMeeting, debriefing, { on: '2033-07-01' });
    await network.update(Visit, north.visit, { returnedOn: '2030-06-11' });
    await manager.update(
      EvaluationSignature,
      { programmeId: programme },
      { signedOn: '2033-07-01' },
    );
    expect(await findLateRecords(manager)).toEqual([north.visit, programme, south.group]);
  });
});
