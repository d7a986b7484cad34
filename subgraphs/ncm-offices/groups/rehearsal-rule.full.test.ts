import 'reflect-metadata';

import { personCases, testDatabases, thingCases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import {
  group,
  nomination,
  openWrittenOffices,
  programme,
  returned,
  rule,
  type MutationName,
} from '../testing/test-mutations.js';

type Use = readonly [mutation: MutationName, argument: string, input: object];

const authority = { localAuthority: 'Regional administration' };
const people: readonly Use[] = [
  ['nominateDelegate', 'input.delegate', { group: 'nbnp:g', delegate: 'ncm:d1', on: '2009-11-02' }],
  [
    'selectDelegate',
    'input.nomination',
    { nomination: 'ncm:n2', on: '2010-01-11', version: 1, ...authority },
  ],
];

const meeting = { office: 'ncm:led', on: '2010-03-01' };
const things: readonly Use[] = [
  ['recordDelegatesBriefing', 'input.office', { group: 'nbnp:g', ...meeting }],
  ['recordDelegatesMeeting', 'input.office', { group: 'nbnp:g', kind: 'BRIEFING', ...meeting }],
  [
    'recordDelegatesDebriefing',
    'input.office',
    { group: 'nbnp:back', office: 'ncm:led', on: '2010-05-01' },
  ],
  ['offerRegionalHosting', 'input.office', { office: 'ncm:led', visit: 'nbnp:v' }],
  ['confirmRegionalHosting', 'input.hosting', { hosting: 'ncm:h', on: '2010-03-01', version: 1 }],
  [
    'confirmRegionalStop',
    'input.office',
    { stop: 'nbnp:s', office: 'ncm:led', on: '2010-03-01', stopVersion: 2 },
  ],
];

const visit = {
  startsOn: '2010-04-12',
  endsOn: '2010-04-17',
  cancelledOn: null,
  returnedOn: null,
  hosts: [{ country: 'RU', owner: 'ncm' }],
  group: { cancelledOn: null, programme, senders: ['no'], coordinatingOffice: null },
};

const cases = [
  ...people.flatMap((use) => personCases.map((each) => ({ use, ...each }))),
  ...things.flatMap((use) => thingCases.map((each) => ({ use, ...each }))),
];

describe.each(testDatabases)('REHEARSAL on $name', (database) => {
  it.each(cases)(
    '$use.0 in a rehearsal ($programme), of what was made for one ($used): $isAllowed',
    async ({ use: [mutation, argument, input], programme: isRehearsal, used, isAllowed }) => {
      const nominations = [
        nomination('2'),
        nomination('3', 'SELECTED'),
        nomination('4', 'SELECTED'),
      ];
      const back = ['3', '4'].map((name) => ({
        ...nomination(name, 'SELECTED', 'nbnp:back'),
        id: `ncm:back-${name}`,
      }));
      await using offices = await openWrittenOffices(database, [...nominations, ...back]);
      const { manager } = offices.partner.source;
      await manager.update(Delegate, { id: 'ncm:d1' }, { isRehearsal: used });
      await manager.update(Delegate, { id: 'ncm:d2' }, { isRehearsal: used });
      await manager.update(Office, { id: 'ncm:led' }, { isRehearsal: used });
      await manager.insert(RegionalHosting, {
        id: 'ncm:h',
        officeId: 'ncm:led',
        visitId: 'nbnp:v',
        status: 'OFFERED',
        version: 1,
      });
      offices.hub.set('nbnp:g', { ...group, isRehearsal });
      offices.hub.set('nbnp:back', { ...group, isRehearsal, visits: [returned] });
      offices.hub.set('nbnp:v', { ...visit, isRehearsal });
      const stop = { day: '2010-04-13', hostOwner: 'ncm', version: 2 };
      offices.hub.set('nbnp:s', { ...stop, isRehearsal, visit: { ...visit, isRehearsal } });
      const before = await offices.rows();
      const { refusal } = await offices.call(mutation, { ...input });
      if (isAllowed) {
        expect(refusal).toBeUndefined();
      } else {
        expect(refusal).toMatchObject(rule('REHEARSAL', argument));
        expect(await offices.rows()).toBe(before);
      }
    },
  );

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('registers a delegate of an office %j, given %j', async (ofOffice, isRehearsal) => {
    await using offices = await openWrittenOffices(database);
    const { manager } = offices.partner.source;
    await manager.update(Office, { id: 'ncm:led' }, { isRehearsal: ofOffice });
    const person = { name: 'Anna Invented', targetGroup: 'POLICE', languages: [] };
    const input = { ...person, office: 'ncm:led', region: 'RU-LEN', isRehearsal };
    const { value } = await offices.call('registerDelegate', input, 'isRehearsal');
    expect(value).toEqual({ isRehearsal: ofOffice || isRehearsal });
  });
});
