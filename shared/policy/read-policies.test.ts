import { Kind, parse, type ObjectTypeDefinitionNode, type ObjectTypeExtensionNode } from 'graphql';
import { readFileSync } from 'node:fs';
import 'reflect-metadata';
import {
  buildSchema,
  Field,
  FieldResolver,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { Access, MaxAge } from '../identity/access.js';
import { PeopleCount } from '../programme/statistics/people-count.js';
import { ChangeConnection } from '../records/changes/change.type.js';
import { DisclosureConnection } from '../records/disclosure/disclosure.type.js';
import type { PartnerContext } from './context/partner-context.js';
import type { Levels } from './levels.js';
import { readPolicies } from './read-policies.js';

@InterfaceType()
abstract class Named {
  @Field(() => String)
  name: string;

  @Field(() => String)
  @Access('secret')
  alias: string;
}

@ObjectType({ implements: Named })
@Access('signedIn')
class Person extends Named {
  @Field(() => String)
  id: string;

  @Field(() => String, { nullable: true })
  @Access('open')
  country: string | null;
}

@ObjectType()
@Access('open')
@MaxAge('reference')
class Town {
  @Field(() => String)
  name: string;
}

@ObjectType()
class Bare {
  @Field(() => String)
  @Access('open')
  ruled: string;

  @Field(() => String)
  unruled: string;
}

@Resolver(() => Person)
class PersonResolver {
  @Query(() => Person, { nullable: true })
  @Access('signedIn')
  person(): Person | null {
    return null;
  }

  @Query(() => [Town])
  towns(): Town[] {
    return [];
  }

  @Query(() => Bare, { nullable: true })
  @Access('open')
  bare(): Bare | null {
    return null;
  }

  @Mutation(() => Person, { nullable: true })
  @Access('coordinator')
  addPerson(): Person | null {
    return null;
  }

  @FieldResolver(() => String)
  @Access('secret')
  diary(): string {
    return '';
  }
}

@Resolver()
class KitResolver {
  @Query(() => DisclosureConnection, { nullable: true })
  @Access('disclosures')
  disclosures(): null {
    return null;
  }

  @Query(() => ChangeConnection, { nullable: true })
  @Access('changes')
  changes(): null {
    return null;
  }

  @Query(() => PeopleCount, { nullable: true })
  @Access('open')
  people(): null {
    return null;
  }
}

const build = (resolver: Function, orphanedTypes: Function[] = []) =>
  buildSchema({ resolvers: [resolver], orphanedTypes, validate: false });

const person: Levels<Person> = {
  secret: { readers: 'Anna', decide: (row) => row?.name === 'Anna' },
};

async function read() {
  const schema = await build(PersonResolver, [Person]);
  return readPolicies(schema, { Person: person });
}

describe('readPolicies', () => {
  it('reads the rule of a field, wherever it is resolved, or that of its class', async () => {
    const policies = await read();
    expect(policies['Person']).toMatchObject({
      object: 'signedIn',
      fields: {
        id: 'signedIn',
        name: 'signedIn',
        alias: 'secret',
        country: 'open',
        diary: 'secret',
      },
    });
  });

  it('leaves a field without a rule if neither has one, and a root field has only its own', async () => {
    const { Bare: bare, Query: query, Mutation: mutation } = await read();
    expect(bare).toMatchObject({ object: undefined, fields: { ruled: 'open' } });
    expect(bare?.fields).not.toHaveProperty('unruled');
    expect(query?.fields).toEqual({ person: 'signedIn', bare: 'open' });
    expect(mutation?.fields).toEqual({ addPerson: 'coordinator' });
  });

  it('reads the time of a class', async () => {
    const policies = await read();
    expect(policies['Town']?.maxAge).toBe(30);
    expect(policies['Person']?.maxAge).toBeUndefined();
  });

  it('decides by the levels of the type, and by the common ones', async () => {
    const { Person: policy, Town: town } = await read();
    const anonymous = { reader: { kind: 'anonymous' }, partner: 'dk' } as PartnerContext;
    const decide = (level: string, name?: string) =>
      policy?.decide(level, (name === undefined ? undefined : { name }) as never, anonymous);
    expect(decide('secret', 'Anna')).toBe(true);
    expect(decide('secret', 'Berta')).toBe(false);
    expect(decide('secret')).toBe(false);
    expect(decide('signedIn', 'Anna')).toBe(false);
    expect(decide('open')).toBe(true);
    expect(town?.decide('secret', { name: 'Anna' } as never, anonymous)).toBe(false);
    expect(policy?.readers?.['secret']).toBe('Anna');
  });

  it('rejects an unknown level', async () => {
    const schema = await build(PersonResolver, [Person]);
    expect(() => readPolicies(schema, {})).toThrow(/Person\.alias has the unknown level "secret"/);
  });

  it.each([
    ['no field has', { Person: { ...person, diary: person['secret']! } }, /"diary" of Person/],
    ['is of no type', { Person: person, Nobody: person }, /"secret" of Nobody/],
    [
      'is common to all types',
      { Person: { ...person, signedIn: person['secret']! } },
      /"signedIn"/,
    ],
  ])('rejects an own level that %s', async (_what, own, message) => {
    const schema = await build(PersonResolver, [Person]);
    expect(() => readPolicies(schema, own)).toThrow(message);
  });
});

const contract = parse(
  readFileSync(new URL('../../gateway/contracts/nbnp.graphql', import.meta.url), 'utf8') +
    readFileSync(
      new URL('../../gateway/contracts/nbnp.additions.graphql', import.meta.url),
      'utf8',
    ),
);

/** The fields of a type in the partners’ contract. */
const fieldsInContract = (type: string): string[] =>
  contract.definitions
    .filter(
      (definition): definition is ObjectTypeDefinitionNode | ObjectTypeExtensionNode =>
        (definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
          definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
        definition.name.value === type,
    )
    .flatMap(({ fields = [] }) => fields.map(({ name }) => name.value));

describe('the types of the kit', () => {
  it.each([
    ['PageInfo', 'open', Infinity],
    ['PeopleCount', 'open', undefined],
    ['Disclosure', 'disclosures', undefined],
    ['DisclosureEdge', 'disclosures', undefined],
    ['DisclosureConnection', 'disclosures', undefined],
    ['ChangeEdge', 'changes', undefined],
    ['ChangeConnection', 'changes', undefined],
  ])('guard each field of the contract’s %s: %s', async (type, level, maxAge) => {
    const policy = readPolicies(await build(KitResolver), {})[type];
    const fields = fieldsInContract(type);
    expect(fields.length).toBeGreaterThan(0);
    expect(Object.keys(policy?.fields ?? {}).toSorted()).toEqual(fields.toSorted());
    expect(new Set(Object.values(policy?.fields ?? {}))).toEqual(new Set([level]));
    expect(policy?.maxAge).toBe(maxAge);
  });
});
