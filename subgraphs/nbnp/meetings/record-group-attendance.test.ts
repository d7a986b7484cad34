import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  insertEvaluation,
  openTestVisits,
  south,
  week,
  type TestVisits,
} from '../testing/test-visits.js';

const { group } = south;
const input = { group, kind: 'BRIEFING', meetingVersion: 1 };
const [first, second] = ['dk:officer-1', 'fi:officer-1'];
const results = 'results { participant refusal { code rule argument } }';

const insertMeetings = ({ insert }: TestVisits, more: object = {}) =>
  insert(
    GroupMeeting,
    { groupId: group, kind: 'BRIEFING', on: '2030-04-01', place: 'Tallinn', ...more },
    { groupId: group, kind: 'DEBRIEFING', on: '2030-05-20' },
  );

const readBriefing = async ({ source }: TestVisits) => {
  const found = { groupId: group, kind: 'BRIEFING' } as const;
  const { attendees, version, place } = await source.manager.findOneByOrFail(GroupMeeting, found);
  const { version: ofGroup } = await source.manager.findOneByOrFail(Group, { id: group });
  return { attendees, version, place, ofGroup };
};

describe.each(testDatabases)('Mutation.recordGroupAttendance on $name', (kind) => {
  it('records who came and who did not, and says who is no member', async () => {
    await using network = await openTestVisits(kind);
    await insertMeetings(network, { attendees: [second, 'se:released'] });
    const change = { present: [first, 'se:nobody'], absent: [second, 'se:released', 'no:nobody'] };
    const refusal = (argument: string) => ({ code: 'RULE_VIOLATED', rule: 'NOT_MEMBER', argument });
    const done = {
      results: [
        { participant: first, refusal: null },
        { participant: 'se:nobody', refusal: refusal('input.present.1') },
        { participant: second, refusal: null },
        { participant: 'se:released', refusal: null },
        { participant: 'no:nobody', refusal: refusal('input.absent.2') },
      ],
    };
    const keyed = { ...input, ...change, idempotencyKey: 'k' };
    expect(await network.done('recordGroupAttendance', keyed, results)).toEqual(done);
    const after = { attendees: [first], version: 2, place: 'Tallinn', ofGroup: 2 };
    expect(await readBriefing(network)).toEqual(after);
    expect(await network.done('recordGroupAttendance', keyed, results)).toEqual(done);
    expect(await readBriefing(network)).toEqual(after);
  });

  it('leaves the meeting as it is if nobody is a member', async () => {
    await using network = await openTestVisits(kind);
    await insertMeetings(network);
    await network.done('recordGroupAttendance', { ...input, present: ['se:nobody'] }, results);
    const unchanged = { attendees: null, version: 1, place: 'Tallinn', ofGroup: 1 };
    expect(await readBriefing(network)).toEqual(unchanged);
  });

  it('lets one of two succeed who have read the same version', async () => {
    await using network = await openTestVisits(kind);
    await insertMeetings(network);
    const both = await Promise.all(
      [first, second].map((one) =>
        network.change('recordGroupAttendance', { ...input, present: [one] }),
      ),
    );
    const codes = both.map(({ errors }) => errors?.[0]?.extensions.code ?? 'done');
    expect(codes.toSorted()).toEqual(['CONFLICT', 'done']);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind, {
      OfficeSignature: () => ({ programme: { officeSignatureCount: 1 } }),
    });
    const refusal = (more: object = {}) =>
      network.refusal('recordGroupAttendance', { ...input, present: [first], ...more });
    const of = (code: string, argument: string) => ({ code, argument });
    expect(await refusal()).toMatchObject(of('NOT_FOUND', 'input.kind'));
    await insertMeetings(network);
    expect(await refusal({ group: 'nbnp:none' })).toMatchObject(of('NOT_FOUND', 'input.group'));
    const stale = { ...of('CONFLICT', 'input.meetingVersion'), currentVersion: 1 };
    for (const meetingVersion of [0, 2])
      expect(await refusal({ meetingVersion })).toMatchObject(stale);
    expect(await refusal({ present: [] })).toMatchObject(of('BAD_USER_INPUT', 'input.present'));
    expect(await refusal({ absent: [first] })).toMatchObject(of('BAD_USER_INPUT', 'input.absent'));
    const travelled = { departedOn: week.startsOn, returnedOn: week.endsOn };
    await network.update(Visit, south.visit, travelled);
    expect(await refusal()).toMatchObject({ rule: 'DEPARTED' });
    await insertEvaluation(network.source.manager, { signedOn: '2030-12-01' });
    expect(await refusal({ kind: 'DEBRIEFING' })).toMatchObject({ rule: 'EVALUATED' });
    await network.update(Group, group, { cancelledOn: '2030-03-01' });
    expect(await refusal()).toMatchObject({ rule: 'CANCELLED' });
  });
});
