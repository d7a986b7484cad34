import { describe, expect, it } from 'vitest';
import { hang, namedIn } from '../network/hung-partner.js';
import type { Asker } from '../network/open-hub.js';
import { openNetwork } from '../network/open-network.js';
import { runIn, type Input } from '../network/run-programme.js';

const as = (organisation: string): Asker => ({ organisation, role: 'coordinator' });

/** Who asks, what, and who has to respond to whoever is asked: without one of them nothing can be decided. */
type Reading = readonly [asker: Asker, query: string, needs: readonly string[]];
type Writing = readonly [
  organisation: string,
  mutation: string,
  input: Input,
  needs: readonly string[],
];

const readings: readonly Reading[] = [
  [
    as('nbnp'),
    '{ officers(first: 100, filter: { rehearsals: true }) { nodes { id name } } }',
    ['nbnp'],
  ],
  [
    as('nbnp'),
    '{ delegates(first: 100, filter: { rehearsals: true }) { nodes { id name } } }',
    ['ncm'],
  ],
  [as('nbnp'), '{ experts(first: 100, filter: { rehearsals: true }) { nodes { id name } } }', []],
  [
    as('fi'),
    '{ delegates(first: 100, filter: { rehearsals: true }) { nodes { id name report { text } } } }',
    ['nbnp'],
  ],
  [as('fi'), '{ visit(id: "nbnp:demo-visit-1") { hostings { emergencyContact } } }', ['nbnp']],
  [as('fi'), '{ itineraryStop(id: "nbnp:demo-stop-1-1") { hostConfirmedVersion } }', ['nbnp']],
  [as('dk'), '{ visits { nodes { id stops { id title confirmed } } } }', ['nbnp']],
  [
    as('dk'),
    '{ groups { nodes { id memberCount warnings { code } state members { id } } } }',
    ['nbnp'],
  ],
  [
    as('nbnp'),
    '{ groups { nodes { id memberCount warnings { code } members { id } } } }',
    ['nbnp', 'ncm'],
  ],
  [
    as('dk'),
    '{ officerStatistics(filter: { rehearsals: true }) { country nominated { value } members { value } } }',
    ['nbnp'],
  ],
  [
    as('ncm'),
    '{ delegateStatistics(filter: { rehearsals: true }) { country reportsExpected { value } } }',
    ['nbnp'],
  ],
];

const on = '2026-11-24';
const writings: readonly Writing[] = [
  [
    'no',
    'nominateOfficer',
    { group: 'nbnp:demo-group-2', officer: 'no:demo-officer-1', on },
    ['nbnp'],
  ],
  ['no', 'withdrawOfficer', { nomination: 'no:demo-nomination-2-3', on, version: 1 }, ['nbnp']],
  ['ee', 'offerHosting', { unit: 'ee:ppa', visit: 'nbnp:demo-visit-1' }, ['nbnp']],
  [
    'fi',
    'confirmStop',
    { unit: 'fi:npb', stop: 'nbnp:demo-stop-1-1', on, stopVersion: 1 },
    ['nbnp'],
  ],
  ['fi', 'confirmHosting', { hosting: 'fi:demo-hosting-1', on }, ['nbnp']],
  [
    'no',
    'handInOfficerReport',
    {
      officer: 'no:demo-officer-3',
      group: 'nbnp:demo-group-2',
      visit: 'nbnp:demo-visit-2',
      on,
      text: 'x',
    },
    ['nbnp'],
  ],
  [
    'ncm',
    'nominateDelegate',
    { group: 'nbnp:demo-group-3', delegate: 'ncm:demo-delegate-1', on },
    ['nbnp'],
  ],
  [
    'ncm',
    'selectDelegate',
    { nomination: 'ncm:demo-nomination-1-13', on, localAuthority: 'xyz', version: 2 },
    ['nbnp'],
  ],
  ['ncm', 'declineDelegate', { nomination: 'ncm:demo-nomination-1-1', on, version: 2 }, ['nbnp']],
  [
    'ncm',
    'recordDelegatesBriefing',
    { group: 'nbnp:demo-group-3', office: 'ncm:demo-office', on },
    ['nbnp'],
  ],
  [
    'ncm',
    'confirmRegionalStop',
    { stop: 'nbnp:demo-stop-2-3', office: 'ncm:demo-office', on, stopVersion: 1 },
    ['nbnp'],
  ],
  [
    'ncm',
    'handInDelegateReport',
    {
      delegate: 'ncm:demo-delegate-1',
      group: 'nbnp:demo-group-1',
      visit: 'nbnp:demo-visit-1',
      on,
      text: 'x',
    },
    ['nbnp'],
  ],
  ['ncm', 'signOfficeEvaluation', { programme: 'nbnp:demo-programme', on }, ['nbnp']],
  [
    'nbnp',
    'createGroup',
    {
      programme: 'nbnp:demo-programme',
      name: 'x',
      direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
      plannedSize: 12,
      coordinatingOffice: 'ncm:demo-office',
    },
    ['ncm'],
  ],
  [
    'nbnp',
    'acceptOfficer',
    {
      group: 'nbnp:demo-group-2',
      nomination: 'no:demo-nomination-2-3',
      officer: 'no:demo-officer-3',
      on,
      version: 1,
    },
    ['no'],
  ],
  [
    'nbnp',
    'declineOfficer',
    {
      group: 'nbnp:demo-group-2',
      nomination: 'no:demo-nomination-2-3',
      officer: 'no:demo-officer-3',
      on,
      version: 1,
    },
    ['no'],
  ],
  [
    'nbnp',
    'addItineraryStop',
    {
      visit: 'nbnp:demo-visit-2',
      hostCountry: 'RU',
      day: '2027-02-08',
      title: 'x',
      sector: 'POLICE',
      site: 'ncm:site-ru-shelter',
    },
    ['ncm'],
  ],
  [
    'nbnp',
    'assignExpert',
    { visit: 'nbnp:demo-visit-2', expert: 'no:demo-expert-1', role: 'EXPERT', languages: [] },
    ['no'],
  ],
  ['nbnp', 'recordDeparture', { id: 'nbnp:demo-visit-2', on, version: 1 }, []],
  ['nbnp', 'recordReturn', { id: 'nbnp:demo-visit-1', on, version: 1 }, []],
  [
    'nbnp',
    'recordEvent',
    { title: 'x', kind: 'SEMINAR', startsOn: on, organisers: ['no:politiet', 'ncm:led'] },
    ['no', 'ncm'],
  ],
  ['nbnp', 'signEvaluation', { programme: 'nbnp:demo-programme', summary: 'x', on }, []],
];

const atOnce = 6;

describe.each(['nbnp', 'ncm', 'no'])('a partner that hangs: %s', (hung) => {
  it('is the only partner named, as TIMED_OUT, whatever other partners request for a response', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true });
    await using _ = await hang(network, hung);
    const { call } = runIn(network);
    const questions = [
      ...readings.map(([asker, query, needs]) => ({
        what: query,
        needs,
        ask: () => network.ask(query, {}, asker),
      })),
      ...writings.map(([organisation, mutation, input, needs]) => ({
        what: mutation,
        needs: [...needs, organisation],
        ask: async () => (await call(organisation, mutation, input)).answer,
      })),
    ];
    // A few at a time: what they wait for is the partner, and not this process.
    for (let start = 0; start < questions.length; start += atOnce) {
      await Promise.all(
        questions.slice(start, start + atOnce).map(async ({ what, needs, ask }) => {
          const answer = await ask();
          expect.soft(answer.extensions?.completeness, what).toBeDefined();
          const names = namedIn(answer);
          const alone = [`${hung} TIMED_OUT`];
          if (needs.includes(hung)) expect.soft(names, what).toEqual(alone);
          else expect.soft(alone, what).toEqual(expect.arrayContaining(names));
        }),
      );
    }
  });
});
