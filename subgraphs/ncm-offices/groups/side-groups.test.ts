import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Delegate } from '../entities/delegate.entity.js';
import {
  departed,
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  returned,
  rule,
  sideGroup,
  visit,
  type WrittenOffices,
} from '../testing/test-mutations.js';

type Nominations = Parameters<typeof openWrittenOffices>[1];

/** Delegates 1 to 3 are Latvians of the office in Riga, 4 a Lithuanian of Vilnius, 5 a Russian. */
async function open(
  database: (typeof testDatabases)[number],
  nominations: Nominations = [],
): Promise<WrittenOffices> {
  const offices = await openWrittenOffices(database, nominations);
  const { manager } = offices.partner.source;
  const ofRiga = { country: 'LV', regionCode: null, officeId: 'ncm:rix' };
  for (const id of ['ncm:d1', 'ncm:d2', 'ncm:d3']) await manager.update(Delegate, id, ofRiga);
  await manager.update(Delegate, 'ncm:d4', { ...ofRiga, country: 'LT', officeId: 'ncm:vno' });
  offices.hub.set('nbnp:g', sideGroup);
  return offices;
}

/** The same group, to Estonia, where the office in Tallinn hosts it in place of the police. */
const toEstonia = {
  ...sideGroup,
  to: { ...sideGroup.to, countries: ['EE'], hosts: [{ id: 'ncm:tll' }], coordinators: [] },
};

const from = (changes: object) => ({
  'nbnp:g': { ...sideGroup, from: { ...sideGroup.from, ...changes } },
});

describe.each(testDatabases)('Nominations for a group of sides on $name', (database) => {
  const nominated = { group: 'nbnp:g', delegate: 'ncm:d1', on: '2009-11-02' };

  it('are of people of its first side, by offices that select or co-ordinate there', async () => {
    await using offices = await open(database);
    for (const delegate of ['ncm:d1', 'ncm:d4']) {
      const { refusal } = await offices.call('nominateDelegate', { ...nominated, delegate });
      expect(refusal).toBeUndefined();
    }
  });

  it('are refused for people and by offices of elsewhere', async () => {
    await using offices = await open(database);
    const elsewhere = rule('SIDE', 'input.delegate', 'PERSON_ELSEWHERE');
    const byOffice = rule('SIDE', 'input.delegate', 'SENDER_NOT_NAMED');
    await expectRefusals(offices, 'nominateDelegate', nominated, [
      { input: { delegate: 'ncm:d5' }, as: elsewhere },
      { hub: from({ countries: ['LT'] }), as: elsewhere },
      { hub: from({ regions: [{ code: 'LV-RIX' }] }), as: elsewhere },
      { hub: from({ selectors: [{ id: 'ncm:vno' }] }), as: byOffice },
      {
        // The office where it goes sends nobody.
        hub: from({ selectors: [{ id: 'lv:police' }], coordinators: [] }),
        as: rule('SIDE', 'input.group', 'SENDER_NOT_NAMED'),
      },
      { hub: { 'nbnp:g': group }, as: elsewhere },
    ]);
    const closed = { office: 'ncm:rix', closedOn: '2009-11-01', version: 1 };
    const stated = { source: 'https://www.norden.org/en', on: '2009-11-01' };
    await offices.call('closeOffice', { ...closed, ...stated });
    await expectRefusals(offices, 'nominateDelegate', nominated, [
      { as: rule('CLOSED', 'input.delegate') },
    ]);
  });
});

describe.each(testDatabases)(
  'Mutation.selectDelegate for a group of sides on $name',
  (database) => {
    const decision = { nomination: 'ncm:n1', on: '2010-01-11', version: 1 };
    const authority = 'nbnp:lv-prosecutor';

    it('needs an authority that the first side names, and none where it names none', async () => {
      await using offices = await open(database, [nomination('1'), nomination('2')]);
      for (const id of [authority, 'nbnp:court']) offices.hub.set(id, { id });
      const byAuthority = rule('AUTHORITY', 'input.authority');
      await expectRefusals(offices, 'selectDelegate', decision, [
        { as: byAuthority },
        { input: { localAuthority: 'Prosecutor’s office' }, as: byAuthority },
        { input: { authority: 'nbnp:court' }, as: byAuthority },
      ]);
      const { refusal } = await offices.call('selectDelegate', { ...decision, authority });
      expect(refusal).toBeUndefined();
      for (const [id, fact] of Object.entries(from({ selectors: [{ id: 'ncm:rix' }] })))
        offices.hub.set(id, fact);
      const alone = { ...decision, nomination: 'ncm:n2' };
      expect((await offices.call('selectDelegate', alone)).refusal).toBeUndefined();
    });

    it('counts the officers who have a place', async () => {
      await using offices = await open(database, [nomination('1'), nomination('2', 'SELECTED')]);
      offices.hub.set(authority, { id: authority });
      const officers = (...ids: readonly string[]) => ({
        'nbnp:g': { ...sideGroup, acceptedOfficers: ids.map((id) => ({ id })) },
      });
      const decided = { ...decision, authority };
      await expectRefusals(offices, 'selectDelegate', decided, [
        {
          hub: officers('lv:o1', 'lt:o2'),
          as: { code: 'GROUP_FULL', argument: 'input.nomination' },
        },
      ]);
      expect((await offices.call('selectDelegate', decided)).refusal).toBeUndefined();
    });

    it.each(['acceptedOfficers', 'visits'])(
      'decides nothing while the network does not say its %s',
      async (field) => {
        await using offices = await open(database, [nomination('1')]);
        offices.hub.set(authority, { id: authority });
        const isUnknown = {
          hub: { 'nbnp:g': { ...sideGroup, [field]: null } },
          as: { code: 'PARTNER_INVALID_RESPONSE', partner: 'nbnp' },
        };
        for (const mutation of ['selectDelegate', 'declineDelegate', 'withdrawDelegate'] as const)
          await expectRefusals(offices, mutation, decision, [isUnknown]);
        const nominee = { group: 'nbnp:g', delegate: 'ncm:d2', on: '2010-03-01' };
        await expectRefusals(offices, 'nominateDelegate', nominee, [isUnknown]);
        const meeting = { group: 'nbnp:g', office: 'ncm:vno', kind: 'BRIEFING', on: '2010-04-01' };
        await expectRefusals(offices, 'recordDelegatesMeeting', meeting, [isUnknown]);
      },
    );

    it('refuses somebody who has moved elsewhere since the nomination', async () => {
      await using offices = await open(database, [nomination('5')]);
      await expectRefusals(offices, 'selectDelegate', { ...decision, nomination: 'ncm:n5' }, [
        { as: rule('SIDE', 'input.nomination', 'PERSON_ELSEWHERE') },
      ]);
    });
  },
);

describe.each(testDatabases)('Meetings of a group of sides on $name', (database) => {
  const briefing = { group: 'nbnp:g', office: 'ncm:vno', kind: 'BRIEFING', on: '2010-04-01' };

  it('are held by an office that co-ordinates the first side, with the officers', async () => {
    await using offices = await open(database, [nomination('1', 'SELECTED')]);
    const attendees = ['ncm:d1', 'lv:o1'];
    const { value } = await offices.call(
      'recordDelegatesMeeting',
      { ...briefing, attendees },
      'delegateMeetings { kind on attended missed }',
    );
    const meeting = { kind: 'BRIEFING', on: briefing.on, attended: 2, missed: 0 };
    expect(value).toEqual({ delegateMeetings: [meeting] });
    const alone = { ...briefing, attendees: ['ncm:d1'], version: 1 };
    const counted = await offices.call(
      'recordDelegatesMeeting',
      alone,
      'delegateMeetings { attended missed }',
    );
    expect(counted.value).toEqual({ delegateMeetings: [{ attended: 1, missed: 1 }] });
    offices.hub.set('nbnp:g', { ...sideGroup, visits: [returned] });
    const debriefing = { ...briefing, kind: 'DEBRIEFING', on: '2010-05-03' };
    const { refusal } = await offices.call('recordDelegatesMeeting', debriefing);
    expect(refusal).toBeUndefined();
  });

  it('are refused to other offices, and before there are enough members of both kinds', async () => {
    await using offices = await open(database, [nomination('1', 'SELECTED')]);
    const others = ['ncm:rix', 'ncm:tll', 'ncm:led'];
    await expectRefusals(offices, 'recordDelegatesMeeting', briefing, [
      ...others.map((office) => ({
        input: { office },
        as: rule('COORDINATOR', 'input.office'),
      })),
      {
        hub: { 'nbnp:g': { ...sideGroup, acceptedOfficers: [] } },
        as: rule('NOT_SELECTED', 'input.group'),
      },
      {
        hub: { 'nbnp:g': { ...sideGroup, visits: [departed] } },
        as: rule('DEPARTED', 'input.group'),
      },
      { input: { attendees: ['lt:o2'] }, as: rule('NOT_MEMBER', 'input.attendees.0') },
    ]);
  });
});

describe.each(testDatabases)('Mutation.signOfficeEvaluation of sides on $name', (database) => {
  const input = { programme: 'nbnp:p', on: '2010-12-01' };
  const signed = (facts: object) => ({
    'nbnp:p': {
      startsOn: '2009',
      endsOn: '2010',
      groups: [{ ...sideGroup, id: 'nbnp:g', visits: [returned], ...facts }],
    },
  });

  it('needs a report of either kind of members, and asks the police forces where they send some', async () => {
    await using offices = await open(database);
    const underWay = rule('UNDER_WAY', 'input.programme');
    await expectRefusals(offices, 'signOfficeEvaluation', input, [
      { hub: signed({ officerReportsReceived: 0 }), as: underWay },
      { hub: signed({ officerReportsReceived: null }), as: { code: 'PARTNER_UNAVAILABLE' } },
    ]);
    for (const [id, fact] of Object.entries(signed({ officerReportsReceived: 1 })))
      offices.hub.set(id, fact);
    expect((await offices.call('signOfficeEvaluation', input)).refusal).toBeUndefined();
  });
});

describe.each(testDatabases)('What an office hosts of a group of sides on $name', (database) => {
  const stop = {
    id: 'nbnp:s',
    day: '2010-04-13',
    hostCountry: 'EE',
    hostOwner: 'ncm',
    version: 1,
    visit: { cancelledOn: null, returnedOn: null, group: toEstonia },
  };
  const hosts = [{ country: 'EE', owner: 'ncm' }];
  const known = { isRehearsal: false, cancelledOn: null, version: 1, plans: [] };
  const visited = { ...visit, ...known, hosts, group: toEstonia };

  it('is confirmed by an office that the side names for the country, and by no other', async () => {
    await using offices = await open(database);
    offices.hub.set('nbnp:s', stop);
    const input = { stop: 'nbnp:s', office: 'ncm:tll', on: '2010-02-01', stopVersion: 1 };
    const others = ['ncm:rix', 'ncm:narva', 'ncm:led'];
    await expectRefusals(offices, 'confirmRegionalStop', input, [
      ...others.map((office) => ({
        input: { office },
        as: rule('HOST_COUNTRY', 'input.office', 'OFFICE_NOT_NAMED'),
      })),
      {
        hub: { 'nbnp:s': { ...stop, hostOwner: 'ee' } },
        as: rule('HOST_COUNTRY', 'input.stop', 'STOP_ELSEWHERE'),
      },
    ]);
    expect((await offices.call('confirmRegionalStop', input)).refusal).toBeUndefined();
  });

  it('is arranged by such an office, while the side names it', async () => {
    await using offices = await open(database);
    offices.hub.set('nbnp:v', visited);
    const offer = { office: 'ncm:tll', visit: 'nbnp:v' };
    await expectRefusals(offices, 'offerRegionalHosting', offer, [
      {
        input: { office: 'ncm:rix' },
        as: rule('HOST_COUNTRY', 'input.office', 'OFFICE_NOT_NAMED'),
      },
    ]);
    const { value } = await offices.call('offerRegionalHosting', offer);
    const { id: hosting } = value as { id: string };
    const decision = { hosting, on: '2010-02-01', version: 1 };
    const to = { ...toEstonia.to, hosts: [{ id: 'ncm:narva' }] };
    await expectRefusals(offices, 'confirmRegionalHosting', decision, [
      {
        hub: { 'nbnp:v': { ...visited, group: { ...toEstonia, to } } },
        as: rule('HOST_COUNTRY', 'input.hosting', 'OFFICE_NOT_NAMED'),
      },
    ]);
    expect((await offices.call('confirmRegionalHosting', decision)).refusal).toBeUndefined();
  });
});
