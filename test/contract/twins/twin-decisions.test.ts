import { openNetwork, openOffices } from './twin-sides.js';
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

const declining = ['declineOfficer', 'declineDelegate'] as const;
const reopening = ['reopenOfficerNomination', 'reopenDelegateNomination'] as const;
const meeting = ['recordGroupMeeting', 'recordDelegatesMeeting'] as const;
const removing = ['removeGroupMeeting', 'removeDelegatesMeeting'] as const;

const ended = (argument: string): Case[] => [
  ['a cancelled group', {}, rule('CANCELLED', argument), cancelledGroup],
  ['a group that left', {}, rule('DEPARTED', argument), departedGroup],
];
const away: Case = ['whoever knows more', {}, { code: 'PARTNER_UNAVAILABLE' }, { isAway: true }];
const decline = { nomination: '{nomination}', on: '2009-12-01', version: 1 };
const reopen = { nomination: '{nomination}', '{seen}': 1 };
const meet = { group: '{group}', kind: 'BRIEFING', on: '2010-03-01' };
const remove = { group: '{group}', kind: 'BRIEFING', '{met}': 1 };

const twins: readonly Twins[] = [
  {
    mutations: declining,
    input: decline,
    cases: [
      ['no such nomination', { nomination: '{code}:none' }, unknown('nomination')],
      ['an id with NUL', { nomination: '{code}:\0' }, unknown('nomination')],
      ['another version', { version: 2 }, conflict('version')],
      ['before the proposal', { on: '2009-11-01' }, rule('DATE_ORDER', 'on')],
      ...ended('decided'),
      ...blanks('reason'),
      ...days,
      away,
    ],
  },
  ...(
    [
      ['DECLINED', 'ALREADY_DECIDED'],
      ['WITHDRAWN', 'WITHDRAWN'],
    ] as const
  ).map(([status, name]): Twins => ({
    mutations: declining,
    input: decline,
    prepare: (side) => side.setDecision(status),
    cases: [[`after ${status}`, {}, rule(name, 'nomination')]],
  })),
  {
    mutations: reopening,
    input: reopen,
    prepare: (side) => side.setDecision('DECLINED'),
    cases: [
      ['no such nomination', { nomination: '{code}:none' }, unknown('nomination')],
      ['an id with NUL', { nomination: '{code}:\0' }, unknown('nomination')],
      ['another version', { '{seen}': 2 }, conflict('seen')],
      ...ended('decided'),
      away,
    ],
  },
  ...(
    [
      ['WITHDRAWN', 'WITHDRAWN'],
      ['SELECTED', 'ACCEPTED'],
      ['PENDING', 'NOT_DECIDED'],
    ] as const
  ).map(([status, name]): Twins => ({
    mutations: reopening,
    input: reopen,
    async prepare(side) {
      if (status === 'WITHDRAWN') await side.setDecision('DECLINED');
      await side.setDecision(status);
    },
    cases: [[`after ${status}`, {}, rule(name, 'nomination')]],
  })),
  {
    mutations: meeting,
    input: meet,
    prepare: (side) => side.setDecision('SELECTED'),
    cases: [
      ['no such group', { group: 'nbnp:none' }, unknown('group')],
      ['another version', { '{met}': 1 }, conflict('met', 0)],
      ['a stranger', { attendees: ['{code}:none'] }, rule('NOT_MEMBER', 'attendees.0')],
      ['a debriefing before the return', { kind: 'DEBRIEFING' }, rule('NOT_RETURNED', 'group')],
      ['a debriefing under way', { kind: 'DEBRIEFING' }, rule('NOT_RETURNED', 'group'), underWay],
      [
        'a debriefing on a day before the return',
        { kind: 'DEBRIEFING', on: '2010-04-16' },
        rule('DATE_ORDER', 'on'),
        back,
      ],
      [
        'a debriefing two years after the programme',
        { kind: 'DEBRIEFING', on: '2013-01-01' },
        rule('TOO_LATE', 'on'),
        back,
      ],
      ...ended('group'),
      ...blanks('place', 'agenda', 'outcome'),
      ...days,
    ],
  },
  {
    mutations: removing,
    input: remove,
    cases: [['no meeting', {}, unknown('kind')]],
  },
  {
    mutations: removing,
    input: remove,
    prepare: (side) => side.meet(),
    cases: [
      ['no such group', { group: 'nbnp:none' }, unknown('group')],
      ['another version', { '{met}': 2 }, conflict('met')],
      ...ended('group'),
    ],
  },
];

describeTwins(twins, [openNetwork, openOffices]);
