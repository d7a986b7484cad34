import { buildSchema, execute, isObjectType, parse, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { HubError } from '../errors/hub-error.js';
import { anonymous } from '../identity/reader.js';
import { createDisclosureNote } from '../records/disclosure/disclosure-note.js';
import type { PartnerContext } from './context/partner-context.js';
import { findVisible, guardSchema, unguardedFields } from './guard-schema.js';
import type { Policies, TypePolicy } from './type-policy.js';

interface Person {
  readonly id: string;
  readonly name: string;
}

const people: readonly Person[] = ['anna', 'berta'].map((id) => ({ id, name: id.toUpperCase() }));

function createSchema(): GraphQLSchema {
  const schema = buildSchema(`
    interface Named { id: ID! name: String }
    type Person implements Named { id: ID! name: String secret: String friend: Person count: Int }
    type Query { person: Person nobody: Person people: [Person!] named: Named count: Int secret: String }
    type Mutation { rename: Person }
  `);
  const type = schema.getType('Named');
  if (type && 'resolveType' in type) type.resolveType = () => 'Person';
  const person = schema.getType('Person');
  if (isObjectType(person)) person.getFields()['friend']!.resolve = () => people[1];
  return schema;
}

const root = {
  person: people[0],
  nobody: null,
  people,
  named: people[0],
  count: 2,
  secret: 'never',
  rename: people[0],
};

/** Berta is hidden, and every name except Anna’s is refused. */
const personPolicy: TypePolicy<Person> = {
  object: 'there',
  fields: { id: 'there', name: 'identity', friend: 'there', count: 'open' },
  decide: (level, person) => {
    if (level === 'there') return person?.id === 'anna';
    return Promise.resolve(person?.id === 'anna');
  },
};

const openRoot: TypePolicy = {
  fields: { person: 'open', nobody: 'open', people: 'open', named: 'open', count: 'open' },
  decide: () => false,
};

async function ask(query: string, person: TypePolicy<Person> = personPolicy, root_ = openRoot) {
  const schema = createSchema();
  const policies: Policies = {
    Query: root_,
    Mutation: { fields: { rename: 'open' }, decide: () => false },
    Person: person,
  };
  guardSchema(schema, policies);
  const disclosures = createDisclosureNote();
  const { data, errors = [] } = await execute({
    schema,
    document: parse(query),
    rootValue: root,
    contextValue: { disclosures, reader: anonymous } as PartnerContext,
  });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
    refused: errors.map(
      ({ path, extensions }) => `${path?.join('.')} ${String(extensions['code'])}`,
    ),
    readings: disclosures.readings,
  };
}

describe('guardSchema', () => {
  it('allows open fields, and fields that the policy allows', async () => {
    expect(await ask('{ count person { id name count } }')).toMatchObject({
      data: { count: 2, person: { id: 'anna', name: 'ANNA', count: null } },
      refused: [],
    });
  });

  it('denies a field without a policy, on root types and others', async () => {
    expect(await ask('{ secret person { secret } }')).toMatchObject({
      data: { secret: null, person: { secret: null } },
      refused: ['secret FORBIDDEN', 'person.secret FORBIDDEN'],
    });
  });

  it('denies every field of a type without a policy', async () => {
    const schema = createSchema();
    guardSchema(schema, {});
    const { data, errors } = await execute({
      schema,
      document: parse('{ person { id } count }'),
      rootValue: root,
      contextValue: {} as PartnerContext,
    });
    expect(data).toEqual({ person: null, count: null });
    expect(errors).toHaveLength(2);
  });

  it('reports the path of a refused field in a list, in one error without a stack', async () => {
    const schema = createSchema();
    guardSchema(schema, { Query: openRoot, Person: personPolicy });
    const { errors } = await execute({
      schema,
      document: parse('{ people { name } }'),
      rootValue: root,
      contextValue: { disclosures: createDisclosureNote(), reader: anonymous } as PartnerContext,
    });
    const [error, ...others] = errors ?? [];
    expect(others).toEqual([]);
    expect(error).toBeInstanceOf(HubError);
    expect(error?.path).toEqual(['people', 1, 'name']);
    expect(error?.locations).toEqual([{ line: 1, column: 12 }]);
    expect(error?.stack).not.toContain('\n    at ');
  });

  it('refuses a hidden object in every field of one object', async () => {
    expect(await ask('{ person { friend { id } } }')).toMatchObject({
      data: { person: { friend: null } },
      refused: ['person.friend FORBIDDEN'],
    });
  });

  it('refuses a missing object exactly like a hidden one', async () => {
    expect((await ask('{ nobody { id } }')).refused).toEqual(['nobody FORBIDDEN']);
    // Unless everybody may know that there is none.
    const openNone = { ...openRoot, openNone: ['nobody', 'person'] };
    expect(await ask('{ nobody { id } }', personPolicy, openNone)).toMatchObject({
      data: { nobody: null },
      refused: [],
    });
    const hidden = { ...personPolicy, decide: () => false };
    expect(await ask('{ person { id } }', hidden, openNone)).toMatchObject({
      data: { person: null },
      refused: ['person FORBIDDEN'],
    });
    const toAll: TypePolicy<Person> = { ...personPolicy, decide: () => true };
    expect(await ask('{ nobody { id } }', toAll)).toMatchObject({
      data: { nobody: null },
      refused: [],
    });
  });

  it('guards the fields of what a list holds', async () => {
    expect(await ask('{ people { count name } }')).toMatchObject({
      data: { people: [{ name: 'ANNA' }, { name: null }] },
      refused: ['people.1.name FORBIDDEN'],
    });
  });

  it('guards an object of an interface by the policy of its own type', async () => {
    const toNobody: TypePolicy<Person> = { ...personPolicy, decide: () => false };
    const query = '{ named { name ... on Person { count } } }';
    expect(await ask(query, toNobody)).toMatchObject({
      data: { named: { name: null, count: null } },
      refused: ['named.name FORBIDDEN'],
    });
    expect((await ask(query)).refused).toEqual([]);
  });

  it('guards the result of a mutation', async () => {
    const toNobody: TypePolicy<Person> = { ...personPolicy, decide: () => false };
    expect(await ask('mutation { rename { id } }', toNobody)).toMatchObject({
      data: { rename: null },
      refused: ['rename FORBIDDEN'],
    });
  });

  it('does not run a refused resolver', async () => {
    const schema = createSchema();
    let runs = 0;
    schema.getQueryType()!.getFields()['secret']!.resolve = () => (runs += 1);
    guardSchema(schema, {});
    const contextValue = {} as PartnerContext;
    await execute({ schema, document: parse('{ secret }'), rootValue: root, contextValue });
    expect(runs).toBe(0);
  });

  it('denies with the code of an unavailable partner', async () => {
    const unsure: TypePolicy<Person> = {
      ...personPolicy,
      decide: (level) => {
        if (level === 'there') return true;
        return Promise.reject(new HubError('PARTNER_TIMED_OUT'));
      },
    };
    expect(await ask('{ person { id name } }', unsure)).toMatchObject({
      data: { person: { id: 'anna', name: null } },
      refused: ['person.name PARTNER_TIMED_OUT'],
    });
  });

  it('records reads of recorded levels, and no refused ones', async () => {
    const { readings } = await ask('{ people { count name } person { id name friend { name } } }');
    expect(readings).toEqual([{ type: 'Person', fields: ['name'], records: 1 }]);
    expect((await ask('{ count person { id } }')).readings).toEqual([]);
  });
});

describe('a schema of the federation', () => {
  it('does not guard the fields of federation', async () => {
    const schema = buildSchema(`
      type _Service { sdl: String }
      union _Entity = Person
      type Person { id: ID! name: String }
      type Query { _entities: [_Entity]! _service: _Service! person: Person }
    `);
    const entity = schema.getType('_Entity');
    if (entity && 'resolveType' in entity) entity.resolveType = () => 'Person';
    const policies: Policies = {
      Query: openRoot,
      Person: { fields: { id: 'open', name: 'open' }, decide: () => false },
    };
    expect(
      unguardedFields(schema, { ...policies, Query: { ...openRoot, fields: { person: 'open' } } }),
    ).toEqual([]);
    guardSchema(schema, policies);
    const rootValue = { _entities: people, _service: { sdl: 'type Query' } };
    const document = parse('{ _entities { ... on Person { id } } _service { sdl } }');
    const result = await execute({
      schema,
      document,
      rootValue,
      contextValue: {} as PartnerContext,
    });
    expect(JSON.parse(JSON.stringify(result))).toEqual({
      data: { _entities: [{ id: 'anna' }, { id: 'berta' }], _service: { sdl: 'type Query' } },
    });
  });
});

describe('findVisible', () => {
  const context = {} as PartnerContext;
  const find = (policy: TypePolicy<Person>, object: unknown) =>
    findVisible(policy as TypePolicy, context, () => object);
  const isRefused = { extensions: { code: 'FORBIDDEN' } };
  const later: TypePolicy<Person> = {
    ...personPolicy,
    decide: (level, person) => Promise.resolve(personPolicy.decide(level, person, context)),
  };

  it('returns a visible object, synchronously if possible', async () => {
    expect(find(personPolicy, people[0])).toBe(people[0]);
    expect(await find(personPolicy, Promise.resolve(people[0]))).toBe(people[0]);
    expect(await find(later, people[0])).toBe(people[0]);
  });

  it('treats an object with a `then` property as an object', () => {
    const odd: unknown = JSON.parse('{ "id": "anna", "then": "later" }');
    expect(find(personPolicy, odd)).toBe(odd);
  });

  it('rejects other objects, whether they exist or not, and never throws', async () => {
    for (const policy of [personPolicy, later]) {
      for (const hidden of [people[1], null, undefined, Promise.resolve(people[1])]) {
        await expect(find(policy, hidden)).rejects.toMatchObject(isRefused);
      }
    }
  });

  it('rejects with the error of finding or deciding', async () => {
    const fail = () => {
      throw new Error('lost');
    };
    await expect(findVisible(openRoot, context, fail)).rejects.toThrow('lost');
    await expect(find({ ...personPolicy, decide: fail }, null)).rejects.toThrow('lost');
  });

  it('decides nothing if objects of the type are open', () => {
    const decide = () => {
      throw new Error('asked');
    };
    expect(find({ fields: {}, decide }, null)).toBeNull();
  });
});

describe('unguardedFields', () => {
  it('lists the fields without a policy, and the policies without a field', () => {
    expect(
      unguardedFields(createSchema(), {
        Query: openRoot,
        Person: { ...personPolicy, fields: { ...personPolicy.fields, shoeSize: 'identity' } },
        Nobody: { fields: { id: 'open' }, decide: () => true },
      }),
    ).toEqual(['Mutation.rename', 'Nobody.id', 'Person.secret', 'Person.shoeSize', 'Query.secret']);
  });
});
