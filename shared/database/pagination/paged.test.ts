import 'reflect-metadata';

import { graphql, type GraphQLSchema } from 'graphql';
import { Arg, buildSchema, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { Paged, type PageArguments } from './paged.js';

@ObjectType('TestPage')
class TestPage {
  @Field(() => String)
  page: string;

  @Field(() => Int, { nullable: true })
  totalCount: number | null;

  @Field(() => Int, { nullable: true })
  countAtLeast: number | null;
}

@Resolver()
class TestPages {
  @Query(() => TestPage)
  pages(
    @Arg('beside', () => String, { nullable: true }) beside: string | null,
    @Paged() page: PageArguments,
    @Arg('behind', () => String, { nullable: true }) behind: string | null,
  ): Partial<TestPage> {
    return { page: JSON.stringify({ beside, ...page, behind }) };
  }
}

describe('@Paged()', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildSchema({ resolvers: [TestPages], validate: false });
  });
  const read = async (source: string) => {
    const { data, errors } = await graphql({ schema, source });
    expect(errors).toBeUndefined();
    return JSON.parse((data as { pages: { page: string } }).pages.page) as object;
  };

  it('gives the arguments of the page, beside others in their places', async () => {
    expect(await read('{ pages { page } }')).toEqual({ first: 50, isCounted: false });
    expect(
      await read('{ pages(beside: "a", first: 3, after: "x", behind: "b") { page } }'),
    ).toEqual({
      beside: 'a',
      first: 3,
      after: 'x',
      behind: 'b',
      isCounted: false,
    });
    expect(await read('{ pages(first: null) { page } }')).toEqual({
      first: null,
      isCounted: false,
    });
  });

  it('leaves out the default of `first` where `last` is given, and nothing else', async () => {
    const given = async (page: string, variables: object = {}) => {
      const source = `query ($first: Int, $last: Int) {
        pages(${page}) { page } used: pages(first: $first, last: $last) { page } }`;
      const { data, errors } = await graphql({ schema, source, variableValues: { ...variables } });
      expect(errors).toBeUndefined();
      return JSON.parse((data as { pages: { page: string } }).pages.page) as object;
    };
    const back = { last: 3, isCounted: false };
    expect(await given('last: 3, before: "x"')).toEqual({ ...back, first: null, before: 'x' });
    expect(await given('last: 3, first: $first')).toEqual({ ...back, first: null });
    expect(await given('last: $last, first: $first', { first: null, last: 3 })).toEqual({
      ...back,
      first: null,
    });
    expect(await given('last: 3, first: 50')).toEqual({ ...back, first: 50 });
    expect(await given('last: 3, first: $first', { first: 7 })).toEqual({ ...back, first: 7 });
    expect(await given('last: $last')).toEqual({ first: 50, isCounted: false });
  });

  it.each([
    ['totalCount', true],
    ['n: countAtLeast', true],
    ['... { totalCount }', true],
    ['...Counted', true],
    ['totalCount @include(if: false)', true],
    ['totalCount: page', false],
    ['again: page', false],
  ])('says whether a count is selected: %s', async (field, isCounted) => {
    const fragment = field === '...Counted' ? 'fragment Counted on TestPage { totalCount }' : '';
    const source = `{ pages { page ${field} } } ${fragment}`;
    expect(await read(source)).toMatchObject({ isCounted });
  });
});
