import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import {
  away,
  departed,
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  programme,
  returned,
  rule,
  signedByNetwork,
} from '../testing/test-mutations.js';

const input = { nomination: 'ncm:n1', version: 2 };
const argument = 'input.nomination';
const reserve = { ...nomination('1', 'SELECTED'), reserve: true };
const visa = {
  delegateId: 'ncm:d1',
  groupId: 'nbnp:g',
  kind: 'VISA' as const,
  status: 'REQUESTED' as const,
  on: '2010-01-12',
};

describe.each(testDatabases)('Mutation.reopenDelegateNomination on $name', (kind) => {
  it.each([
    ['declined', nomination('1', 'DECLINED')],
    ['selected as a reserve', reserve],
  ])('makes the nomination of a delegate who was %s pending again', async (_what, row) => {
    await using offices = await openWrittenOffices(kind, [row]);
    const fields = 'id status decidedOn localAuthority reserve version';
    expect((await offices.call('reopenDelegateNomination', input, fields)).value).toEqual({
      id: 'ncm:n1',
      status: 'PENDING',
      decidedOn: null,
      localAuthority: null,
      reserve: false,
      version: 3,
    });
    const decision = { nomination: 'ncm:n1', on: '2010-02-01', localAuthority: 'A court' };
    const again = await offices.call('selectDelegate', { ...decision, version: 3 }, 'status');
    expect(again.value).toEqual({ status: 'SELECTED' });
  });

  it.each([
    ['WITHDRAWN', [nomination('1', 'WITHDRAWN')], input],
    ['NOT_DECIDED', [nomination('1')], { ...input, version: 1 }],
    ['ACCEPTED', [nomination('1', 'SELECTED')], input],
    [
      'ALREADY_NOMINATED',
      [nomination('1', 'DECLINED'), { ...nomination('1'), id: 'ncm:again' }],
      input,
    ],
    [
      'REFERRED_TO',
      [nomination('1', 'DECLINED'), { ...nomination('2', 'SELECTED'), replacesId: 'ncm:n1' }],
      input,
    ],
  ])('refuses by %s', async (name, rows, given) => {
    await using offices = await openWrittenOffices(kind, rows);
    await expectRefusals(offices, 'reopenDelegateNomination', given, [
      { as: rule(name, argument) },
      { input: { version: 7 }, as: { code: 'CONFLICT', currentVersion: given.version } },
      { input: { nomination: 'ncm:none' }, as: { code: 'NOT_FOUND', argument } },
    ]);
  });

  it('refuses a reserve who has formalities, and a group that has departed or was cancelled', async () => {
    await using offices = await openWrittenOffices(kind, [reserve]);
    await offices.partner.source.manager.insert(DelegateFormality, visa);
    const but = (change: object) => ({ 'nbnp:g': { ...group, ...change } });
    await expectRefusals(offices, 'reopenDelegateNomination', input, [
      { as: rule('REFERRED_TO', argument) },
      { hub: but({ visits: [departed] }), as: rule('DEPARTED', argument) },
      { hub: but({ cancelledOn: '2010-01-01' }), as: rule('CANCELLED', argument) },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE' } },
    ]);
  });
});

describe.each(testDatabases)('Mutation.removeDelegatesMeeting on $name', (kind) => {
  const meeting = { group: 'nbnp:g', kind: 'BRIEFING', version: 1 };
  const [briefing, debriefing] = (['BRIEFING', 'DEBRIEFING'] as const).map((one) => ({
    groupId: 'nbnp:g',
    kind: one,
    officeId: 'ncm:led',
    on: '2010-05-01',
  }));

  it('removes a meeting that was recorded by mistake, and no other', async () => {
    await using offices = await openWrittenOffices(kind);
    const { manager } = offices.partner.source;
    await manager.insert(GroupMeeting, { ...briefing });
    await manager.insert(GroupMeeting, { ...debriefing });
    expect((await offices.call('removeDelegatesMeeting', meeting)).value).toEqual({ id: 'nbnp:g' });
    expect(await manager.find(GroupMeeting)).toMatchObject([{ kind: 'DEBRIEFING' }]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(kind);
    const notThere = { code: 'NOT_FOUND', argument: 'input.kind' };
    await expectRefusals(offices, 'removeDelegatesMeeting', meeting, [{ as: notThere }]);
    const { manager } = offices.partner.source;
    await manager.insert(GroupMeeting, { ...briefing });
    await manager.insert(GroupMeeting, { ...debriefing });
    const but = (change: object) => ({ 'nbnp:g': { ...group, ...change } });
    await expectRefusals(offices, 'removeDelegatesMeeting', meeting, [
      { input: { version: 7 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      { hub: but({ visits: [departed] }), as: rule('DEPARTED', 'input.group') },
      { hub: but({ cancelledOn: '2010-01-01' }), as: rule('CANCELLED', 'input.group') },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE' } },
    ]);
    await manager.insert(ProgrammeSignature, { programmeId: programme.id, signedOn: '2010-12-01' });
    await expectRefusals(offices, 'removeDelegatesMeeting', { ...meeting, kind: 'DEBRIEFING' }, [
      {
        hub: but({ visits: [returned], programme: signedByNetwork }),
        as: rule('EVALUATED', 'input.group'),
      },
    ]);
  });
});
