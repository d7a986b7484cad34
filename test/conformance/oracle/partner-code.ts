import { Loaders } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import type { AskHub, PartnerContext } from '@hub/shared/policy';
import { inner, readerOf } from '@hub/shared/testing';
import {
  coerceInputValue,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { DataSource } from 'typeorm';

export type Arguments = Readonly<Record<string, unknown>>;

/** A partner’s database and its own code, without a server. */
export interface Partner {
  readonly code: string;
  readonly subgraph: string;
  readonly schema: GraphQLSchema;
  readonly source: DataSource;
}

/** The partner’s code during one operation. */
export interface PartnerCode extends Pick<Partner, 'code' | 'subgraph'> {
  /** A field of a value of this partner’s. */
  read(
    type: string,
    field: string,
    value: unknown,
    args: Arguments,
    info: GraphQLResolveInfo,
  ): Promise<unknown>;
  /** A field of an entity that another partner refers to. */
  readEntity(
    representation: { readonly __typename: string; readonly [field: string]: unknown },
    field: string,
    args: Arguments,
    info: GraphQLResolveInfo,
  ): Promise<unknown>;
}

/** What a partner refuses with a code. */
export class Refusal extends Error {
  constructor(
    readonly partner: string,
    readonly code: string,
  ) {
    super(`${partner}: ${code}`);
  }
}

/** An object as the partner’s own code holds it. */
export class Held {
  constructor(
    readonly owner: PartnerCode,
    readonly type: string,
    readonly value: unknown,
  ) {}
}

/** @param askHub what answers this partner’s own requests to the hub */
export function runPartnerCode(
  { code, subgraph, schema, source }: Partner,
  askHub: AskHub,
): PartnerCode {
  const context: PartnerContext = {
    partner: code,
    source,
    loaders: new Loaders(source),
    clock: () => new Date(),
    countThreshold: 5,
    reader: readerOf('nbnp', 'coordinator'),
    requestId: 'one-schema',
    disclosures: inner.createDisclosureNote(),
    missing: inner.createMissingNote(),
    askHub,
  };

  const hold = async (given: GraphQLOutputType, value: unknown, info: GraphQLResolveInfo) => {
    const type = isNonNullType(given) ? given.ofType : given;
    const found = await value;
    if (found instanceof Error) throw found;
    if (found === null || found === undefined) return null;
    if (isLeafType(type)) return type.serialize(found);
    if (isListType(type)) {
      const items: unknown[] = await Promise.all(
        [...(found as Iterable<unknown>)].map((item) => hold(type.ofType, item, info)),
      );
      return items;
    }
    if (!isAbstractType(type)) return new Held(own, type.name, found);
    const named = (found as { readonly __typename?: string }).__typename;
    const concrete = named ?? (await type.resolveType?.(found, context, info, type));
    return new Held(own, String(concrete), found);
  };

  const fieldOf = (typeName: string, name: string) => {
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!isObjectType(type) || !field) throw new Error(`${code} has no ${typeName}.${name}.`);
    return { type, field };
  };

  const call = (
    typeName: string,
    name: string,
    value: unknown,
    args: Arguments,
    given: GraphQLResolveInfo,
  ) => {
    const { type, field } = fieldOf(typeName, name);
    const info = {
      ...given,
      schema,
      parentType: type,
      fieldName: name,
      returnType: field.type,
    };
    return { field, info, found: field.resolve?.(value, coerce(field, args), context, info) };
  };

  const own: PartnerCode = {
    code,
    subgraph,
    async read(typeName, name, value, args, given) {
      try {
        const { field, info, found } = call(typeName, name, value, args, given);
        return await hold(field.type, found, info);
      } catch (error) {
        if (error instanceof HubError) throw new Refusal(code, error.code);
        throw error;
      }
    },
    async readEntity(representation, name, args, given) {
      const representations = [representation];
      const { found } = call('Query', '_entities', undefined, { representations }, given);
      const [entity] = (await found) as readonly unknown[];
      const value = await entity;
      if (value === null || value === undefined)
        throw new Error(`${code} does not have ${JSON.stringify(representation)}.`);
      return own.read(representation.__typename, name, value, args, given);
    },
  };
  return own;
}

/** What the client gave, in the partner’s own values. */
const coerce = ({ name, args }: GraphQLField<unknown, unknown>, given: Arguments): Arguments =>
  Object.fromEntries(
    args.flatMap((arg) => {
      if (name === '_entities') return [[arg.name, given[arg.name]]];
      if (arg.name in given) return [[arg.name, coerceInputValue(given[arg.name], arg.type)]];
      return arg.defaultValue === undefined ? [] : [[arg.name, arg.defaultValue]];
    }),
  );
