import 'reflect-metadata';

import type { Reader, tokens } from '@hub/shared/identity';
import { participantOf, readerOf, testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  inputTypes,
  nomination,
  openWrittenOffices,
  type MutationName,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

const decision = { nomination: 'ncm:n1', on: '2010-01-11', localAuthority: 'A court', version: 1 };
const stated = { source: 'https://www.norden.org/en', on: '2010-01-11' };
const meeting = { group: 'nbnp:g', office: 'ncm:led', on: '2010-01-11' };

/** An input of each mutation, with existing ids. */
const inputs: Readonly<Record<MutationName, Readonly<Record<string, unknown>>>> = {
  registerOffice: {
    name: 'Office West',
    kind: 'OFFICE',
    city: 'Rīga',
    country: 'LV',
    ...stated,
  },
  changeOffice: { office: 'ncm:tll', note: 'It moved.', version: 1, ...stated },
  closeOffice: { office: 'ncm:vno', closedOn: '2010-01-11', version: 1, ...stated },
  mergeOffices: {
    office: 'ncm:parnu',
    into: 'ncm:valga',
    reason: 'Registered twice.',
    version: 1,
    intoVersion: 1,
    ...stated,
  },
  setCoverage: { region: 'RU-MUR', office: 'ncm:mmk', version: 1, ...stated },
  registerRegionalSite: {
    name: 'Shelter of the North',
    sector: 'NGO',
    evidence: 'OFFERED_VISIT',
    region: 'RU-MUR',
    ...stated,
  },
  changeRegionalSite: { site: 'ncm:site-ru-icc', note: 'It moved.', version: 1, ...stated },
  closeRegionalSite: { site: 'ncm:site-ru-icc', closedOn: '2010', version: 1, ...stated },
  mergeRegionalSites: {
    site: 'ncm:site-ru-icc',
    into: 'ncm:site-ru-shelter',
    reason: 'Registered twice.',
    version: 1,
    intoVersion: 1,
    ...stated,
  },
  registerDelegate: {
    office: 'ncm:led',
    name: 'Berta Invented',
    targetGroup: 'POLICE',
    region: 'RU-LEN',
    languages: [],
  },
  changeDelegate: { delegate: 'ncm:d1', employer: 'Court', version: 1 },
  removeDelegate: { delegate: 'ncm:d3', version: 1 },
  holdDelegateData: { person: 'ncm:d4', reason: 'A complaint.', until: '2034-06-30' },
  reopenDelegateNomination: { nomination: 'ncm:n1', version: 1 },
  removeDelegatesMeeting: { group: 'nbnp:g', kind: 'BRIEFING', version: 1 },
  nominateDelegate: { group: 'nbnp:g', delegate: 'ncm:d2', on: '2010-01-11' },
  selectDelegate: decision,
  declineDelegate: decision,
  withdrawDelegate: decision,
  decideDelegates: {
    group: 'nbnp:g',
    on: '2010-01-11',
    decisions: [{ nomination: 'ncm:n1', decision: 'DECLINE', version: 1 }],
  },
  recordDelegateFormalities: {
    group: 'nbnp:g',
    formalities: [{ delegate: 'ncm:d1', kind: 'VISA', status: 'RECEIVED', on: '2010-03-01' }],
  },
  recordDelegateFormality: {
    delegate: 'ncm:d1',
    group: 'nbnp:g',
    kind: 'VISA',
    status: 'RECEIVED',
    on: '2010-01-11',
  },
  setDelegateTravelNeeds: { delegate: 'ncm:d1', diet: 'No nuts' },
  recordDelegatesMeeting: { ...meeting, kind: 'BRIEFING' },
  recordDelegatesAttendance: {
    group: 'nbnp:g',
    kind: 'BRIEFING',
    present: ['ncm:d1'],
    meetingVersion: 1,
  },
  recordDelegatesBriefing: meeting,
  recordDelegatesDebriefing: meeting,
  handInDelegateReport: {
    delegate: 'ncm:d1',
    group: 'nbnp:g',
    visit: 'nbnp:v',
    on: '2010-05-03',
    text: 'It.',
  },
  correctDelegateReport: {
    delegate: 'ncm:d1',
    group: 'nbnp:g',
    visit: 'nbnp:v',
    on: '2010-05-04',
    text: 'It was.',
  },
  confirmRegionalStop: { stop: 'nbnp:s', office: 'ncm:led', on: '2010-01-11', stopVersion: 1 },
  offerRegionalHosting: { office: 'ncm:led', visit: 'nbnp:v' },
  changeRegionalHosting: { hosting: 'ncm:h', note: 'It.', version: 1 },
  confirmRegionalHosting: { hosting: 'ncm:h', on: '2010-01-11', version: 1 },
  withdrawRegionalHosting: { hosting: 'ncm:h', on: '2010-01-11', version: 1 },
  signOfficeEvaluation: { programme: 'nbnp:p', on: '2010-12-01' },
  draftOfficeEvaluation: { programme: 'nbnp:p', summary: 'It.', version: 0 },
  withdrawOfficeSignature: { programme: 'nbnp:p', on: '2010-12-01' },
  setOfficeContactPoint: {
    office: 'ncm:led',
    set: { mailbox: 'desk@example.org', source: 'https://example.org', checkedOn: '2010-01-11' },
  },
  removeOfficeContactPoint: { office: 'ncm:led', contactPoint: 'ncm:none', version: 1 },
};
const mutations = Object.keys(inputTypes) as MutationName[];

const roles: readonly tokens.Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];
const readers: readonly (readonly [name: string, reader: Reader])[] = [
  ['the anonymous', { kind: 'anonymous' }],
  ['a participant', participantOf('ncm:demo-delegate-1')],
  ...['ncm', 'nbnp', 'fi'].flatMap((organisation) =>
    roles.map((role) => [`a ${role} of ${organisation}`, readerOf(organisation, role)] as const),
  ),
];

/**
 * Co-ordinators of the offices manage their side of the programme. Their liaisons confirm stops, and
 * host visits.
 */
function mayCall(reader: Reader, mutation: MutationName): boolean {
  if (reader.kind !== 'person' || reader.organisation !== 'ncm') return false;
  if (reader.role === 'liaison') return /Regional(Stop|Hosting)$/.test(mutation);
  return reader.role === 'coordinator';
}

describe('FORBIDDEN', () => {
  let offices: WrittenOffices;
  beforeAll(async () => {
    offices = await openWrittenOffices(sqlite, [nomination('1')]);
  });
  afterAll(() => offices[Symbol.asyncDispose]());

  it.each(readers)(
    'refuses forbidden mutations by %s, whether the record exists or not, and writes nothing',
    async (_, reader) => {
      const forbidden = { value: null, refusal: expect.objectContaining({ code: 'FORBIDDEN' }) };
      const before = await offices.rows();
      const asked = offices.asked.length;
      for (const mutation of mutations.filter((name) => !mayCall(reader, name))) {
        const input = inputs[mutation];
        const nowhere = Object.entries(input).map(([key, value]) => [
          key,
          typeof value === 'string' && /:\w/.test(value) ? 'ncm:none' : value,
        ]);
        for (const one of [input, Object.fromEntries(nowhere) as typeof input]) {
          expect(await offices.call(mutation, one, undefined, reader), mutation).toEqual(forbidden);
        }
      }
      expect(await offices.rows()).toBe(before);
      expect(offices.asked).toHaveLength(asked);
    },
  );

  it.each(readers.filter(([, reader]) => mutations.some((name) => mayCall(reader, name))))(
    'allows all other mutations by %s',
    async (_, reader) => {
      for (const mutation of mutations.filter((name) => mayCall(reader, name))) {
        const { refusal } = await offices.call(
          mutation,
          { ...inputs[mutation] },
          undefined,
          reader,
        );
        // A rule may refuse it, and the error names the rule to the offices’ own people.
        expect(refusal?.['code'], mutation).not.toBe('FORBIDDEN');
      }
    },
  );
});
