import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  fields,
  hasEnded,
  isPerson,
  objects,
  organisations,
  partly,
  readsChanges,
  readsItinerary,
  readsVisit,
  roles,
  visits,
  type Someone,
} from './access-rules.js';

const officer = '__typename id name email rank targetGroup country';
const delegate = '__typename id name email employer targetGroup';
const assignment =
  '__typename id expertId role assignedOn status loanGranted loanDecidedOn loanReason';
const expert = `__typename id name email roles assignments { ${assignment} }`;
const report = '__typename id receivedOn text';
const officerNomination = '__typename id nominatedOn motivation declineReason';
const delegateNomination = '__typename id status reason';
const stop = '__typename id title day from to sector confirmed visit { __typename id title }';
const hosting =
  '__typename id status accommodation transport meetingPoint contactOnTheSpot emergencyContact note decidedOn version';
const plan = `stops { ${stop} } experts { ${assignment} } hostings { ${hosting} } regionalHostings { ${hosting} } missingSectors`;

interface AccessPath {
  readonly query: string;
  /** Who may take it at all. */
  readonly isOpenTo: (who: Someone) => boolean;
}
const forPersons = (query: string): AccessPath => ({ query, isOpenTo: isPerson });
const forAll = (query: string): AccessPath => ({ query, isOpenTo: () => true });

const change = '__typename id at organisation person mutation subject fields reason';
const forChangeReaders = (query: string): AccessPath => ({
  query: `${query} { nodes { ${change} } edges { node { ${change} } } }`,
  isOpenTo: readsChanges,
});

const whole = (fields: string) => `{ totalCount nodes { ${fields} } edges { node { ${fields} } } }`;

/** The access paths to restricted data. Each starts at a different root field. */
const questions: readonly Readonly<Record<string, AccessPath>>[] = [
  {
    officers: forPersons(
      `officers(first: 60) ${whole(`${officer} report { ${report} } nominations { ${officerNomination} }`)}`,
    ),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((number) => [
        `officer${number}`,
        forPersons(
          `officer(id: "fi:demo-officer-${number}") { ${officer} report { ${report} } nominations { ${officerNomination} officer { ${officer} } } }`,
        ),
      ]),
    ),
    ofPolice: forPersons(
      `officers(filter: { country: "EE" }, first: 60) { totalCount countAtLeast nodes { ${officer} } }`,
    ),
    experts: forPersons(`experts(first: 60) ${whole(expert)}`),
    expert: forPersons(`expert(id: "lv:demo-expert-1") { ${expert} }`),
    units: forAll(
      `policeUnits { __typename id officers(first: 60) { totalCount nodes { ${officer} } } experts { ${expert} } hostings { ${hosting} } }`,
    ),
  },
  {
    delegates: forPersons(
      `delegates(first: 60) ${whole(`${delegate} report { ${report} } nominations { ${delegateNomination} }`)}`,
    ),
    ...Object.fromEntries(
      [1, 12, 13, 14, 15].map((number) => [
        `delegate${number}`,
        forPersons(`delegate(id: "ncm:demo-delegate-${number}") { ${delegate} }`),
      ]),
    ),
    nominations: forPersons(
      `delegateNominations(first: 60) ${whole(`${delegateNomination} delegate { ${delegate} }`)}`,
    ),
    groups:
      forAll(`groups(first: 10) { nodes { __typename id memberCount delegateCount officerNominationCount
      members { __typename id name report { ${report} } ... on Officer { email rank } ... on Delegate { email employer } }
      delegates { ${delegate} }
      delegateNominations { ${delegateNomination} }
      officerNominations { ${officerNomination} officer { ${officer} } } } }`),
  },
  {
    visits: forAll(`visits(first: 10) ${whole(`__typename id title ${plan}`)}`),
    groupVisits: forAll(
      `groups(first: 10) { nodes { id visits { __typename id title ${plan} } } }`,
    ),
    ...Object.fromEntries(
      visits.flatMap((id) => {
        const number = id.at(-1);
        return [
          [
            `visit${number}`,
            {
              query: `visit(id: "${id}") { __typename id title ${plan} }`,
              isOpenTo: (who: Someone) => readsVisit(who, id),
            },
          ],
          [
            `stop${number}`,
            {
              query: `itineraryStop(id: "nbnp:demo-stop-${number}-2") { ${stop} }`,
              isOpenTo: (who: Someone) => readsItinerary(who, id),
            },
          ],
          [
            `status${number}`,
            {
              query: `itineraryStop(id: "nbnp:demo-stop-${number}-2") { status siteContact siteContactOn }`,
              isOpenTo: (who: Someone) => readsVisit(who, id),
            },
          ],
        ];
      }),
    ),
    hostings: forAll(
      `policeUnits { __typename id hostings { ${hosting} visit { __typename id title ${plan} } } }`,
    ),
  },
  {
    networkChanges: forChangeReaders('networkChanges(first: 5)'),
    officeChanges: forChangeReaders('officeChanges(first: 5)'),
    policeChanges: forChangeReaders('policeChanges(country: "FI", first: 5)'),
    changesOfOne: forChangeReaders('networkChanges(filter: { subject: "nbnp:demo-group-1" })'),
  },
];
const documents = questions.map(
  (accessPaths) =>
    `{ ${Object.entries(accessPaths)
      .map(([alias, { query }]) => `${alias}: ${query}`)
      .join('\n')} }`,
);

type Path = readonly (string | number)[];
const write = (path: Path) => path.join('.');

/** What an answer should have said, as far as its objects go: the paths of what is withheld. */
function readWithheld(
  who: Someone,
  accessPaths: Readonly<Record<string, AccessPath>>,
  data: Tree,
  seen: (coordinate: string, id: string, value: unknown) => void,
): string[] {
  const withheld: string[] = [];
  const walk = (value: Tree, path: Path): void => {
    if (Array.isArray(value)) return value.forEach((item, index) => walk(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return;
    const { __typename: type = '', id = '' } = value as Record<string, string | undefined>;
    expect(objects[type]?.(who, id) ?? true, `${type} ${id} at ${write(path)}`).toBe(true);
    for (const [field, inner] of Object.entries(value as object)) {
      const rule = fields[type]?.[field];
      if (rule && !rule(who, id)) {
        expect(inner, `${type}.${field} of ${id} at ${write([...path, field])}`).toBeNull();
        withheld.push(write([...path, field]));
      } else {
        if (partly[type]?.[field]?.(who, id)) withheld.push(write([...path, field]));
        if (rule && typeof inner !== 'object') seen(`${type}.${field}`, id, inner);
        if (rule && inner === null) seen(`${type}.${field}`, id, null);
        walk(inner, [...path, field]);
      }
    }
  };
  for (const [alias, { isOpenTo }] of Object.entries(accessPaths)) {
    if (isOpenTo(who)) {
      expect(data[alias], alias).not.toBeNull();
      walk(data[alias], [alias]);
    } else {
      expect(data[alias], alias).toBeNull();
      withheld.push(alias);
    }
  }
  return withheld.toSorted();
}

const refusals = ({ errors = [] }: Answer): string[] =>
  errors
    .map(({ path, extensions: { code } }) =>
      code === 'FORBIDDEN' ? write(path ?? []) : `${write(path ?? [])} ${code}`,
    )
    .toSorted();

const readers: readonly (readonly [string, Someone])[] = [
  ['the anonymous', undefined],
  ...organisations.flatMap((organisation) =>
    roles.map((role) => [`${organisation}, ${role}`, { organisation, role }] as const),
  ),
];

/** Everything restricted that anybody read, so that what one reads is what another reads. */
type Truth = Map<string, unknown>;

describe('FORBIDDEN', () => {
  let network: OpenNetwork;
  const truth: Truth = new Map();
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  }, 60_000);
  afterAll(() => network[Symbol.asyncDispose]());

  it.each(readers)(
    'is what %s gets, on every access path, for exactly the data that it may not read',
    async (_name, who) => {
      for (const [index, accessPaths] of questions.entries()) {
        const answer = await network.ask(documents[index] ?? '', {}, who);
        const withheld = readWithheld(who, accessPaths, answer.data, (coordinate, id, value) => {
          const key = `${coordinate} ${id}`;
          if (!truth.has(key)) truth.set(key, value);
          expect(value, key).toEqual(truth.get(key));
        });
        expect(refusals(answer)).toEqual(withheld);
      }
    },
  );

  it('leaves nothing unread that somebody may read: each field has a value for some reader', () => {
    const coordinates = new Set(
      [...truth].filter(([, value]) => value !== null).map(([key]) => key.split(' ')[0]),
    );
    for (const expected of [
      'Officer.name',
      'Officer.email',
      'Officer.rank',
      'Delegate.name',
      'Delegate.email',
      'Delegate.employer',
      'Expert.name',
      'Expert.email',
      'ExpertAssignment.loanReason',
      'OfficerNomination.motivation',
      'ParticipantReport.text',
    ])
      expect(coordinates).toContain(expected);
    const named = (prefix: string) =>
      [...truth.keys()].filter((key) => key.startsWith(prefix)).length;
    expect([named('Officer.name'), named('Delegate.name'), named('Expert.name')]).toEqual([
      48, 30, 12,
    ]);
  });

  it('does not hide the counts, except of visits that are not to be known', async () => {
    const counts =
      '{ visits { totalCount } groups { nodes { memberCount delegateCount officerNominationCount } } }';
    const anonymous = await network.ask(counts);
    const known = await network.ask(counts, {}, { organisation: 'se', role: 'auditor' });
    expect(anonymous.errors).toBeUndefined();
    expect(anonymous.data.groups).toEqual(known.data.groups);
    expect(known.data.visits.totalCount).toBe(visits.length);
    expect(anonymous.data.visits.totalCount).toBe(visits.filter(hasEnded).length);
  });
});
