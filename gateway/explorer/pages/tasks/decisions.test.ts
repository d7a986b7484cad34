import { buildSchema, type GraphQLInputObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { TaskKind } from '../../generated/graphql.ts';
import { inputs } from '../../generated/inputs.ts';
import { mutations } from '../../generated/mutations.ts';
import { isFinal } from '../../parts/form/final.ts';
import words from '../../words/forms/en.json' with { type: 'json' };
import { headingOf, type Facts, type Task } from './decision.ts';
import { listDecisions } from './decisions.ts';

// Names of countries are ordered as the browser’s language does.
vi.stubGlobal('navigator', { languages: ['en-GB'] });

const group = { id: 'nbnp:group', name: 'A group' };
const visit = { id: 'nbnp:visit', title: 'A visit' };
const days = { version: 5, title: 'A visit', startsOn: '2030-05-06', endsOn: '2030-05-11' };
const formalities = [{ kind: 'VISA', status: 'REQUESTED', version: 7 }];
const offer = { version: 4, status: 'OFFERED' };
const personOf = (id: string) => ({ id, name: 'A', formalities });

/** All that the form of any task reads, of records that the task is about. */
const factsOf = (subject: string) =>
  ({
    nominating: {
      officerNominations: [
        { id: subject, version: 2, decisionVersion: 1, nominatedOn: null, officer: { id: 'no:o' } },
      ],
    },
    selecting: {
      delegateNominations: [
        { id: subject, version: 2, nominatedOn: null, delegate: { id: 'ncm:d', name: 'A' } },
      ],
    },
    group: { version: 3, name: 'A group', programme: { targetGroups: ['POLICE'] }, members: [] },
    visit: { ...days, hostCountries: ['NO'] },
    lending: {
      ...days,
      experts: [
        {
          id: subject,
          role: 'INTERPRETER',
          languages: ['ru'],
          status: 'REQUESTED',
          expert: { id: 'ee:e' },
        },
      ],
    },
    asked: {
      nodes: [
        {
          id: 'ee:e',
          assignments: [
            {
              id: subject,
              role: 'INTERPRETER',
              status: 'REQUESTED',
              languages: ['ru'],
              visit: days,
            },
          ],
        },
      ],
    },
    hosting: {
      ...days,
      hostCountries: ['NO'],
      hostings: subject.startsWith('ncm:') ? [] : [{ ...offer, id: subject }],
      regionalHostings: subject.startsWith('ncm:') ? [{ ...offer, id: subject }] : [],
    },
    itineraryStop: { version: 6 },
    programme: { title: 'A programme', version: 8, evaluation: { version: 9 } },
    officer: personOf('no:o'),
    delegate: personOf('ncm:d'),
    policeUnits: [],
    offices: [],
    officers: { nodes: [] },
    delegates: { nodes: [] },
    experts: { nodes: [] },
    nationalSites: [],
    regionalSites: [],
  }) as unknown as Facts;

/** Each kind of task, with what it is about, by organisation that has it. */
const kinds: readonly (readonly [TaskKind, string, string])[] = [
  ['NOMINATE', 'no', group.id],
  ['NOMINATE', 'ncm', group.id],
  ['PLAN_VISIT', 'nbnp', group.id],
  ['ADD_STOP', 'nbnp', visit.id],
  ['DECIDE_NOMINATION', 'nbnp', 'no:nomination'],
  ['DECIDE_NOMINATION', 'ncm', 'ncm:nomination'],
  ['CONFIRM_STOP', 'no', 'nbnp:stop'],
  ['CONFIRM_STOP', 'ncm', 'nbnp:stop'],
  ['CONFIRM_STOP', 'nbnp', 'nbnp:stop'],
  ['DECIDE_LOAN', 'ee', 'nbnp:assignment'],
  ['REPLACE_EXPERT', 'nbnp', 'nbnp:assignment'],
  ['OFFER_HOSTING', 'no', visit.id],
  ['OFFER_HOSTING', 'ncm', visit.id],
  ['CONFIRM_HOSTING', 'no', 'no:hosting'],
  ['CONFIRM_HOSTING', 'ncm', 'ncm:hosting'],
  ['REPLACE_HOST', 'nbnp', 'no:hosting'],
  ['COMPLETE_FORMALITIES', 'no', 'no:o'],
  ['COMPLETE_FORMALITIES', 'ncm', 'ncm:d'],
  ['BRIEF_GROUP', 'nbnp', group.id],
  ['BRIEF_GROUP', 'ncm', group.id],
  ['DEBRIEF_GROUP', 'nbnp', group.id],
  ['DEBRIEF_GROUP', 'ncm', group.id],
  ['RECORD_DEPARTURE', 'nbnp', visit.id],
  ['RECORD_RETURN', 'nbnp', visit.id],
  ['HAND_IN_REPORT', 'no', 'no:o'],
  ['HAND_IN_REPORT', 'ncm', 'ncm:d'],
  ['DRAFT_EVALUATION', 'nbnp', 'nbnp:programme'],
  ['DRAFT_EVALUATION', 'ncm', 'nbnp:programme'],
  ['SIGN_EVALUATION', 'nbnp', 'nbnp:programme'],
  ['SIGN_EVALUATION', 'ncm', 'nbnp:programme'],
];

const decisionsOf = (kind: TaskKind, organisation: string, subject: string) =>
  listDecisions(
    { id: 'nbnp:task', kind, subject, group, visit, isRehearsal: false } as Task,
    factsOf(subject),
    organisation,
  );

describe.each(kinds)('the task %s of %s', (kind, organisation, subject) => {
  it('can be done', () => {
    expect(decisionsOf(kind, organisation, subject)).not.toEqual([]);
  });

  it('is sent with each version that its mutation takes, as it was read', () => {
    for (const { mutation, fixed, complete } of decisionsOf(kind, organisation, subject)) {
      const sent = complete?.({ ...fixed, kind: 'VISA' }) ?? fixed;
      const versions = (inputs[mutations[mutation].input] ?? []).filter(({ name }) =>
        /version$/i.test(name),
      );
      for (const { name } of versions)
        expect(sent[name], `${mutation} ${name}`).toBeTypeOf('number');
    }
  });
});

const ways = kinds.flatMap(([kind, organisation, subject]) =>
  decisionsOf(kind, organisation, subject).map((one) => [kind, one] as const),
);

it('heads a page by what is done there, where that is not what the task asks for', () => {
  const headings = ways.flatMap(([, one]) => headingOf(one) ?? []);
  expect(new Set(headings)).toEqual(new Set(['tasks.withdrawHosting', 'tasks.askAnother']));
});

it('marks a decision as final exactly if it says so', () => {
  const leads: Readonly<Record<string, string>> = words.forms;
  for (const [, { mutation }] of ways)
    expect(isFinal(mutation), mutation).toBe(/is final/.test(leads[`${mutation}_lead`] ?? ''));
});

it.each([
  ['RECORD_RETURN', '2026-11-27', '2026-11-27'],
  // Its day has not come.
  ['RECORD_RETURN', '9999-01-01', undefined],
] as const)('%s starts with the planned day %s if it has come', (kind, endsOn, on) => {
  const facts = { visit: { ...days, endsOn } } as unknown as Facts;
  const [found] = listDecisions({ kind, subject: visit.id } as Task, facts, 'nbnp');
  expect(found?.initial?.['on']).toBe(on);
});

describe('what stands already', () => {
  const decide = (kind: TaskKind, organisation: string, subject: string, facts: object) =>
    listDecisions(
      { id: '', kind, subject, group, visit, isRehearsal: false } as Task,
      { ...factsOf(subject), ...facts } as Facts,
      organisation,
    );

  it.each([
    ['OFFERED', ['confirmHosting', 'withdrawHosting']],
    ['CONFIRMED', ['withdrawHosting']],
    ['WITHDRAWN', []],
  ])('leaves of an offer that is %s: %j', (status, expected) => {
    const hosting = { ...days, hostings: [{ ...offer, id: 'no:hosting', status }] };
    const found = decide('CONFIRM_HOSTING', 'no', 'no:hosting', { hosting });
    expect(found.map(({ mutation }) => mutation)).toEqual(expected);
  });

  it('leaves nothing to decide of a loan that is decided', () => {
    const asked = {
      nodes: [{ id: 'ee:e', assignments: [{ id: 'nbnp:a', status: 'LENT', visit: days }] }],
    };
    expect(decide('DECIDE_LOAN', 'ee', 'nbnp:a', { asked })).toEqual([]);
  });

  it.each([
    ['no', 'confirmStop', { unit: 'no:u' }, {}],
    ['ncm', 'confirmRegionalStop', { office: 'ncm:o' }, {}],
    ['nbnp', 'confirmNetworkStop', {}, { organisation: 'nbnp:org' }],
  ])('is corrected by %s with the day that is recorded', (hostOwner, mutation, start, kept) => {
    const [on, version] = ['2030-03-01', 6];
    const itineraryStop = {
      version,
      hostOwner,
      confirmed: true,
      hostConfirmedOn: on,
      officeConfirmedOn: on,
      networkConfirmedOn: on,
      confirmingUnit: { id: 'no:u' },
      confirmingOffice: { id: 'ncm:o' },
      confirmingOrganisation: { id: 'nbnp:org' },
    };
    const [found] = decide('CONFIRM_STOP', hostOwner, 'nbnp:stop', { itineraryStop });
    expect(found).toMatchObject({
      mutation,
      fixed: { stop: 'nbnp:stop', stopVersion: version, recordedOn: on, ...kept },
      initial: { on, ...start },
    });
  });
});

describe('where a group goes between two sides', () => {
  const office = (id: string, country: string) => ({
    id,
    country,
    name: id,
    city: null,
    closedOn: null,
  });
  const sides = {
    from: {
      countries: ['LV'],
      selectors: [{ id: 'ncm:rix' }, { id: 'nbnp:court' }],
      coordinators: [{ id: 'ncm:rix' }],
    },
    to: { countries: ['PL'], hosts: [{ id: 'ncm:vno' }], coordinators: [] },
  };
  const valuesOf = (kind: TaskKind, subject: string, field: string, more: object = { sides }) => {
    const offices = [office('ncm:rix', 'LV'), office('ncm:vno', 'LT'), office('ncm:led', 'RU')];
    const task = { id: 'nbnp:task', kind, subject, group, visit, isRehearsal: false } as Task;
    const facts = { ...factsOf(subject), offices, ...more } as unknown as Facts;
    const organisation = kind === 'PLAN_VISIT' ? 'nbnp' : 'ncm';
    return listDecisions(task, facts, organisation)[0]?.options?.[field]?.map(({ value }) => value);
  };

  it.each([
    ['BRIEF_GROUP', group.id, 'office', ['ncm:rix']],
    ['OFFER_HOSTING', visit.id, 'office', ['ncm:vno']],
    ['CONFIRM_STOP', 'nbnp:stop', 'office', ['ncm:vno']],
    ['DECIDE_NOMINATION', 'ncm:nomination', 'authority', ['nbnp:court']],
  ] as const)('%s offers whom the side names', (kind, subject, field, expected) => {
    expect(valuesOf(kind, subject, field)).toEqual(expected);
  });

  it('offers its own countries first, and the offices in Russia where no side names any', () => {
    expect(valuesOf('PLAN_VISIT', group.id, 'hostCountries')?.slice(0, 2)).toEqual(['PL', 'LV']);
    expect(valuesOf('BRIEF_GROUP', group.id, 'office', {})).toEqual(['ncm:led']);
  });
});

it('plans a visit as another one with days, the latest first', () => {
  const visitOf = (id: string, startsOn: string | null) => ({
    id,
    title: 'A week',
    startsOn,
    endsOn: startsOn,
    group,
  });
  const nodes = [visitOf('nbnp:a', '2029-05-06'), visitOf('nbnp:b', '2030-05-06')];
  const visits = { nodes: [...nodes, visitOf('nbnp:undated', null)] };
  const task = { id: 'nbnp:task', kind: 'PLAN_VISIT', subject: group.id, group } as Task;
  const [, copy] = listDecisions(task, { visits } as unknown as Facts, 'nbnp');
  expect(copy).toMatchObject({ mutation: 'copyVisit', fixed: { group: group.id } });
  expect(copy?.options?.['visit']).toEqual([
    { value: 'nbnp:b', label: 'A week, A group, 6 May 2030' },
    { value: 'nbnp:a', label: 'A week, A group, 6 May 2029' },
  ]);
});

describe('the version of a formality', () => {
  it.each([
    ['VISA', 7],
    // Nobody has recorded it.
    ['TICKET', 0],
  ])('of %s is %i', (kind, version) => {
    const [decision] = decisionsOf('COMPLETE_FORMALITIES', 'no', 'no:o');
    expect(decision?.complete?.({ kind })).toEqual({ kind, version });
  });
});

it('knows as past exactly the days that rule FUTURE guards', () => {
  const all = Object.entries(inputs).flatMap(([input, fields]) =>
    fields.map((field) => ({ input, place: `${input}.${field.name}`, ...field })),
  );
  const past = all.filter(({ isPast }) => isPast);
  expect(past.length).toBeGreaterThan(15);
  const schema = buildSchema(
    readFileSync(new URL('../../generated/schema.graphql', import.meta.url), 'utf8'),
  );
  for (const { input, name, place, type } of past) {
    const described = schema.getType(input) as GraphQLInputObjectType;
    expect(['Date', 'PartialDate'], place).toContain(type);
    expect(described.getFields()[name]?.description, place).toContain('Not later than today');
  }
  const planned = [
    'ScheduleVisitInput.startsOn',
    'CopyVisitInput.startsOn',
    'RescheduleVisitInput.endsOn',
    'AddItineraryStopInput.day',
  ];
  for (const place of planned) expect(past.map((field) => field.place)).not.toContain(place);
});
