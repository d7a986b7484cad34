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
    returnedOn: null as string | null,
    isSigned: false,
  };
  const { askHub } = createFactsHub((field) =>
    field === 'group'
      ? {
          visits: [
            { returnedOn: '2026-03-01' },
            { endsOn: '2026-11-27', returnedOn: network.returnedOn },
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
    // Its last day is over, and it may still be travelling.
    for (const day of ['2026-11-28', '2026-12-27', '2026-12-28', '2027-12-28']) {
      clock.now = new Date(`${day}T12:00:00Z`);
      expect(await ask(anonymous)).toEqual(before);
    }
    // Not even a return that lies in the future is one.
    network.returnedOn = '2027-12-30';
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
