import type { codes } from '@hub/shared/policy';
import type { vocabulary } from '@hub/shared/programme';

/**
 * The invented records of each police force. The network and the offices have the same groups,
 * visits and stops in their subgraphs, so numbers and ids must not change.
 */
export const people: Readonly<
  Record<codes.PoliceCode, { readonly unit: string; readonly languages: readonly string[] }>
> = {
  dk: { unit: 'dk:police', languages: ['da', 'en'] },
  ee: { unit: 'ee:ppa', languages: ['et', 'en'] },
  fi: { unit: 'fi:npb', languages: ['fi', 'sv', 'en'] },
  is: { unit: 'is:rls', languages: ['is', 'en'] },
  lt: { unit: 'lt:lkpb', languages: ['lt', 'en'] },
  lv: { unit: 'lv:police', languages: ['lv', 'en'] },
  no: { unit: 'no:police', languages: ['nb', 'en'] },
  se: { unit: 'se:npb', languages: ['sv', 'en'] },
};

/** The officers of each police force, by their number from 1. */
export const officers: readonly {
  readonly targetGroup: vocabulary.TargetGroup;
  readonly rank: string;
  readonly russian?: true;
}[] = [
  { targetGroup: 'POLICE', rank: 'Superintendent' },
  { targetGroup: 'POLICE', rank: 'Inspector', russian: true },
  { targetGroup: 'POLICE', rank: 'Chief inspector' },
  { targetGroup: 'PROSECUTION', rank: 'Prosecutor' },
  { targetGroup: 'POLICE', rank: 'Sergeant', russian: true },
  { targetGroup: 'BORDER_CONTROL', rank: 'Border guard officer' },
];

/** The experts of each Baltic police force, by their number from 1. */
export const expertCodes: readonly codes.PoliceCode[] = ['ee', 'lt', 'lv'];
export const expertRoles: readonly (readonly vocabulary.SupportRole[])[] = [
  ['INTERPRETER', 'EXPERT'],
  ['INTERPRETER', 'SUPPORT_PERSON'],
  ['EXPERT'],
  ['SUPPORT_PERSON'],
];

/** Nominations for a group from the Nordic and Baltic countries, made on one day. */
export interface DemoNominations {
  readonly number: number;
  readonly nominatedOn: string;
  /** The numbers of the nominated officers of a police force. */
  readonly nominees: (code: codes.PoliceCode) => readonly number[];
  readonly withdrawn?: {
    readonly code: codes.PoliceCode;
    readonly officer: number;
    readonly on: string;
  };
}

const sendsTwo = (code: codes.PoliceCode) => ['dk', 'fi', 'no', 'se'].includes(code);

export const nominations: readonly DemoNominations[] = [
  { number: 4, nominatedOn: '2024-09-02', nominees: (code) => (sendsTwo(code) ? [1, 2] : [1]) },
  {
    number: 2,
    nominatedOn: '2026-09-01',
    // The network declined the fourth Finnish officer and keeps the Estonian one as a reserve;
    // Iceland withdrew its own.
    nominees: (code) => (sendsTwo(code) || code === 'is' || code === 'ee' ? [3, 4] : [3]),
    withdrawn: { code: 'is', officer: 4, on: '2026-09-15' },
  },
  {
    // The network has not decided.
    number: 2,
    nominatedOn: '2026-11-23',
    nominees: (code) => (code === 'lt' ? [5] : []),
  },
];

/** The group that has travelled and reported, its visit, and the day on which the first reports came. */
export const reported = {
  group: 4,
  visit: 'nbnp:demo-visit-4',
  year: 2025,
  month: 3,
  firstDay: 28,
} as const;

/** The decisions on the network’s requests for experts. The second request to Latvia is open. */
export const loans: readonly {
  readonly assignment: string;
  readonly code: codes.PoliceCode;
  readonly expert: number;
  readonly decidedOn: string;
  readonly reason?: string;
}[] = [
  { assignment: '1-1', code: 'ee', expert: 1, decidedOn: '2026-10-09' },
  { assignment: '1-2', code: 'lv', expert: 1, decidedOn: '2026-10-12' },
  {
    assignment: '2-1',
    code: 'lt',
    expert: 2,
    decidedOn: '2026-11-16',
    reason: 'Demonstration: needed for a trial in that week.',
  },
  { assignment: '4-1', code: 'lt', expert: 1, decidedOn: '2025-01-27' },
  { assignment: '4-2', code: 'lv', expert: 2, decidedOn: '2025-01-30' },
  { assignment: '5-1', code: 'ee', expert: 1, decidedOn: '2026-11-19' },
];

/** What the accepted officers of the group that travels next have for the journey. A kind that is missing is open. */
export const prepared = {
  group: 2,
  /** Nominated, but not members. */
  without: ['fi:demo-officer-4', 'ee:demo-officer-4', 'lt:demo-officer-5'],
  formalities: [
    { kind: 'INVITATION_LETTER', status: 'RECEIVED', on: '2026-10-19', note: null },
    { kind: 'VISA', status: 'REQUESTED', on: '2026-11-16', note: 'The consulate needs six weeks.' },
    { kind: 'INSURANCE', status: 'RECEIVED', on: '2026-11-09', note: null },
    { kind: 'CONSENT', status: 'NOT_NEEDED', on: '2026-10-19', note: null },
  ],
  needs: {
    officer: 3,
    diet: 'Vegetarian',
    access: 'A seat near the interpreter',
    emergencyContact: 'A brother, brother@example.org',
    setOn: '2026-11-09',
  },
} as const;

/** What police forces offered for visits to their countries, and the stops that they confirmed. */
export const hostings: readonly {
  readonly visit: number;
  readonly code: codes.PoliceCode;
  readonly status: vocabulary.HostingStatus;
  /** The day of both. */
  readonly on: string;
  /** The numbers of the confirmed stops. */
  readonly stops: readonly number[];
}[] = [
  { visit: 1, code: 'fi', status: 'CONFIRMED', on: '2026-10-20', stops: [1, 2, 3] },
  { visit: 1, code: 'ee', status: 'CONFIRMED', on: '2026-10-20', stops: [4, 5, 6] },
  { visit: 1, code: 'lv', status: 'WITHDRAWN', on: '2026-10-06', stops: [] },
  // Norway has two more stops and its own offer to confirm. Denmark has not offered.
  { visit: 5, code: 'no', status: 'OFFERED', on: '2026-11-20', stops: [1] },
  { visit: 5, code: 'se', status: 'CONFIRMED', on: '2026-11-20', stops: [4] },
];
