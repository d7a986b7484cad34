import 'reflect-metadata';

import { graphql, type GraphQLError } from 'graphql';
import { Arg, Field, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { Access } from '../../identity/access.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createSubgraph, type Subgraph } from '../subgraph-schema.js';
import {
  AtLeast,
  Distinct,
  Happened,
  MayBeBlank,
  Must,
  NotBefore,
  NotNull,
} from './input-rules.js';

@InputType('RuledPart')
class RuledPart {
  @Field(() => String, { description: 'What it is.' })
  what: string;
}

/** Its rules are those of the class that extends it too. */
@InputType('RuledBase')
abstract class RuledBase {
  @Field(() => String, { nullable: true, description: 'When.' })
  @Happened()
  on?: string | null;

  @Field(() => String, { nullable: true, description: 'Its title.' })
  @NotNull()
  title?: string | null;
}

@InputType('RuledInput')
class RuledInput extends RuledBase {
  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => String, { nullable: true })
  @MayBeBlank()
  place?: string | null;

  @Field(() => [String], { nullable: true })
  @NotNull()
  @Distinct(1)
  aims?: string[] | null;

  @Field(() => [RuledPart], { nullable: true })
  @Distinct()
  parts?: RuledPart[] | null;

  @Field(() => Int, { nullable: true })
  @AtLeast(1, 'At least one.')
  size?: number | null;

  @Field(() => Int, { nullable: true })
  @Must('An even number.', (value) => Number(value) % 2 === 0)
  even?: number | null;
}

@InputType('RuledFilter')
class RuledFilter {
  @Field(() => String, { nullable: true })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'The last day.' })
  @NotBefore('from')
  to?: string | null;
}

@Resolver()
class Ruled {
  @Query(() => Boolean)
  @Access('open')
  found(@Arg('filter', () => RuledFilter) _filter: RuledFilter): boolean {
    return true;
  }

  @Query(() => Boolean)
  @Access('coordinator')
  hidden(@Arg('filter', () => RuledFilter) _filter: RuledFilter): boolean {
    return true;
  }

  @Mutation(() => Boolean)
  @Access('open')
  write(@Arg('input', () => RuledInput) _input: RuledInput): boolean {
    return true;
  }
}

/** The second of March has not begun anywhere on Earth. */
const contextValue = {
  clock: () => new Date('2026-03-01T09:59:00Z'),
  reader: { kind: 'anonymous' },
} as unknown as PartnerContext;

describe('the rules of an input', () => {
  let subgraph: Subgraph;
  beforeAll(async () => {
    subgraph = await createSubgraph({ resolvers: [Ruled], references: {} });
  });

  const errorOf = async (source: string, variableValues: object) => {
    const { schema } = subgraph;
    const { errors } = await graphql({
      schema,
      source,
      contextValue,
      variableValues: { ...variableValues },
    });
    return errors?.[0];
  };
  const write = (input: object): Promise<GraphQLError | undefined> =>
    errorOf('mutation ($input: RuledInput!) { write(input: $input) }', { input });
  const bad = (argument: string, message: string) => ({
    message,
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
  const short = 'A text must have 1 to 300 valid characters, without NUL.';
  const long = 'A text must have 1 to 20000 valid characters, without NUL.';
  const listed = (least: number) => `The items of a list must be different, and at least ${least}.`;
  const notBefore = '`filter.to` must not be before the start of its range.';

  it.each<[object, object]>([
    ...['', '   ', '\t\n', 'a\0b', 'a\uD83D', '\uDE00b'].map((title): [object, object] => [
      { title },
      bad('input.title', short),
    ]),
    ...['', ' ', 'a\0b'].map((note): [object, object] => [{ note }, bad('input.note', long)]),
    ...['a\0b', 'a\uD83D'].map((place): [object, object] => [{ place }, bad('input.place', short)]),
    [
      { title: null },
      bad('input.title', '`title` must not be null. Leave it out to keep its value.'),
    ],
    [{ aims: null }, bad('input.aims', '`aims` must not be null. Leave it out to keep its value.')],
    [{ aims: [] }, bad('input.aims', listed(1))],
    [{ aims: ['a', 'a'] }, bad('input.aims', listed(1))],
    [{ aims: ['a', ' '] }, bad('input.aims.1', long)],
    [{ parts: [{ what: 'a' }, { what: 'a' }] }, bad('input.parts', listed(0))],
    [{ parts: [{ what: 'a' }, { what: '' }] }, bad('input.parts.1.what', long)],
    [{ size: 0 }, bad('input.size', 'At least one.')],
    [{ even: 3 }, bad('input.even', 'An even number.')],
  ])('refuse %j', async (input, refusal) => {
    expect(await write(input)).toMatchObject(refusal);
  });

  it('refuse a text that is too long, and do not repeat it', async () => {
    const errors = [
      await write({ title: 'x'.repeat(301) }),
      await write({ note: 'x'.repeat(20_001) }),
      await write({ place: 'x'.repeat(301) }),
    ];
    expect(errors.map((error) => error?.message)).toEqual([short, long, short]);
  });

  it('refuse a day that has not begun, also where it is inherited', async () => {
    expect(await write({ on: '2026-03-02' })).toMatchObject({
      extensions: { code: 'RULE_VIOLATED', rule: 'FUTURE', argument: 'input.on' },
    });
  });

  it.each([
    {},
    { on: '2026-03-01', place: ' ' },
    { on: null, note: null, place: null, parts: null, size: null, even: null },
    { title: '警察 ', note: '😀', aims: ['a', 'b'], parts: [{ what: 'a' }, { what: 'b' }] },
    { parts: [], size: 1, even: 2 },
  ])('accept %j', async (input) => {
    expect(await write(input)).toBeUndefined();
  });

  it('accept the longest texts', async () => {
    const input = { title: 'x'.repeat(300), note: 'x'.repeat(20_000), place: 'x'.repeat(300) };
    expect(await write(input)).toBeUndefined();
  });

  it('hold for a query too, whose texts may be blank, and only for who may call it', async () => {
    const find = (field: string, filter: object) =>
      errorOf(`query ($filter: RuledFilter!) { result: ${field}(filter: $filter) }`, { filter });
    const wrong = { from: '2026-02', to: '2026-01-31' };
    expect(await find('found', wrong)).toMatchObject(bad('filter.to', notBefore));
    expect(await find('hidden', wrong)).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    for (const filter of [{ from: '2026-02', to: '2026-02-01' }, { to: '2026' }, { from: '2026' }])
      expect(await find('found', filter)).toBeUndefined();
  });

  it('are in the description of the field', () => {
    const inputs = subgraph.sdl.match(/^input Ruled\w+ \{.*?^\}/gms);
    expect(inputs?.join('\n')).toMatchInlineSnapshot(`
      "input RuledFilter {
        from: String
        """The last day. Not before \`from\`."""
        to: String
      }
      input RuledInput {
        """When. Not later than today: rule FUTURE. 1 to 20,000 characters."""
        on: String
        """Its title. Not null. 1 to 300 characters."""
        title: String
        """1 to 20,000 characters."""
        note: String
        """May be blank. 1 to 300 characters."""
        place: String
        """Not null. At least 1, each once. 1 to 20,000 characters."""
        aims: [String!]
        """Each once."""
        parts: [RuledPart!]
        """At least one."""
        size: Int
        """An even number."""
        even: Int
      }
      input RuledPart {
        """What it is. 1 to 20,000 characters."""
        what: String!
      }"
    `);
  });
});
