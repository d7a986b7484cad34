import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { GroupMeeting } from '../entities/group.entity.js';
import { bringBack, openTestTasks } from '../testing/test-tasks.js';
import { north, programme, south } from '../testing/test-visits.js';

describe.each(testDatabases)('a task on $name', (kind) => {
  it('of an evaluation is first to draft it, and then to sign it', async () => {
    await using network = await openTestTasks(
      kind,
      {},
      {
        OfficeSignature: () => ({ programme: { officeSignatureCount: 0 } }),
        Reports: () => ({
          programme: {
            groups: [
              { id: north.group, delegateReportsReceived: 1 },
              { id: south.group, officerReportsReceived: 1 },
            ],
          },
        }),
      },
      '2030-07-02T12:00:00Z',
    );
    await bringBack(network);
    const meeting = { groupId: south.group, kind: 'DEBRIEFING', on: '2030-06-01' };
    await network.insert(GroupMeeting, meeting);
    expect(await network.listOf('nbnp')).toEqual(['DRAFT_EVALUATION nbnp:programme']);
    await network.done('draftEvaluation', { programme, summary: 'It went well.', version: 0 });
    // Without a report of each group nobody can sign.
    network.facts['group nbnp:north'] = { delegateReportsReceived: 1 };
    expect(await network.listOf('nbnp')).toEqual([]);
    network.facts['group nbnp:south'] = { officerReportsReceived: 1 };
    expect(await network.listOf('nbnp')).toEqual(['SIGN_EVALUATION nbnp:programme']);
    await network.done('signEvaluation', { programme, on: '2030-07-01' });
    expect(await network.listOf('nbnp')).toEqual([]);

    const ofOffices = (officeSignatureCount: number, officeEvaluationVersion: number | null) => {
      const answer = { officeSignatureCount, officeEvaluationVersion };
      network.facts['programme nbnp:programme'] = answer;
      return network.listOf('ncm');
    };
    expect(await ofOffices(0, null)).toEqual(['DRAFT_EVALUATION nbnp:programme']);
    expect(await ofOffices(0, 1)).toEqual(['SIGN_EVALUATION nbnp:programme']);
    expect(await ofOffices(1, 1)).toEqual([]);
    // Whether there is a text is unknown, and who is to say it is named.
    const fact = 'programme nbnp:programme';
    network.gaps.push({ fact, partner: 'ncm', path: ['officeEvaluationVersion'] });
    expect(await ofOffices(0, null)).toEqual([]);
    const { errors } = await network.askTasks('ncm');
    expect(errors).toMatchObject([{ extensions: { partner: 'ncm' } }]);
    network.gaps.length = 0;
    await network.done('withdrawEvaluationSignature', {
      id: programme,
      on: '2030-07-02',
      version: 2,
    });
    expect(await network.listOf('nbnp')).toEqual(['SIGN_EVALUATION nbnp:programme']);
  });

  it('needs to know that what it waits for has not happened', async () => {
    await using network = await openTestTasks(kind);
    const [ofNorth, ofSouth] = [`group ${north.group}`, `group ${south.group}`];
    const withdrawal = ['officerNominations', 0, 'withdrawnOn'];
    for (const [code, task, gap] of [
      ['nbnp', 'DECIDE_NOMINATION dk:pending', { fact: ofSouth, partner: 'dk', path: withdrawal }],
      [
        'ncm',
        'BRIEF_GROUP nbnp:north',
        { fact: ofNorth, partner: 'ncm', path: ['delegatesBriefedOn'] },
      ],
      [
        'ncm',
        'DEBRIEF_GROUP nbnp:north',
        { fact: ofNorth, partner: 'ncm', path: ['delegatesDebriefedOn'] },
      ],
    ] as const) {
      if (task.startsWith('DEBRIEF')) await bringBack(network);
      expect(await network.listOf(code)).toContain(task);
      network.gaps.push(gap);
      expect(await network.listOf(code)).not.toContain(task);
      network.gaps.length = 0;
    }
  });
});
