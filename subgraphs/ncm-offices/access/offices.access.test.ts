import 'reflect-metadata';

import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import {
  outcomesOf,
  readerOf,
  testDatabases,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offered, openScenarios, readers, visits, type VisitName } from '../testing/test-access.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

// The access table, written out independently of the policies.
type Column = 'people' | 'identity' | 'report' | VisitName;

const isIn = (list: readonly string[], one: string): boolean => list.includes(one);

interface Subject {
  readonly id: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** True for data of a member of group 1. A nomination alone gives no access. */
  readonly isMember?: boolean;
  readonly isOffer?: boolean;
  readonly paths: Readonly<Record<string, string>>;
}

function mayRead(reader: Reader, column: Column, { isMember = false, isOffer }: Subject): boolean {
  if (reader.kind !== 'person') return false;
  const { role, organisation } = reader;
  if (column === 'people') {
    if (organisation === 'ncm') return role !== 'analyst';
    const ofGroup = isMember ? ['nbnp', 'fi', 'no'] : ['nbnp'];
    return role !== 'analyst' && role !== 'auditor' && ofGroup.includes(organisation);
  }
  if (column === 'identity' || column === 'report') {
    if (role === 'liaison') return organisation === 'ncm';
    if (role !== 'coordinator' && role !== 'service') return false;
    const ofMembers = column === 'identity' ? ['nbnp', 'fi'] : ['nbnp'];
    return organisation === 'ncm' || (isMember && ofMembers.includes(organisation));
  }
  const { hosts, senders, hasOffice, returnedOn } = visits[column];
  if (role === 'auditor') return false;
  if (isOffer && organisation === 'ncm' && role !== 'analyst') return true;
  if (returnedOn !== null) return true;
  if (role === 'analyst') return false;
  const concerned: readonly string[] = [
    'nbnp',
    ...hosts,
    ...senders,
    // In Russia an office acts as the host.
    ...(hasOffice || isIn(hosts, 'ru') ? ['ncm'] : []),
  ];
  return concerned.includes(organisation);
}

const entity = (typename: string, id: string, selection: string) =>
  `{ _entities(representations: [{ __typename: "${typename}", id: "${id}" }]) { ${selection} } }`;
const ofGroup = (selection: string) =>
  entity('Group', 'nbnp:demo-group-1', `... on Group { ${selection} }`);

const delegate = (number: number, isMember: boolean): Subject => ({
  id: `ncm:demo-delegate-${number}`,
  columns: {
    name: 'identity',
    email: 'identity',
    employer: 'identity',
    targetGroup: 'people',
    country: 'people',
    languages: 'people',
    version: 'people',
  },
  isMember,
  paths: {
    'a root field': `{ delegate(id: "ncm:demo-delegate-${number}") { # } }`,
    'a list': '{ delegates(filter: { rehearsals: true }) { nodes { # } } }',
    'the edges of a list': '{ delegates(filter: { rehearsals: true }) { edges { node { # } } } }',
    'a filter': '{ delegates(filter: { office: "ncm:led", rehearsals: true }) { nodes { # } } }',
    'a nomination': ofGroup('delegateNominations { delegate { # } }'),
    ...(isMember && { 'another’s group': ofGroup('delegates { # }') }),
    _entities: entity('Delegate', `ncm:demo-delegate-${number}`, '... on Delegate { # }'),
  },
});

const nomination = (id: string, delegateId: string, isMember: boolean): Subject => ({
  id,
  columns: {
    motivation: 'identity',
    reason: 'identity',
    hasFormalities: 'identity',
    groupId: 'people',
    status: 'people',
    nominatedOn: 'people',
  },
  isMember,
  paths: {
    'a list': '{ delegateNominations { nodes { # } } }',
    'a delegate': `{ delegate(id: "${delegateId}") { nominations { # } } }`,
    _entities: entity('DelegateNomination', id, '... on DelegateNomination { # }'),
  },
});

const stop = (name: VisitName): Subject => ({
  id: `nbnp:stop-${name}`,
  columns: { officeConfirmedOn: name, officeConfirmedVersion: name },
  paths: { _entities: entity('ItineraryStop', `nbnp:stop-${name}`, '... on ItineraryStop { # }') },
});

/** The offices may read their own offers, even if they may read nothing else of that visit. */
const hosting = (name: VisitName): Subject => ({
  id: `ncm:hosting-${name}`,
  isOffer: true,
  columns: Object.fromEntries(Object.keys(offered).map((field) => [field, name])),
  paths: {
    'another’s visit': entity(
      'Visit',
      `nbnp:visit-${name}`,
      '... on Visit { regionalHostings { # } }',
    ),
    _entities: entity('RegionalHosting', `ncm:hosting-${name}`, '... on RegionalHosting { # }'),
  },
});

const subjects: readonly Subject[] = [
  delegate(1, true),
  delegate(13, false),
  nomination('ncm:demo-nomination-1-1', 'ncm:demo-delegate-1', true),
  nomination('ncm:demo-nomination-1-13', 'ncm:demo-delegate-13', false),
  // Selected for one group. Texts about her for another group are for the offices only.
  nomination('ncm:nomination-other', 'ncm:demo-delegate-1', false),
  {
    id: 'ncm:demo-delegate-1',
    columns: { name: 'identity', targetGroup: 'people', country: 'people' },
    isMember: true,
    paths: {
      'an interface': entity('Delegate', 'ncm:demo-delegate-1', '... on Participant { # }'),
    },
  },
  {
    id: 'ncm:report-1',
    columns: { text: 'report', receivedOn: 'people', group: 'people' },
    isMember: true,
    paths: {
      'a delegate': '{ delegate(id: "ncm:demo-delegate-1") { report { # } } }',
      'an interface': entity(
        'Delegate',
        'ncm:demo-delegate-1',
        '... on Participant { report { # } }',
      ),
    },
  },
  {
    // Her texts about another group, which she left, are for the offices only.
    id: 'ncm:report-2',
    columns: { text: 'report', receivedOn: 'people', group: 'people' },
    paths: { 'a delegate': '{ delegate(id: "ncm:demo-delegate-2") { report { # } } }' },
  },
  stop('running'),
  stop('ended'),
  stop('today'),
  stop('russian'),
  hosting('running'),
  hosting('ended'),
  hosting('today'),
  hosting('russian'),
];

describe('the table of who reads what', () => {
  let partner: TestPartner;
  beforeAll(async () => {
    partner = await openScenarios(sqlite);
  });
  afterAll(() => partner[Symbol.asyncDispose]());

  it.each(readers)('holds for %s, on every path', async (_, reader) => {
    for (const subject of subjects) {
      const selection = `id ${Object.keys(subject.columns).join(' ')}`;
      for (const [path, query] of Object.entries(subject.paths)) {
        const answer = await partner.ask(query.replace('#', selection), {}, reader);
        for (const [field, column] of Object.entries(subject.columns)) {
          const place = `${subject.id} ${field} (${column}) by ${path}`;
          const outcomes = outcomesOf(answer, subject.id, field);
          if (mayRead(reader, column, subject)) {
            expect(outcomes, place).toHaveLength(1);
            expect(outcomes[0], place).not.toBe('FORBIDDEN');
            expect(outcomes[0], place).not.toBeNull();
          } else {
            // Left out, or refused at its path.
            expect(outcomes.length, place).toBeLessThanOrEqual(1);
            for (const outcome of outcomes) expect(outcome, place).toBe('FORBIDDEN');
          }
        }
        for (const { extensions } of answer.errors ?? []) expect(extensions.code).toBe('FORBIDDEN');
      }
    }
  });

  it.each(readers)('lets %s read institutions, sites and counts', async (_, reader) => {
    const { data, errors } = await partner.ask(
      `{ offices { name roleInField note branches { name } covers { name office { name } } claims { value } coverages { isStated source office { name } } }
         regions { name } regionalSites { name note region { name } }
         _entities(representations: [
           { __typename: "Group", id: "nbnp:demo-group-1" }, { __typename: "Programme", id: "nbnp:demo-programme-past" }
         ]) {
           ... on Group { delegateCount delegateNominationCount delegatesSelectedOn delegatesBriefedOn delegateReportsReceived }
           ... on Programme { officeSignedOn officeSignatureCount }
         } }`,
      {},
      reader,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      _entities: [
        {
          delegateCount: 12,
          delegateNominationCount: 12,
          delegatesSelectedOn: '2026-09-14',
          ...(reader.kind !== 'person'
            ? { delegatesBriefedOn: null, delegateReportsReceived: 0 }
            : { delegatesBriefedOn: '2026-11-09', delegateReportsReceived: 1 }),
        },
        { officeSignedOn: '2025-11-27', officeSignatureCount: 1 },
      ],
    });
  });

  it.each(readers)('counts for %s the rows that it may list', async (_, reader) => {
    const { data, errors } = await partner.ask(
      `{ delegates(filter: { rehearsals: true }) { totalCount } some: delegates(filter: { language: "no", rehearsals: true }) { totalCount nodes { id } }
         delegateNominations(filter: { status: DECLINED }) { totalCount } }`,
      {},
      reader,
    );
    if (reader.kind !== 'person' || reader.role === 'analyst') {
      expect(data).toEqual({ delegates: null, some: null, delegateNominations: null });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('FORBIDDEN'));
    } else {
      const { organisation, role } = reader;
      const isOfGroup = role !== 'auditor' && ['fi', 'no'].includes(organisation);
      const isAll = organisation === 'ncm' || (organisation === 'nbnp' && role !== 'auditor');
      const [all, some, declined] = isAll ? [30, 5, 2] : isOfGroup ? [12, 2, 0] : [0, 0, 0];
      expect(data).toMatchObject({
        delegates: { totalCount: all },
        some: { totalCount: some },
        delegateNominations: { totalCount: declined },
      });
    }
  });
});

describe('FORBIDDEN', () => {
  it('is the same for hidden and unknown records', async () => {
    await using partner = await openScenarios(sqlite);
    const nobody = { kind: 'anonymous' } as const;
    const paths = [
      (id: string) => `{ it: delegate(id: "${id}") { id } }`,
      (id: string) => entity('Delegate', id, '... on Delegate { id }'),
      (id: string) => entity('DelegateNomination', id, '... on DelegateNomination { id }'),
    ];
    for (const path of paths) {
      const hidden = await partner.ask(path('ncm:demo-delegate-1'), {}, nobody);
      expect(hidden.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect(hidden).toEqual(await partner.ask(path('ncm:none'), {}, nobody));
    }
  });
});

describe('PARTNER_UNAVAILABLE', () => {
  it('is the error if a fact from the hub decides the access, and own rows need none', async () => {
    const refusal = new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    await using partner = await openScenarios(sqlite, () => Promise.reject(refusal));
    const query = '{ delegate(id: "ncm:demo-delegate-1") { id name targetGroup } }';
    const list = '{ delegates(filter: { rehearsals: true }) { totalCount } }';
    for (const one of [query, list]) {
      const { errors } = await partner.ask(one, {}, readerOf('fi', 'coordinator'));
      expect(errors).toMatchObject([{ extensions: { code: 'PARTNER_UNAVAILABLE' } }]);
      expect((await partner.ask(one, {}, readerOf('ncm', 'liaison'))).errors).toBeUndefined();
    }
  });
});
