import { createFactsHub, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { openTestOffices } from '../testing/test-partner.js';

const anonymous = { kind: 'anonymous' } as const;
const groupId = 'nbnp:group';
const programmeId = 'nbnp:programme';

const query = `{ _entities(representations: [
  { __typename: "Group", id: "${groupId}" }, { __typename: "Programme", id: "${programmeId}" }
]) {
  ... on Group { delegateCount delegateNominationCount delegatesSelectedOn delegatesBriefedOn
    delegatesDebriefedOn delegateReportsReceived delegateMeetings { kind on place } }
  ... on Programme { officeSignedOn officeSignatureCount }
} delegateStatistics { nominated { value atLeast atMost } reportsReceived { value atLeast atMost } } }`;

/**
 * The network’s facts: the end of the group’s last visit, its return, and whether it has signed.
 */
function openOffices(kind: (typeof testDatabases)[number]) {
  const network = {
    endsOn: '2026-11-27' as string | null,
    returnedOn: null as string | null,
    isSigned: false,
  };
  const { askHub } = createFactsHub((field) =>
    field === 'group'
      ? {
          visits: [
            { endsOn: '2026-03-01', returnedOn: '2026-03-01' },
            { endsOn: network.endsOn, returnedOn: network.returnedOn },
          ],
        }
      : {
          groups: [
            { id: groupId, cancelledOn: null },
            { id: 'nbnp:cancelled', cancelledOn: '2026-02-01' },
          ],
          evaluation: network.isSigned ? { signOffs: [{ organisation: 'nbnp' }] } : null,
        },
  );
  const clock = { now: new Date('2026-11-24T12:00:00Z') };
  const options = { askHub, clock: () => clock.now };
  return { network, clock, opened: openTestOffices(kind, 'demonstration', options) };
}

describe.each(testDatabases)('a journey that has not ended on $name', (kind) => {
  it('is not visible to anonymous callers in any record of the offices until its end', async () => {
    const { network, clock, opened } = openOffices(kind);
    await using offices = await opened;
    const { manager } = offices.source;
    const ask = (reader?: typeof anonymous) => {
      clock.now = new Date(clock.now.getTime() + 61_000);
      return offices.ask(query, {}, reader);
    };
    const before = await ask(anonymous);
    const meeting = { groupId, officeId: 'ncm:led', place: null };
    const steps = [
      () => manager.insert(GroupMeeting, { ...meeting, kind: 'BRIEFING', on: '2026-11-01' }),
      () => manager.insert(GroupMeeting, { ...meeting, kind: 'DEBRIEFING', on: '2026-11-24' }),
      () =>
        manager.insert(ParticipantReport, {
          id: 'ncm:report',
          delegateId: 'ncm:demo-delegate-1',
          groupId,
          visitId: 'nbnp:visit',
          receivedOn: '2026-11-24',
        }),
      () => manager.insert(ProgrammeSignature, { programmeId, signedOn: '2026-11-24' }),
    ];
    for (const step of steps) {
      await step();
      expect(await ask(anonymous)).toEqual(before);
    }
    const recorded = [
      {
        delegatesBriefedOn: '2026-11-01',
        delegatesDebriefedOn: '2026-11-24',
        delegateReportsReceived: 1,
        delegateMeetings: [
          { kind: 'BRIEFING', on: '2026-11-01', place: null },
          { kind: 'DEBRIEFING', on: '2026-11-24', place: null },
        ],
      },
      { officeSignedOn: '2026-11-24', officeSignatureCount: 1 },
    ];
    expect((await ask()).data).toMatchObject({ _entities: recorded });
    // The last day is not yet over.
    clock.now = new Date('2026-11-27T23:00:00Z');
    expect(await ask(anonymous)).toEqual(before);
    network.endsOn = null;
    network.returnedOn = '2026-11-27';
    clock.now = new Date('2026-11-28T00:00:00Z');
    expect(await ask(anonymous)).toEqual(before);
    network.endsOn = '2026-11-27';
    network.returnedOn = null;
    expect(await ask(anonymous)).toEqual(before);
    network.returnedOn = '2026-11-27';
    expect((await ask(anonymous)).data).toMatchObject({ _entities: recorded });
  });

  it('does not hide an evaluation that both have signed', async () => {
    const { network, opened } = openOffices(kind);
    await using offices = await opened;
    await offices.source.manager.insert(ProgrammeSignature, {
      programmeId,
      signedOn: '2026-11-24',
    });
    network.isSigned = true;
    expect((await offices.ask(query, {}, anonymous)).data).toMatchObject({
      _entities: [{ delegateReportsReceived: 0 }, { officeSignatureCount: 1 }],
    });
  });
});
