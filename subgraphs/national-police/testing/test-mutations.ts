import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import type { AskHub } from '@hub/shared/policy';
import {
  readEveryRow,
  type TestDatabaseKind,
  type TestPartner,
  type TestResponse,
} from '@hub/shared/testing';
import { Kind, parse, type FieldNode, type SelectionSetNode } from 'graphql';
import type { DataSource } from 'typeorm';
import { expect } from 'vitest';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { calls } from './test-calls.js';
import { openTestPolice } from './test-partner.js';

type Fact = Readonly<Record<string, unknown>> | null;

/**
 * The facts that the hub returns to a police force, by `group nbnp:g`. A test may change them. All
 * other records are unknown.
 */
export type Facts = Record<string, Fact | HubError>;

const isField = (node: { readonly kind: string }): node is FieldNode => node.kind === Kind.FIELD;

/**
 * Only the selected fields of a fact, so that a query that forgets a field fails here as at the
 * hub.
 */
function project(selected: SelectionSetNode, fact: unknown): unknown {
  if (Array.isArray(fact)) return fact.map((one) => project(selected, one));
  if (fact === null) return null;
  const fields = selected.selections
    .filter(isField)
    .map(({ name: { value: name }, selectionSet }) => {
      const value = (fact as Readonly<Record<string, unknown>>)[name];
      if (value === undefined) throw new Error(`The test gives no ${name}.`);
      return [name, selectionSet ? project(selectionSet, value) : value];
    });
  return Object.fromEntries(fields) as unknown;
}

/** A hub that knows the facts of a test. */
const createHub =
  (facts: Facts): AskHub =>
  (query, variables = {}) => {
    const [operation] = parse(query).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('No operation was asked.');
    const answer = operation.selectionSet.selections.filter(isField).map((field) => {
      const [id] = field.arguments ?? [];
      const variable = id?.value.kind === Kind.VARIABLE ? id.value.name.value : '';
      const fact = facts[`${field.name.value} ${String(variables[variable])}`] ?? null;
      if (fact instanceof HubError) throw fact;
      const key = field.alias?.value ?? field.name.value;
      return [key, field.selectionSet ? project(field.selectionSet, fact) : fact];
    });
    return Promise.resolve(Object.fromEntries(answer) as Readonly<Record<string, unknown>>);
  };

export const programme = {
  id: 'nbnp:p',
  startsOn: '2026',
  endsOn: '2027-06',
  targetGroups: ['POLICE', 'BORDER_CONTROL'],
};

/** A side of which no source says who acts there. */
const side = {
  countries: [],
  regions: [],
  selectors: null,
  hosts: null,
  coordinators: null,
};

/** A group of a rehearsal, from the Nordic and Baltic countries, that has not departed. */
export const group = {
  id: 'nbnp:g',
  isRehearsal: true,
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
  from: side,
  to: side,
  cancelledOn: null,
  visits: [{ departedOn: null }],
  acceptedOfficers: [],
  declinedNominations: [],
  absences: [],
  programme,
};

/** A visit that Finland hosts, with another country. */
export const visit = {
  id: 'nbnp:v',
  isRehearsal: true,
  version: 1,
  plans: [
    {
      fromVersion: 1,
      startsOn: '2026-11-02',
      endsOn: '2026-11-07',
      hostCountries: ['SE', 'FI'],
    },
  ],
  hosts: [
    { country: 'SE', owner: 'se' },
    { country: 'FI', owner: 'fi' },
  ],
  startsOn: '2026-11-02',
  endsOn: '2026-11-07',
  departedOn: null,
  cancelledOn: null,
  returnedOn: null,
  group,
};

/** A visit from which the group has returned. */
export const travelled = {
  ...visit,
  id: 'nbnp:t',
  departedOn: '2026-05-04',
  returnedOn: '2026-05-09',
};

export const stop = {
  id: 'nbnp:s',
  hostCountry: 'FI',
  hostOwner: 'fi',
  version: 3,
  status: 'PLANNED',
  visit,
};

const decision = { groupId: 'nbnp:g', acceptedOn: null, declinedOn: null, reserve: false };
export const open = { ...decision, id: 'fi:demo-nomination-2-3' };
export const accepted = { ...open, acceptedOn: '2026-09-10' };

export const createFacts = (): Facts => ({
  'group nbnp:g': group,
  'group nbnp:demo-group-2': group,
  'visit nbnp:v': visit,
  'visit nbnp:t': travelled,
  'itineraryStop nbnp:s': stop,
  'expert fi:lent': { assignments: [{ id: 'nbnp:a', visit }] },
  'expert fi:mistaken': { assignments: [] },
  'officer fi:demo-officer-3': { nominations: [open] },
  'officer fi:demo-officer-5': { nominations: [accepted] },
  'programme nbnp:p': { evaluation: { status: 'DRAFT' } },
});

type Input = Readonly<Record<string, unknown>>;

export { calls };

export type MutationName = keyof typeof calls;
export const mutationNames = Object.keys(calls) as MutationName[];

const typeOf = (name: MutationName): string =>
  name === 'correctOfficerReport'
    ? 'HandInOfficerReportInput'
    : name === 'confirmHosting' || name === 'withdrawHosting'
      ? 'DecideHostingInput'
      : name === 'holdPoliceData'
        ? 'HoldPersonalDataInput'
        : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;

/** A removal returns a Boolean. */
const fieldsOf = (name: MutationName): string =>
  calls[name].answer === '' ? '' : `{ ${calls[name].answer} }`;

/** A police force for mutations. */
export interface WrittenPolice extends TestPartner {
  readonly facts: Facts;
  /** The complete response of a mutation: the allowed call with the test’s changes. */
  try(name: MutationName, change?: Input, as?: Reader): Promise<TestResponse>;
  /** The result of a mutation that is not refused. */
  write(name: MutationName, change?: Input): Promise<Input & { readonly id: string }>;
  /** Every row of every table. */
  readTables(): Promise<readonly string[]>;
}

/** An offer for a visit, and an expert who is lent. */
async function insertWritten({ manager }: DataSource): Promise<void> {
  await manager.insert(Hosting, {
    id: 'fi:offered',
    visitId: 'nbnp:v',
    unitId: 'fi:npb',
    status: 'OFFERED',
    accommodation: 'Rooms',
    transport: 'Coach',
  });
  const of = { expertId: 'fi:lent', position: 0 };
  const expert = { name: 'Lauri Lainattu', email: 'lauri@example.org', unitId: 'fi:npb' };
  await manager.insert(Expert, { ...expert, id: of.expertId, isRehearsal: true });
  const contact = { source: 'https://example.org/contact', checkedOn: '2026-01-01', languages: [] };
  await manager.insert(ContactPoint, { ...contact, id: 'fi:old-desk', ownerId: 'fi:npb' });
  const mistaken = { id: 'fi:mistaken', unitId: 'fi:npb' };
  await manager.insert(Expert, { ...mistaken, name: 'Erkki Erehdys' });
  await manager.insert(Officer, { ...mistaken, name: 'Ossi Erehdys', targetGroup: 'POLICE' });
  await manager.insert(ExpertRole, { ...of, role: 'EXPERT' });
  await manager.insert(ExpertLanguage, { ...of, language: 'fi' });
  await manager.insert(ExpertField, { ...of, field: 'NGO' });
}

/**
 * Finland’s police force with the demonstration and an offer for a visit, and a hub that knows the
 * facts.
 */
export async function openWrittenPolice(
  kind: TestDatabaseKind,
  facts: Facts = createFacts(),
  askHub: AskHub = createHub(facts),
): Promise<WrittenPolice> {
  const options = { askHub, prepare: insertWritten };
  const police = await openTestPolice(kind, 'fi', 'demonstration', options);
  const tryIt = (name: MutationName, change: Input = {}, as?: Reader) =>
    police.ask(
      `mutation ($input: ${typeOf(name)}!) { it: ${name}(input: $input) ${fieldsOf(name)} }`,
      { input: { ...calls[name].input, ...change } },
      as,
    );
  return {
    ...police,
    facts,
    try: tryIt,
    async write(name, change) {
      const answer = await tryIt(name, change);
      expect(answer.errors, name).toBeUndefined();
      return answer.data?.['it'] as Input & { readonly id: string };
    },
    readTables: () => readEveryRow(police.source),
    [Symbol.asyncDispose]: () => police[Symbol.asyncDispose](),
  };
}

/** The `extensions` of the error that refuses a mutation. */
export const refusalOf = ({ data, errors }: TestResponse): unknown => {
  expect(data?.['it'] ?? null).toBeNull();
  expect(errors).toHaveLength(1);
  return errors?.[0]?.extensions;
};

/** A refused call: what is wrong, the input, the expected error, and the facts that differ. */
export type Refusal = readonly [what: string, change: Input, refusal: object, facts?: Facts];

/** Expects that each call is refused with its error, and that nothing is written. */
export async function expectRefusals(
  police: WrittenPolice,
  name: MutationName,
  refusals: readonly Refusal[],
): Promise<void> {
  const before = await police.readTables();
  for (const [what, change, refusal, facts = {}] of refusals) {
    const usual = { ...police.facts };
    Object.assign(police.facts, facts);
    expect(refusalOf(await police.try(name, change)), what).toMatchObject(refusal);
    Object.assign(police.facts, usual);
    expect(await police.readTables(), what).toEqual(before);
  }
}

export const rule = (name: string, argument: string, situation?: string) => ({
  code: 'RULE_VIOLATED',
  rule: name,
  argument: `input.${argument}`,
  ...(situation && { situation }),
});
export const notThere = (argument: string) => ({
  code: 'NOT_FOUND',
  argument: `input.${argument}`,
});
export const badInput = (argument: string) => ({
  code: 'BAD_USER_INPUT',
  argument: `input.${argument}`,
});
