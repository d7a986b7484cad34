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
} from '../testing/test-mutations.js';

const selected = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED'), nomination('3')];
const byGroup = (name: string) => rule(name, 'input.group');
const unheard = { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } };

/** The errors that both meetings have. */
const refusals = [
  { input: { group: 'nbnp:none' }, as: { code: 'NOT_FOUND', argument: 'input.group' } },
  { input: { office: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.office' } },
  { input: { office: 'ncm:tll' }, as: rule('HOST_COUNTRY', 'input.office') },
  { input: { place: ' ' }, as: { code: 'BAD_USER_INPUT', argument: 'input.place' } },
  unheard,
];

describe.each(testDatabases)('Mutation.recordDelegatesBriefing on $name', (database) => {
  const input = { group: 'nbnp:g', office: 'ncm:led', on: '2010-04-01', place: 'St. Petersburg' };
  const selection = 'id delegateCount delegatesBriefedOn delegatesDebriefedOn';

  it('records the meeting, and corrects it with a second call', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const known = { id: 'nbnp:g', delegateCount: 2, delegatesDebriefedOn: null };
    expect(await offices.call('recordDelegatesBriefing', input, selection)).toEqual({
      value: { ...known, delegatesBriefedOn: '2010-04-01' },
      refusal: undefined,
    });
    const corrected = { ...input, office: 'ncm:kgd', on: '2010-04-02', place: null };
    expect((await offices.call('recordDelegatesBriefing', corrected, selection)).value).toEqual({
      ...known,
      delegatesBriefedOn: '2010-04-02',
    });
    expect(await offices.partner.source.manager.find(GroupMeeting)).toEqual([
      {
        groupId: 'nbnp:g',
        kind: 'BRIEFING',
        officeId: 'ncm:kgd',
        heldOn: '2010-04-02',
        place: null,
      },
    ]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const changed = (changes: object) => ({ 'nbnp:g': { ...group, ...changes } });
    await expectRefusals(offices, 'recordDelegatesBriefing', input, [
      ...refusals,
      {
        hub: changed({ direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' }),
        as: byGroup('DIRECTION'),
      },
      { hub: changed({ cancelledOn: '2010-01-01' }), as: byGroup('CANCELLED') },
      { hub: changed({ visits: [departed] }), as: byGroup('DEPARTED') },
      {
        hub: changed({ programme: { ...group.programme, groupSizeMin: 3 } }),
        as: byGroup('NOT_SELECTED'),
      },
      { input: { on: '2011-01-01' }, as: rule('OUTSIDE_PROGRAMME', 'input.on') },
      {
        input: { on: '2015-03-12' },
        hub: changed({ programme: { ...group.programme, endsOn: '2016' } }),
        as: rule('CLOSED', 'input.office'),
      },
    ]);
  });
});

describe.each(testDatabases)('Mutation.recordDelegatesDebriefing on $name', (database) => {
  const input = { group: 'nbnp:g', office: 'ncm:led', on: '2010-05-17' };
  const second = { ...returned, id: 'nbnp:w', departedOn: '2010-05-10', returnedOn: '2010-05-15' };

  it('records the meeting after the last return until two years after the programme’s end, and corrects it with a second call', async () => {
    await using offices = await openWrittenOffices(database, selected);
    offices.hub.set('nbnp:g', { ...group, visits: [second, returned], programme: signedByNetwork });
    for (const on of ['2010-05-15', '2012-12-31']) {
      const recorded = { ...input, on };
      expect(
        await offices.call('recordDelegatesDebriefing', recorded, 'id delegatesDebriefedOn'),
      ).toEqual({ value: { id: 'nbnp:g', delegatesDebriefedOn: on }, refusal: undefined });
    }
    expect(await offices.partner.source.manager.count(GroupMeeting)).toBe(1);
  });

  it('does not wait for the return from a cancelled visit', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const dropped = { ...second, departedOn: null, returnedOn: null, cancelledOn: '2010-03-01' };
    offices.hub.set('nbnp:g', { ...group, visits: [returned, dropped] });
    const { refusal } = await offices.call('recordDelegatesDebriefing', input, 'id');
    expect(refusal).toBeUndefined();
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const back = { ...group, visits: [returned, second] };
    offices.hub.set('nbnp:g', back);
    const changed = (changes: object) => ({ 'nbnp:g': { ...back, ...changes } });
    await expectRefusals(offices, 'recordDelegatesDebriefing', input, [
      ...refusals,
      {
        hub: changed({ direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' }),
        as: byGroup('DIRECTION'),
      },
      { hub: changed({ cancelledOn: '2010-01-01' }), as: byGroup('CANCELLED') },
      { hub: changed({ visits: [returned, departed] }), as: byGroup('NOT_RETURNED') },
      { hub: changed({ visits: [] }), as: byGroup('NOT_RETURNED') },
      { input: { on: '2010-05-14' }, as: rule('DATE_ORDER', 'input.on') },
      { input: { on: '2013-01-01' }, as: rule('TOO_LATE', 'input.on') },
    ]);
  });

  it('is refused once NBNP and the offices have signed the evaluation, and not before', async () => {
    await using offices = await openWrittenOffices(database, selected);
    const back = { ...group, visits: [returned] };
    const { manager } = offices.partner.source;
    await manager.insert(ProgrammeSignature, { programmeId: 'nbnp:p', signedOn: '2010-12-01' });
    offices.hub.set('nbnp:g', back);
    expect((await offices.call('recordDelegatesDebriefing', input)).refusal).toBeUndefined();
    await expectRefusals(offices, 'recordDelegatesDebriefing', { ...input, on: '2010-05-18' }, [
      { hub: { 'nbnp:g': { ...back, programme: signedByNetwork } }, as: byGroup('EVALUATED') },
    ]);
  });
});
