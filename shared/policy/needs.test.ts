import 'reflect-metadata';

import { parse } from 'graphql';
import { Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { createSubgraph } from '../server/index.js';
import { createNeeds, Reads } from './needs.js';
import { open, type Policies } from './type-policy.js';

@ObjectType('Unit')
class Unit {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string;
}

@ObjectType('Officer')
class Officer {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string;

  unitId: string;
}

@Resolver(() => Officer)
class OfficerResolver {
  @Query(() => [Officer])
  officers(): Officer[] {
    return [];
  }

  @Reads<Officer>('unitId')
  @FieldResolver(() => Unit, { nullable: true })
  unit(@Root() { unitId }: Officer): Unit {
    return { id: unitId, name: unitId };
  }

  @FieldResolver(() => String, { nullable: true })
  initials(@Root() { name }: Officer): string {
    return name.slice(0, 1);
  }
}

/** What a query needs of the rows of officers and units; null where it may be everything. */
async function needsOf(query: string, officer: Partial<Policies[string]> = {}) {
  const policies: Policies = {
    Query: { fields: { officers: open }, decide: () => false },
    Officer: {
      fields: { id: open, name: 'identity', unit: open, initials: open },
      reads: ['bornOn'],
      decide: () => true,
      ...officer,
    },
    Unit: { fields: { id: open, name: open }, decide: () => false },
  };
  const { schema } = await createSubgraph({
    policies,
    resolvers: [OfficerResolver],
    references: {},
  });
  const needs = createNeeds(schema, policies)(parse(query));
  const told = (type: string) => {
    const needed = needs?.(type);
    return needed ? [...needed] : null;
  };
  return { officer: told('Officer'), unit: told('Unit') };
}

describe('createNeeds', () => {
  it('tells the fields that are selected, on any road, each with what its resolver reads', async () => {
    expect(
      await needsOf('{ officers { id ...U } } fragment U on Officer { unit { __typename name } }'),
    ).toEqual({ officer: ['id', 'unitId'], unit: ['name'] });
  });

  it('counts what is left out by a condition, which others may meet', async () => {
    const query = 'query ($yes: Boolean!) { officers { id unit @include(if: $yes) { id } } }';
    expect(await needsOf(query)).toEqual({ officer: ['id', 'unitId'], unit: ['id'] });
  });

  it('tells what the policy decides by, where something is selected that it decides of', async () => {
    expect((await needsOf('{ officers { id name } }')).officer).toEqual(['id', 'bornOn', 'name']);
    expect((await needsOf('{ officers { id } }', { object: 'people' })).officer).toEqual([
      'bornOn',
      'id',
    ]);
  });

  it('tells all of a type whose policy does not say what it decides by', async () => {
    expect((await needsOf('{ officers { name } }', { reads: undefined })).officer).toBeNull();
    expect((await needsOf('{ officers { id } }', { reads: undefined })).officer).toEqual(['id']);
  });

  it('tells the name of a field whose resolver does not say what it reads: no column, and so all', async () => {
    expect((await needsOf('{ officers { initials } }')).officer).toEqual(['initials']);
  });

  it('tells all of everything for what is no query', async () => {
    expect(await needsOf('subscription { officers { id } }')).toEqual({
      officer: null,
      unit: null,
    });
  });
});
