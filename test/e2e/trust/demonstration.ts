/*
 * The plan of the demonstration, as far as rights depend on it.
 */

export const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];

/** The day on which the tests ask: the first group of the demonstration is away. */
const today = '2026-11-26';
export const clock = (): Date => new Date(`${today}T12:00:00Z`);

interface JourneyPlan {
  readonly group: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly isOver?: true;
  readonly hosts: readonly string[];
  readonly senders: readonly string[];
}

/** The visits of the demonstration. An office co-ordinates every group. */
export const journeys: Readonly<Record<string, JourneyPlan>> = {
  'nbnp:demo-visit-1': {
    group: '1',
    startsOn: '2026-11-22',
    endsOn: '2026-11-27',
    hosts: ['fi', 'ee'],
    senders: ['ncm'],
  },
  'nbnp:demo-visit-2': {
    group: '2',
    startsOn: '2027-02-07',
    endsOn: '2027-02-12',
    hosts: ['ru'],
    senders: polices,
  },
  // Cancelled.
  'nbnp:demo-visit-3': {
    group: '3',
    startsOn: '2026-12-06',
    endsOn: '2026-12-11',
    isOver: true,
    hosts: ['is'],
    senders: [],
  },
  'nbnp:demo-visit-4': {
    group: '4',
    startsOn: '2025-03-09',
    endsOn: '2025-03-14',
    isOver: true,
    hosts: ['ru'],
    senders: polices,
  },
  'nbnp:demo-visit-5': {
    group: '5',
    startsOn: '2027-03-07',
    endsOn: '2027-03-12',
    hosts: ['no', 'se', 'dk'],
    senders: ['ncm'],
  },
};
export const visits = Object.keys(journeys);

const acceptedOfficers: Readonly<Record<string, readonly string[]>> = {
  '4': [
    ...polices.map((code) => `${code}:1`),
    ...['dk', 'fi', 'no', 'se'].map((code) => `${code}:2`),
  ],
  '2': [...polices.map((code) => `${code}:3`), ...['dk', 'no', 'se'].map((code) => `${code}:4`)],
};
/** Who waits for group 2, which has not departed: the Estonian reserve, and a Lithuanian on whom nobody decided. */
const waitingOfficers: Readonly<Record<string, readonly string[]>> = { '2': ['ee:4', 'lt:5'] };
/** The members of the delegates’ groups: the numbers of the first and last delegate. */
const selectedDelegates: Readonly<Record<string, readonly [number, number]>> = {
  '1': [1, 12],
  '5': [15, 24],
};

/** The assignments of the demonstration: whose expert, and whether she is lent. */
export const assignments: Readonly<Record<string, readonly [expert: string, isLent: boolean]>> = {
  'nbnp:demo-assignment-1-1': ['ee:demo-expert-1', true],
  'nbnp:demo-assignment-1-2': ['lv:demo-expert-1', true],
  'nbnp:demo-assignment-2-1': ['lt:demo-expert-2', false],
  'nbnp:demo-assignment-2-2': ['lv:demo-expert-2', false],
  'nbnp:demo-assignment-4-1': ['lt:demo-expert-1', true],
  'nbnp:demo-assignment-4-2': ['lv:demo-expert-2', true],
  'nbnp:demo-assignment-5-1': ['ee:demo-expert-1', true],
};

export const ownerOf = (id: string) => id.slice(0, id.indexOf(':'));
export const numbersOf = (id: string) =>
  [...id.matchAll(/-(\d+)/g)].map(([, number]) => number ?? '');

export const hostsOf = (group: string | undefined) =>
  Object.values(journeys).flatMap((journey) => (journey.group === group ? journey.hosts : []));

export const groupsOfOfficer = (id: string) =>
  Object.keys(acceptedOfficers).filter((group) =>
    acceptedOfficers[group]?.includes(`${ownerOf(id)}:${numbersOf(id)[0]}`),
  );

export const isOfGroup = (nomination: string, group: string, number: string) =>
  acceptedOfficers[group]?.includes(`${ownerOf(nomination)}:${number}`) ?? false;

export const isWaiting = (id: string, number: string | undefined, group = '2'): boolean =>
  waitingOfficers[group]?.includes(`${ownerOf(id)}:${number}`) ?? false;

export const groupOfDelegate = (id: string) =>
  Object.entries(selectedDelegates).find(([, [first, last]]) => {
    const number = Number(numbersOf(id)[0]);
    return first <= number && number <= last;
  })?.[0];

/** The delegates who are nominated for a group, members or not, without those who are declined or withdrawn. */
const nominatedDelegates: typeof selectedDelegates = { '1': [1, 12], '5': [15, 26] };

/** The groups for which somebody is nominated, and neither declined nor withdrawn. */
export const groupsOfNominee = (id: string): readonly string[] => {
  const number = Number(numbersOf(id)[0]);
  if (ownerOf(id) !== 'ncm')
    return [...groupsOfOfficer(id), ...(isWaiting(id, String(number)) ? ['2'] : [])];
  return Object.entries(nominatedDelegates).flatMap(([group, [first, last]]) =>
    first <= number && number <= last ? group : [],
  );
};

/** Whether a nomination is neither declined nor withdrawn. */
export const isStanding = (nomination: string): boolean => {
  const [group = '', number = ''] = numbersOf(nomination);
  if (ownerOf(nomination) !== 'ncm')
    return isOfGroup(nomination, group, number) || isWaiting(nomination, number, group);
  const [first, last] = nominatedDelegates[group] ?? [1, 0];
  return Number(number) <= last - first + 1;
};

/** Nominations are numbered in each group, the members first. */
export function isSelected(group: string, number: string | undefined): boolean {
  const [first, last] = selectedDelegates[group] ?? [1, 0];
  return Number(number) <= last - first + 1;
}

export const hasEnded = (visit: string): boolean => (journeys[visit]?.endsOn ?? '') < today;

/** Whether a host of a group still has a task with it: 90 days after its return it has not. */
export const isLongOver = (visit: string): boolean => {
  const { endsOn = '', isOver = false } = journeys[visit] ?? {};
  return isOver && daysBetween(endsOn, today) > 90;
};

const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Who hosts a group now: from 30 days before the departure until the return. In Russia that is the office. */
export const preparesFor = (group: string): readonly string[] =>
  Object.values(journeys)
    .filter((one) => one.group === group && !one.isOver && daysBetween(today, one.startsOn) <= 30)
    .flatMap(({ hosts }) => hosts.map((host) => (host === 'ru' ? 'ncm' : host)));
