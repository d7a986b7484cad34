import {
  acceptOfficer,
  nominateDelegate,
  nominateOfficer,
  selectDelegate,
  type Programme,
} from './run-programme.js';

/** Brings the group of a direction to the next state. Each goes on where the one before it ended. */
export interface Journey {
  readonly direction: string;
  readonly host: string;
  /** What follows without the offices, or without one police, in each state: what the others know counts. */
  readonly steps: readonly (readonly [
    state: string,
    step: (trip: Trip) => Promise<void>,
    withoutOffices: string,
    withoutOnePolice: string,
  ])[];
  /** Whether the facts of the polices matter to it. */
  readonly needsPolices: boolean;
}

/** A group under way, and what its steps go by. */
export class Trip {
  visit = '';
  readonly people: { readonly person: string; readonly nomination: string }[] = [];

  constructor(
    readonly programme: Programme,
    readonly programmeId: string,
    readonly group: string,
  ) {}

  async record(mutation: string, field: 'group' | 'visit', on: string): Promise<void> {
    const id = field === 'group' ? this.group : this.visit;
    const version = await this.programme.versionOf(field, id);
    await this.programme.done('nbnp', mutation, { id, on, version });
  }

  async schedule(host: string): Promise<void> {
    const visit = await this.programme.done('nbnp', 'scheduleVisit', {
      group: this.group,
      title: 'A week',
      hostCountries: [host],
      startsOn: '2031-05-04',
      endsOn: '2031-05-09',
    });
    this.visit = visit.id;
  }

  async sign(): Promise<void> {
    const signature = { programme: this.programmeId, on: '2032-01-10' };
    await this.programme.done('ncm', 'signOfficeEvaluation', signature);
    await this.programme.done('nbnp', 'signEvaluation', { ...signature, summary: 'Done.' });
  }
}

const nothing = (): Promise<void> => Promise.resolve();
const meeting = { office: 'ncm:led', place: 'Petrozavodsk' };

export const fromRussia: Journey = {
  direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
  host: 'FI',
  needsPolices: false,
  steps: [
    ['PLANNED', nothing, 'PLANNED', 'PLANNED'],
    [
      'NOMINATED',
      async (trip) => {
        for (const name of ['A', 'B']) {
          const { delegate, nomination } = await nominateDelegate(trip.programme, trip.group, name);
          trip.people.push({ person: delegate, nomination });
        }
      },
      'PLANNED',
      'NOMINATED',
    ],
    [
      'SELECTED',
      async ({ programme, people }) => {
        for (const { nomination } of people) await selectDelegate(programme, nomination);
      },
      'PLANNED',
      'SELECTED',
    ],
    [
      'BRIEFED',
      async ({ programme, group }) => {
        const briefing = { ...meeting, group, on: '2031-04-20' };
        await programme.done('ncm', 'recordDelegatesBriefing', briefing);
      },
      'PLANNED',
      'BRIEFED',
    ],
    [
      'TRAVELLING',
      (trip) => trip.record('recordDeparture', 'visit', '2031-05-04'),
      'TRAVELLING',
      'TRAVELLING',
    ],
    [
      'RETURNED',
      (trip) => trip.record('recordReturn', 'visit', '2031-05-09'),
      'RETURNED',
      'RETURNED',
    ],
    [
      'DEBRIEFED',
      async ({ programme, group }) => {
        const debriefing = { ...meeting, group, on: '2031-05-30' };
        await programme.done('ncm', 'recordDelegatesDebriefing', debriefing);
      },
      'RETURNED',
      'DEBRIEFED',
    ],
    [
      'REPORTED',
      async ({ programme, group, visit, people }) => {
        for (const { person } of people) {
          const report = { delegate: person, group, visit, on: '2031-06-01', text: 'Seen.' };
          await programme.done('ncm', 'handInDelegateReport', report);
        }
      },
      'RETURNED',
      'REPORTED',
    ],
    ['EVALUATED', (trip) => trip.sign(), 'RETURNED', 'EVALUATED'],
  ],
};

export const toRussia: Journey = {
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
  host: 'RU',
  needsPolices: true,
  steps: [
    ['PLANNED', nothing, 'PLANNED', 'PLANNED'],
    [
      'NOMINATED',
      async (trip) => {
        for (const [police, unit] of [
          ['dk', 'dk:police'],
          ['lv', 'lv:police'],
        ] as const) {
          const nominee = await nominateOfficer(trip.programme, police, unit, trip.group);
          trip.people.push({ person: nominee.officer, nomination: nominee.nomination });
        }
      },
      'NOMINATED',
      'NOMINATED',
    ],
    [
      'SELECTED',
      async ({ programme, group, people }) => {
        for (const { person, nomination } of people) {
          await acceptOfficer(programme, group, { officer: person, nomination });
        }
      },
      'SELECTED',
      'SELECTED',
    ],
    [
      'BRIEFED',
      (trip) => trip.record('recordGroupBriefing', 'group', '2031-04-20'),
      'BRIEFED',
      'BRIEFED',
    ],
    [
      'TRAVELLING',
      (trip) => trip.record('recordDeparture', 'visit', '2031-05-04'),
      'TRAVELLING',
      'TRAVELLING',
    ],
    [
      'RETURNED',
      (trip) => trip.record('recordReturn', 'visit', '2031-05-09'),
      'RETURNED',
      'RETURNED',
    ],
    [
      'DEBRIEFED',
      (trip) => trip.record('recordGroupDebriefing', 'group', '2031-05-30'),
      'DEBRIEFED',
      'DEBRIEFED',
    ],
    [
      'REPORTED',
      async ({ programme, group, visit, people }) => {
        for (const { person } of people) {
          const report = { officer: person, group, visit, on: '2031-06-01', text: 'Seen.' };
          await programme.done(person.slice(0, 2), 'handInOfficerReport', report);
        }
      },
      'REPORTED',
      'REPORTED',
    ],
    ['EVALUATED', (trip) => trip.sign(), 'REPORTED', 'EVALUATED'],
  ],
};
