import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { openTestPartner, participantOf, sqlite } from '@hub/shared/testing';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { expect } from 'vitest';

const partners = [
  { partner: 'nbnp', definition: nbnp },
  { partner: 'ncm', definition: ncmOffices },
  { partner: 'fi', definition: nationalPolice },
];

/** The three kinds of partners, with their schemas. */
export const subgraphs = await Promise.all(
  partners.map(async ({ partner, definition }) => {
    const { schema } = await definition.createSubgraph();
    return { partner, definition, schema };
  }),
);
export type TestSubgraph = (typeof subgraphs)[number];

/** A field of a mutation’s input. */
export interface FoundField {
  readonly mutation: string;
  readonly coordinate: string;
  /** The dotted path from the mutation’s argument, through the first items of lists. */
  readonly path: readonly string[];
  readonly field: GraphQLInputField;
}

export const isList = (type: GraphQLInputType): boolean => isListType(getNullableType(type));

/** Every field of every mutation’s input, however deep it lies. */
export function findFields(schema: GraphQLSchema): FoundField[] {
  const find = (
    mutation: string,
    type: GraphQLInputType,
    path: readonly string[],
  ): FoundField[] => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return [];
    return Object.values(named.getFields()).flatMap((field) => {
      const next = [...path, field.name];
      const found = { mutation, coordinate: `${named.name}.${field.name}`, path: next, field };
      return [found, ...find(mutation, field.type, isList(field.type) ? [...next, '0'] : next)];
    });
  };
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args }) =>
    args.flatMap((argument) => find(name, argument.type, [argument.name])),
  );
}

export const isDate = (type: GraphQLInputType) => /Date(Time)?$/.test(getNamedType(type).name);

const ofScalars: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  CountryCode: 'FI',
  LanguageTag: 'en',
  URL: 'https://example.org',
};

/** A value of a type: everything that is required, and on the path the value at its end. */
export function invent(
  type: GraphQLInputType,
  path: readonly string[] = [],
  value?: unknown,
): unknown {
  if (value !== undefined && path.length === 0) return value;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [invent(nullable.ofType, path.slice(1), value)];
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const [step, ...rest] = path;
    const fields = Object.values(named.getFields()).filter(
      (field) =>
        isRequiredInputField(field) ||
        field.name === step ||
        // The start of a range whose end is on the path.
        (field.name === 'startsOn' && step === 'endsOn'),
    );
    return Object.fromEntries(
      fields.map((field) => [
        field.name,
        field.name === step ? invent(field.type, rest, value) : invent(field.type),
      ]),
    );
  }
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isDate(named)) return '2020-01-01';
  return ofScalars[named.name] ?? 'nbnp:unknown';
}

/** A partner without any record, which refuses almost every mutation. */
export async function openEmptyPartner(
  { partner, definition, schema }: TestSubgraph,
  clock?: () => Date,
) {
  const options = { partner, content: 'nothing', ...(clock && { clock }) } as const;
  const server = await openTestPartner(definition, sqlite, options);
  return {
    /** The refusal of a mutation with this value in its input; undefined if it is accepted. */
    async refusalOf({ mutation, path }: FoundField, value: unknown) {
      const called = schema.getMutationType()?.getFields()[mutation];
      const args = called?.args ?? [];
      const [first, ...rest] = path;
      const variables = Object.fromEntries(
        args.map(({ name, type }) => [
          name,
          name === first ? invent(type, rest, value) : invent(type),
        ]),
      );
      const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
      const given = args.map(({ name }) => `${name}: $${name}`).join(', ');
      const selection = isCompositeType(called && getNamedType(called.type))
        ? '{ __typename }'
        : '';
      const query = `mutation (${declared}) { done: ${mutation}(${given}) ${selection} }`;
      const asked = await server.ask(query, variables);
      // What people do themselves: all ids that `invent` makes are hers.
      const isForbidden = asked.errors?.[0]?.extensions.code === 'FORBIDDEN';
      const { errors } = isForbidden
        ? await server.ask(query, variables, participantOf('nbnp:unknown'))
        : asked;
      expect(errors?.length ?? 0, mutation).toBeLessThan(2);
      return errors?.[0];
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
