import {
  hasTasks,
  knowsExpert,
  knowsPerson,
  listsPeople,
  readsChanges,
  readsItinerary,
  readsVisit,
  type Someone,
} from './access-rules.js';
import { visits } from './demonstration.js';

const preparation = (group: string) =>
  `formalities(group: "${group}") { kind status on note } outstanding(group: "${group}") travelNeeds { diet access emergencyContact }`;
const officer = '__typename id name email rank targetGroup country';
const delegate = '__typename id name email employer targetGroup';
const assignment = '__typename id expertId role assignedOn status loanDecidedOn loanReason';
const expert = `__typename id name email roles assignments { ${assignment} }`;
const report = '__typename id receivedOn text';
const officerNomination = '__typename id nominatedOn motivation reason';
const delegateNomination = '__typename id status motivation reason';
const stop =
  '__typename id title day from to sector confirmed address city meetingPoint contactOnTheSpot note statusReason visit { __typename id title }';
// A meeting has no id. In the demonstration its day tells the group.
const meeting = '__typename id: on kind place agenda outcome attended missed';
// Of the absences of the demonstration the day tells whose they are.
const absence = '__typename id: from reason participant { __typename id }';
const hosting =
  '__typename id status accommodation transport meetingPoint contactOnTheSpot emergencyContact note decidedOn version';
const plan = `practicalInformation stops { ${stop} } experts { ${assignment} } hostings { ${hosting} } regionalHostings { ${hosting} } missingSectors`;

/** A way to restricted data. */
export interface AccessPath {
  readonly query: string;
  /** Who may take it at all. */
  readonly isOpenTo: (who: Someone) => boolean;
}
const forLists = (query: string): AccessPath => ({ query, isOpenTo: listsPeople });
const forOne = (id: string, query: string, mayKnow = knowsPerson): AccessPath => ({
  query,
  isOpenTo: (who) => mayKnow(who, id),
});
const forAll = (query: string): AccessPath => ({ query, isOpenTo: () => true });

const change = '__typename id at organisation person mutation subject fields reason';
const forChangeReaders = (query: string): AccessPath => ({
  query: `${query} { nodes { ${change} } edges @include(if: $edges) { node { ${change} } } }`,
  isOpenTo: readsChanges,
});

/** The edges lead to the same rows, and are selected for some of the readers. */
const whole = (fields: string) =>
  `{ totalCount nodes { ${fields} } edges @include(if: $edges) { node { ${fields} } } }`;

/** The access paths to restricted data. Each starts at a different root field. */
export const questions: readonly Readonly<Record<string, AccessPath>>[] = [
  {
    officers: forLists(
      `officers(first: 60, filter: { rehearsals: true }) ${whole(`${officer} report { ${report} } nominations { ${officerNomination} }`)}`,
    ),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((number) => [
        `officer${number}`,
        forOne(
          `fi:demo-officer-${number}`,
          `officer(id: "fi:demo-officer-${number}") { ${officer} report { ${report} } nominations { ${officerNomination} officer { ${officer} } } }`,
        ),
      ]),
    ),
    ofPolice: forLists(
      `officers(filter: { country: "EE", rehearsals: true }, first: 60) { totalCount countAtLeast nodes { ${officer} } }`,
    ),
    ready: forLists(
      `officers(first: 60, filter: { rehearsals: true }) { nodes { __typename id ${preparation('nbnp:demo-group-2')} } }`,
    ),
    experts: forLists(`experts(first: 60, filter: { rehearsals: true }) ${whole(expert)}`),
    expert: forOne('lv:demo-expert-1', `expert(id: "lv:demo-expert-1") { ${expert} }`, knowsExpert),
    units: forAll(
      `policeUnits { __typename id officers(first: 60, rehearsals: true) { totalCount nodes { ${officer} } } experts(rehearsals: true) { ${expert} } hostings { ${hosting} } }`,
    ),
  },
  {
    delegates: forLists(
      `delegates(first: 60, filter: { rehearsals: true }) ${whole(`${delegate} report { ${report} } nominations { ${delegateNomination} }`)}`,
    ),
    ...Object.fromEntries(
      [1, 12, 13, 14, 15].map((number) => [
        `delegate${number}`,
        forOne(
          `ncm:demo-delegate-${number}`,
          `delegate(id: "ncm:demo-delegate-${number}") { ${delegate} }`,
        ),
      ]),
    ),
    ready: forLists(
      `delegates(first: 60, filter: { rehearsals: true }) { nodes { __typename id ${preparation('nbnp:demo-group-1')} } }`,
    ),
    nominations: forLists(
      `delegateNominations(first: 60) ${whole(`${delegateNomination} delegate { ${delegate} }`)}`,
    ),
    groups:
      forAll(`groups(first: 10) { nodes { __typename id memberCount delegateCount officerNominationCount
      members { __typename id name report { ${report} } ... on Officer { email rank } ... on Delegate { email employer } }
      absences { ${absence} }
      meetings { ${meeting} } delegateMeetings { ${meeting} }
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
    tasks: {
      query: `tasks(first: 60) ${whole('__typename id subject group { __typename id } visit { __typename id title }')}`,
      isOpenTo: hasTasks,
    },
    endings: {
      query: `endings(first: 60) ${whole('__typename id subject group { __typename id } visit { __typename id title }')}`,
      isOpenTo: hasTasks,
    },
  },
];
export const documents = questions.map(
  (accessPaths) =>
    `query ($edges: Boolean!) { ${Object.entries(accessPaths)
      .map(([alias, { query }]) => `${alias}: ${query}`)
      .join('\n')} }`,
);
