import { openOffices, openPolice } from './twin-sides.js';
import {
  back,
  blanks,
  cancelledGroup,
  conflict,
  days,
  departedGroup,
  describeTwins,
  rule,
  underWay,
  unknown,
  type Case,
  type Twins,
} from './twin-table.js';

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
const elsewhere = { hosts: [{ country: 'SE', owner: 'se' }] };
const practicalities = blanks(
  'accommodation',
  'transport',
  'meetingPoint',
  'contactOnTheSpot',
  'emergencyContact',
  'note',
);
const hosting = { hosting: '{hosting}', on: '2010-03-01', version: 1 };
const noHosting: Case[] = [
  ['no such offer', { hosting: '{code}:none' }, unknown('hosting')],
  ['an id with NUL', { hosting: '{code}:\0' }, unknown('hosting')],
  ['another version', { version: 2 }, conflict('version')],
];
const confirming = ['confirmHosting', 'confirmRegionalHosting'] as const;
const withdrawing = ['withdrawHosting', 'withdrawRegionalHosting'] as const;
const correcting = ['correctOfficerReport', 'correctDelegateReport'] as const;
const report = {
  '{person}': '{member}',
  group: 'nbnp:g',
  visit: 'nbnp:v',
  on: '2010-05-01',
  text: 'A report.',
};
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
  ...(
    [
      [['handInOfficerReport', 'handInDelegateReport'], rule('NOT_TRAVELLED', 'person')],
      [correcting, unknown('visit'), (side) => side.report()],
    ] as const satisfies readonly (readonly [Twins['mutations'], object, Twins['prepare']?])[]
  ).map(([mutations, ofNominee, prepare]): Twins => ({
    mutations,
    input: report,
    ...(prepare && { prepare }),
    cases: [
      ['no such visit', { visit: 'nbnp:none' }, unknown('visit'), back],
      ['no such person', { '{person}': '{code}:none' }, unknown('person'), back],
      ['somebody erased', { '{person}': '{erased}' }, rule('ERASED', 'person'), back],
      ['a nominee', { '{person}': '{nominee}' }, ofNominee, back],
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
  })),
  {
    mutations: correcting,
    input: report,
    cases: [['no report', {}, unknown('visit'), back]],
  },
  {
    mutations: correcting,
    input: report,
    prepare: (side) => side.report(),
    cases: [
      ['another version', { version: 2 }, conflict('version'), back],
      ['before the report', { on: '2010-04-20' }, rule('DATE_ORDER', 'on'), back],
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

describeTwins(twins, [openPolice, openOffices]);
