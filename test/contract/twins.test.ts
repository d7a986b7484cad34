import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import * as ofOffices from '../../subgraphs/ncm-offices/testing/test-mutations.js';
import {
  openOffices,
  openPolice,
  type Facts,
  type Names,
  type Side,
  type Values,
} from './twin-sides.js';

const rule = (name: string, argument: string, situation?: string) => ({
  code: 'RULE_VIOLATED',
  rule: name,
  argument: `input.${argument}`,
  ...(situation && { situation }),
});
const unknown = (argument: string) => ({ code: 'NOT_FOUND', argument: `input.${argument}` });
const bad = (argument: string) => ({ code: 'BAD_USER_INPUT', argument: `input.${argument}` });
const conflict = (argument: string, currentVersion = 1) => ({
  code: 'CONFLICT',
  argument: `input.${argument}`,
  currentVersion,
});

/** What is wrong; what the input has instead; the refusal; the facts that differ. */
type Case = readonly [what: string, input: Values, refusal: object, facts?: Facts];

/** `{code}` and the like stand for what a side calls it. */
interface Twins {
  readonly mutations: readonly [police: string, offices: string];
  readonly input: Values;
  readonly cases: readonly Case[];
  prepare?(side: Side): Promise<unknown>;
}

const departedGroup = { group: { visits: [ofOffices.departed] } };
const cancelledGroup = { group: { cancelledOn: '2010-01-01' } };
const ended = (argument: string): Case[] => [
  ['a cancelled group', {}, rule('CANCELLED', argument), cancelledGroup],
  ['a cancelled visit', {}, rule('CANCELLED', argument), { visit: { cancelledOn: '2010-01-01' } }],
  [
    'a visit that returned',
    {},
    rule('RETURNED', argument),
    { visit: { returnedOn: '2010-04-17' } },
  ],
  ['no network', {}, { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' }, { isAway: true }],
];
/** What the network says of a group that is back. */
const back: Facts = {
  group: { visits: [ofOffices.returned] },
  visit: { departedOn: '2010-04-12', returnedOn: '2010-04-17' },
};
const underWay: Facts = {
  group: { visits: [ofOffices.departed] },
  visit: { departedOn: '2010-04-12' },
};
const elsewhere = { hosts: [{ country: 'SE', owner: 'se' }] };
const blanks = (...names: readonly string[]): Case[] =>
  names.map((name) => [`a blank ${name}`, { [name]: ' ' }, bad(name)]);
const practicalities = blanks(
  'accommodation',
  'transport',
  'meetingPoint',
  'contactOnTheSpot',
  'emergencyContact',
  'note',
);
const days: Case[] = [
  ['before the programme', { on: '2008-12-31' }, rule('OUTSIDE_PROGRAMME', 'on')],
  ['after the programme', { on: '2011-01-01' }, rule('OUTSIDE_PROGRAMME', 'on')],
  ['tomorrow', { on: '2999-01-01' }, rule('FUTURE', 'on')],
];
const hosting = { hosting: '{hosting}', on: '2010-03-01', version: 1 };
const noHosting: Case[] = [
  ['no such offer', { hosting: '{code}:none' }, unknown('hosting')],
  ['an id with NUL', { hosting: '{code}:\0' }, unknown('hosting')],
  ['another version', { version: 2 }, conflict('version')],
];
const confirming = ['confirmHosting', 'confirmRegionalHosting'] as const;
const withdrawing = ['withdrawHosting', 'withdrawRegionalHosting'] as const;
const nominating = ['nominateOfficer', 'nominateDelegate'] as const;

const twins: readonly Twins[] = [
  {
    mutations: ['offerHosting', 'offerRegionalHosting'],
    input: { '{host}': '{own}', visit: 'nbnp:v' },
    cases: [
      ['no such visit', { visit: 'nbnp:none' }, unknown('visit')],
      ['no such host', { '{host}': '{code}:none' }, unknown('host')],
      ['elsewhere', {}, rule('HOST_COUNTRY', 'visit', 'VISIT_ELSEWHERE'), { visit: elsewhere }],
      ...ended('visit'),
      ...practicalities,
    ],
  },
  ...(
    [
      [null, '2010-04-16'],
      ['2010-04-13', null],
    ] as const
  ).flatMap(([from, to]): Twins[] => [
    {
      mutations: ['offerHosting', 'offerRegionalHosting'],
      input: { '{host}': '{own}', visit: 'nbnp:v' },
      prepare: (side) => side.setTimes(from, to),
      cases: [[`a host that is there from ${from} to ${to}`, {}, rule('CLOSED', 'host')]],
    },
    {
      mutations: confirming,
      input: hosting,
      prepare: (side) => side.setTimes(from, to),
      cases: [[`a host that is there from ${from} to ${to}`, {}, rule('CLOSED', 'hosting')]],
    },
  ]),
  {
    mutations: ['changeHosting', 'changeRegionalHosting'],
    input: { hosting: '{hosting}', note: 'Yes.', version: 1 },
    cases: [...noHosting, ...ended('hosting'), ...practicalities],
  },
  {
    mutations: confirming,
    input: hosting,
    cases: [
      ...noHosting,
      ['elsewhere', {}, rule('HOST_COUNTRY', 'hosting', 'VISIT_ELSEWHERE'), { visit: elsewhere }],
      ['another plan than was seen', { visitVersion: 0 }, conflict('visitVersion')],
      ...ended('hosting'),
      ...days,
    ],
  },
  {
    mutations: confirming,
    input: hosting,
    prepare: (side) => side.setHosting('CONFIRMED'),
    cases: [['once more', {}, rule('ALREADY_DECIDED', 'hosting')]],
  },
  {
    mutations: withdrawing,
    input: hosting,
    prepare: (side) => side.setHosting('CONFIRMED'),
    cases: [
      ...noHosting,
      ['before the confirmation', { on: '2010-01-31' }, rule('DATE_ORDER', 'on')],
      ...ended('hosting'),
      ...days.slice(1),
    ],
  },
  ...(
    [
      ['changeHosting', 'changeRegionalHosting', { hosting: '{hosting}', version: 1 }],
      [...confirming, hosting],
      [...withdrawing, hosting],
    ] as const
  ).map(([police, offices, input]): Twins => ({
    mutations: [police, offices],
    input,
    prepare: (side) => side.setHosting('WITHDRAWN'),
    cases: [['after a withdrawal', {}, rule('WITHDRAWN', 'hosting')]],
  })),
  {
    mutations: nominating,
    input: { '{person}': '{judge}', group: 'nbnp:g', on: '2009-11-02' },
    cases: [
      ['no such group', { group: 'nbnp:none' }, unknown('group')],
      ['no such person', { '{person}': '{code}:none' }, unknown('person')],
      ['an id with NUL', { '{person}': '{code}:\0' }, unknown('person')],
      ['somebody erased', { '{person}': '{erased}' }, rule('ERASED', 'person')],
      ['another target group', {}, rule('TARGET_GROUP', 'person')],
      ['a cancelled group', {}, rule('CANCELLED', 'group'), cancelledGroup],
      ['a group that left', {}, rule('DEPARTED', 'group'), departedGroup],
      ['no network', {}, { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' }, { isAway: true }],
      ...blanks('motivation'),
      ...days,
    ],
  },
  {
    mutations: ['withdrawOfficer', 'withdrawDelegate'],
    input: { nomination: '{nomination}', on: '2009-12-01', version: 1 },
    cases: [
      ['no such nomination', { nomination: '{code}:none' }, unknown('nomination')],
      ['an id with NUL', { nomination: '{code}:\0' }, unknown('nomination')],
      ['another version', { version: 2 }, conflict('version')],
      ['before the proposal', { on: '2009-11-01' }, rule('DATE_ORDER', 'on')],
      ['a cancelled group', {}, rule('CANCELLED', 'nomination'), cancelledGroup],
      ['a group that left', {}, rule('DEPARTED', 'nomination'), departedGroup],
      ['no network', {}, { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' }, { isAway: true }],
      ...days.slice(1),
    ],
  },
  {
    mutations: ['recordOfficerFormality', 'recordDelegateFormality'],
    input: {
      '{person}': '{member}',
      group: 'nbnp:g',
      kind: 'VISA',
      status: 'REQUESTED',
      on: '2010-03-01',
    },
    cases: [
      ['no such group', { group: 'nbnp:none' }, unknown('group')],
      ['no such person', { '{person}': '{code}:none' }, unknown('person')],
      ['somebody erased', { '{person}': '{erased}' }, rule('ERASED', 'person')],
      ['a nominee', { '{person}': '{nominee}' }, rule('NOT_MEMBER', 'person')],
      ['another version', { version: 1 }, conflict('version', 0)],
      ['a cancelled group', {}, rule('CANCELLED', 'group'), cancelledGroup],
      ['no network', {}, { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' }, { isAway: true }],
      ...blanks('note'),
      ...days,
    ],
  },
  {
    mutations: ['handInOfficerReport', 'handInDelegateReport'],
    input: {
      '{person}': '{member}',
      group: 'nbnp:g',
      visit: 'nbnp:v',
      on: '2010-05-01',
      text: 'A report.',
    },
    cases: [
      ['no such visit', { visit: 'nbnp:none' }, unknown('visit'), back],
      ['no such person', { '{person}': '{code}:none' }, unknown('person'), back],
      ['somebody erased', { '{person}': '{erased}' }, rule('ERASED', 'person'), back],
      ['a nominee', { '{person}': '{nominee}' }, rule('NOT_TRAVELLED', 'person'), back],
      [
        'a cancelled group',
        {},
        rule('CANCELLED', 'group'),
        { ...back, group: { ...back.group, ...cancelledGroup.group } },
      ],
      ['a group that has not left', {}, rule('NOT_TRAVELLED', 'visit')],
      ['a group that is not back', {}, rule('NOT_RETURNED', 'visit'), underWay],
      ['before the return', { on: '2010-04-16' }, rule('DATE_ORDER', 'on'), back],
      ['two years after the programme', { on: '2013-01-01' }, rule('TOO_LATE', 'on'), back],
      ['no network', {}, { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' }, { isAway: true }],
      ...blanks('text'),
      ...days.slice(2),
    ],
  },
  {
    mutations: ['setOfficerTravelNeeds', 'setDelegateTravelNeeds'],
    input: { '{person}': '{member}', diet: 'No nuts' },
    cases: [
      ['no such person', { '{person}': '{code}:none' }, unknown('person')],
      ['somebody erased', { '{person}': '{erased}' }, rule('ERASED', 'person')],
      ['another version', { version: 1 }, conflict('version', 0)],
      ...blanks('diet', 'access', 'emergencyContact'),
    ],
  },
];

/** The names of one side in place of those in braces. */
function inWordsOf({ words, ...names }: Names, input: Values): Values {
  const own: Readonly<Record<string, string>> = { ...names, own: names.host, ...words };
  const fill = (text: string, known: typeof own) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? name);
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [
      fill(key, own),
      typeof value === 'string' ? fill(value, own) : value,
    ]),
  );
}

describe.each(twins)('$mutations', ({ mutations, input, cases, prepare }) => {
  it.each(testDatabases)('are refused alike, in the words of each side: $name', async (kind) => {
    await using police = await openPolice(kind);
    await using offices = await openOffices(kind);
    for (const [side, mutation] of [
      [police, mutations[0]],
      [offices, mutations[1]],
    ] as const) {
      await prepare?.(side);
      const before = await side.rows();
      for (const [what, change, expected, facts] of cases) {
        const call = inWordsOf(side.names, { ...input, ...change });
        const refusal = await side.refusal(mutation, call, facts);
        const argument = String((expected as { argument?: string }).argument);
        const own = argument.replace(/\w+$/, (name) => side.names.words[name] ?? name);
        const inOwnWords = 'argument' in expected ? { ...expected, argument: own } : expected;
        expect.soft(refusal, `${mutation}: ${what}`).toMatchObject(inOwnWords);
      }
      expect(await side.rows(), mutation).toEqual(before);
    }
  });
});
