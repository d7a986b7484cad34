import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
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
  type WrittenOffices,
} from '../testing/test-mutations.js';

const selected = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED'), nomination('3')];
const input = { group: 'nbnp:g', kind: 'BRIEFING', meetingVersion: 1 };
const results = 'results { participant refusal { rule argument } }';

async function openMet(database: (typeof testDatabases)[number]): Promise<WrittenOffices> {
  const offices = await openWrittenOffices(database, selected);
  const met = { groupId: 'nbnp:g', officeId: 'ncm:led', version: 1 };
  await offices.partner.source.manager.insert(GroupMeeting, [
    { ...met, kind: 'BRIEFING', on: '2010-04-01' },
    { ...met, kind: 'DEBRIEFING', on: '2010-04-20' },
  ]);
  return offices;
}

describe.each(testDatabases)('Mutation.recordDelegatesAttendance on $name', (database) => {
  it('records which delegates and officers came, and says who is no member', async () => {
    await using offices = await openMet(database);
    offices.hub.set('nbnp:g', { ...group, acceptedOfficers: [{ id: 'lv:o1' }] });
    const change = { present: ['ncm:d1', 'ncm:d3', 'lv:o1'], absent: ['ncm:d2'] };
    const keyed = { ...input, ...change, idempotencyKey: 'k' };
    const refusal = { rule: 'NOT_MEMBER', argument: 'input.present.1' };
    const done = {
      refusal: undefined,
      value: {
        results: [
          { participant: 'ncm:d1', refusal: null },
          { participant: 'ncm:d3', refusal },
          { participant: 'lv:o1', refusal: null },
          { participant: 'ncm:d2', refusal: null },
        ],
      },
    };
    const read = () =>
      offices.partner.source.manager.findOneBy(GroupMeeting, {
        groupId: 'nbnp:g',
        kind: 'BRIEFING',
      });
    expect(await offices.call('recordDelegatesAttendance', keyed, results)).toEqual(done);
    expect(await read()).toMatchObject({ attendees: ['ncm:d1', 'lv:o1'], version: 2 });
    expect(await offices.call('recordDelegatesAttendance', keyed, results)).toEqual(done);
    expect(await read()).toMatchObject({ version: 2 });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openMet(database);
    const changed = (changes: object) => ({ 'nbnp:g': { ...group, ...changes } });
    const present = { ...input, present: ['ncm:d1'] };
    const byGroup = (name: string) => rule(name, 'input.group');
    await offices.partner.source.manager.insert(ProgrammeSignature, {
      programmeId: 'nbnp:p',
      signedOn: '2010-12-01',
    });
    await expectRefusals(offices, 'recordDelegatesAttendance', present, [
      { input: { group: 'nbnp:none' }, as: { code: 'NOT_FOUND', argument: 'input.kind' } },
      { input: { meetingVersion: 3 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      {
        input: { absent: ['ncm:d1'] },
        as: { code: 'BAD_USER_INPUT', argument: 'input.absent' },
      },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
      { hub: changed({ cancelledOn: '2010-01-01' }), as: byGroup('CANCELLED') },
      { hub: changed({ visits: [departed] }), as: byGroup('DEPARTED') },
      {
        input: { kind: 'DEBRIEFING' },
        hub: changed({ visits: [returned], programme: signedByNetwork }),
        as: byGroup('EVALUATED'),
      },
    ]);
  });
});
