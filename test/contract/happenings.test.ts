import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { openTestPartner, sqlite, type TestPartner } from '@hub/shared/testing';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The dates of inputs that are days of something that happened. */
const happenings = new Set([
  'AcceptOfficerInput.on',
  'CallOffItineraryStopInput.on',
  'CancelGroupInput.on',
  'CancelVisitInput.on',
  'ConfirmRegionalStopInput.on',
  'ConfirmStopInput.on',
  'DecideExpertLoanInput.on',
  'DecideHostingInput.on',
  'DecideNominationInput.on',
  'DecideRegionalHostingInput.on',
  'DeclineOfficerInput.on',
  'HandInDelegateReportInput.on',
  'HandInOfficerReportInput.on',
  'NominateDelegateInput.on',
  'NominateOfficerInput.on',
  'RecordDateInput.on',
  'RecordDelegateFormalityInput.on',
  'RecordDelegatesMeetingInput.on',
  'RecordGroupMeetingInput.on',
  'RecordMeetingInput.on',
  'RecordOfficerFormalityInput.on',
  'RecordSiteContactInput.on',
  'SignEvaluationInput.on',
  'SignOfficeEvaluationInput.on',
  'WithdrawExpertLoanInput.on',
  'WithdrawOfficerInput.on',
]);

/** The dates of inputs that are plans, or name what is recorded. They may lie in the future. */
const plans = new Set([
  'AddItineraryStopInput.day',
  'ChangeEventInput.endsOn',
  'ChangeEventInput.startsOn',
  'ChangeProgrammeInput.endsOn',
  'ChangeProgrammeInput.startsOn',
  'ConfirmRegionalStopInput.recordedOn',
  'ConfirmStopInput.recordedOn',
  'CreateProgrammeInput.endsOn',
  'CreateProgrammeInput.startsOn',
  'MoveItineraryStopInput.day',
  // Ahead, if she does not travel at all: its mutation knows.
  'RecordAbsenceInput.from',
  'RecordEventInput.endsOn',
  'RecordEventInput.startsOn',
  'RescheduleVisitInput.endsOn',
  'RescheduleVisitInput.startsOn',
  'ScheduleVisitInput.endsOn',
  'ScheduleVisitInput.startsOn',
]);

interface Dated {
  readonly mutation: string;
  readonly coordinate: string;
  /** The dotted path from the mutation’s argument. */
  readonly path: readonly string[];
}

const isDate = (type: GraphQLInputType) => /Date(Time)?$/.test(getNamedType(type).name);

/** Every date of every mutation’s input, however deep it lies. */
function findDates(schema: GraphQLSchema): Dated[] {
  const find = (mutation: string, type: GraphQLInputType, path: readonly string[]): Dated[] => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return [];
    return Object.values(named.getFields()).flatMap((field) => {
      const next = [...path, field.name];
      if (isDate(field.type))
        return [{ mutation, coordinate: `${named.name}.${field.name}`, path: next }];
      return find(mutation, field.type, next);
    });
  };
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args }) =>
    args.flatMap((argument) => find(name, argument.type, [argument.name])),
  );
}

const earlier = '2020-01-01';

/** A value of a type: everything that is required, and what lies on the path to the date. */
function invent(type: GraphQLInputType, [step, ...rest]: readonly string[], day: string): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [invent(nullable.ofType, [step ?? '', ...rest], day)];
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).filter(
      (field) => isRequiredInputField(field) || field.name === step,
    );
    return Object.fromEntries(
      fields.map((field) => [
        field.name,
        field.name === step && rest.length === 0 && isDate(field.type)
          ? day
          : invent(field.type, field.name === step ? rest : [], day),
      ]),
    );
  }
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isDate(named)) return earlier;
  const values: Readonly<Record<string, unknown>> = { Int: 1, Float: 1, Boolean: true };
  return values[named.name] ?? (named.name === 'CountryCode' ? 'FI' : 'nbnp:unknown');
}

/** One minute before the second of March begins anywhere on Earth. */
const today = '2026-03-01';
const tomorrow = '2026-03-02';
const clock = () => new Date('2026-03-01T09:59:00Z');

const partners = [
  { partner: 'nbnp', definition: nbnp },
  { partner: 'ncm', definition: ncmOffices },
  { partner: 'fi', definition: nationalPolice },
];

const subgraphs = await Promise.all(
  partners.map(async ({ partner, definition }) => {
    const { schema } = await definition.createSubgraph();
    return { partner, definition, schema, dates: findDates(schema) };
  }),
);

describe('the dates of the mutations’ inputs', () => {
  it('are each of something that happened, or of a plan', () => {
    const found = subgraphs.flatMap(({ dates }) => dates.map(({ coordinate }) => coordinate));
    expect([...new Set(found)].toSorted()).toEqual([...happenings, ...plans].toSorted());
  });
});

describe.each(subgraphs)(
  'FUTURE in the mutations of $partner',
  ({ partner, definition, schema, dates }) => {
    let server: TestPartner;
    beforeAll(async () => {
      const options = { partner, content: 'nothing', clock } as const;
      server = await openTestPartner(definition, sqlite, options);
    });
    afterAll(() => server[Symbol.asyncDispose]());

    const argumentsOf = (mutation: string): readonly GraphQLArgument[] =>
      schema.getMutationType()?.getFields()[mutation]?.args ?? [];
    /** The refusal of a mutation whose records do not exist. */
    const refusalOf = async ({ mutation, path }: Dated, day: string) => {
      const args = argumentsOf(mutation);
      const [first = ''] = path;
      const variables = Object.fromEntries(
        args.map(({ name, type }) => [
          name,
          invent(type, name === first ? path.slice(1) : [], day),
        ]),
      );
      const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
      const given = args.map(({ name }) => `${name}: $${name}`).join(', ');
      const query = `mutation (${declared}) { done: ${mutation}(${given}) { __typename } }`;
      const { errors } = await server.ask(query, variables);
      expect(errors, mutation).toHaveLength(1);
      return errors?.[0]?.extensions;
    };
    const future = (path: readonly string[]) => ({
      code: 'RULE_VIOLATED',
      rule: 'FUTURE',
      argument: path.join('.'),
    });
    const happened = dates.filter(({ coordinate }) => happenings.has(coordinate));
    const planned = dates.filter(({ coordinate }) => plans.has(coordinate));

    it.each(happened)('refuses tomorrow in $mutation before any other rule', async (dated) => {
      expect(await refusalOf(dated, tomorrow)).toMatchObject(future(dated.path));
    });

    it.each(happened)('goes on to the other rules of $mutation with today', async (dated) => {
      expect(await refusalOf(dated, today)).not.toMatchObject(future(dated.path));
    });

    it.each(planned)('lets $coordinate of $mutation lie in the future', async (dated) => {
      expect(await refusalOf(dated, tomorrow)).not.toMatchObject(future(dated.path));
    });
  },
);
