import { HubError } from '@hub/shared/errors';
import { CountryCodeScalar } from '@hub/shared/graphql';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readArguments } from './read-arguments.js';
import { readChoices, readSearch } from './read-search.js';

const schema = buildSchema(`
  scalar CountryCode
  enum Colour { RED GREEN }
  input Inner { colour: Colour!, on: Boolean }
  input Filter { country: CountryCode, colours: [Colour!], inner: Inner, size: Float, others: [Filter!] }
  type Query { things(filter: Filter, minimum: Int = 2, ids: [ID!], text: String): [Int], owned(by: ID!, limit: Int! = 3): [Int] }
`);
const fields = schema.getQueryType()?.getFields();
const scalars = new Map([['CountryCode', CountryCodeScalar]]);
const read = (search: string, field = 'things'): unknown =>
  JSON.parse(
    JSON.stringify(readArguments(readSearch(`/x?${search}`), fields?.[field]?.args ?? [], scalars)),
  );

describe('readArguments', () => {
  it.each([
    ['', {}],
    ['minimum=2&text=a+b%2Bc', { minimum: 2, text: 'a b+c' }],
    ['filter.country=DK&filter.size=-1.5', { filter: { country: 'DK', size: -1.5 } }],
    [
      'filter.inner.colour=RED&filter.inner.on=true',
      { filter: { inner: { colour: 'RED', on: true } } },
    ],
    ['ids=a&ids=b', { ids: ['a', 'b'] }],
    ['filter.colours=RED', { filter: { colours: ['RED'] } }],
    ['text=', { text: '' }],
  ])('reads %s', (search, values) => {
    expect(read(search)).toEqual(values);
  });

  it.each([
    ['size=1', 'size'],
    ['minimum=x', 'minimum'],
    ['minimum=1.5', 'minimum'],
    ['minimum=', 'minimum'],
    ['minimum=1&minimum=2', 'minimum'],
    ['filter=DK', 'filter'],
    ['filter.country=denmark', 'filter.country'],
    ['filter.colours=BLUE', 'filter.colours'],
    ['filter.colour=RED', 'filter.colour'],
    ['filter.inner.on=1', 'filter.inner.on'],
    ['filter.inner.on=true', 'filter.inner.colour'],
    ['filter.others.country=DK', 'filter.others.country'],
    ['minimum.x=1', 'minimum.x'],
    ['__proto__=1', '__proto__'],
    ['filter.__proto__.x=1', 'filter.__proto__.x'],
    ['filter.constructor=1', 'filter.constructor'],
  ])('rejects %s, and names the argument', (search, argument) => {
    expect(() => read(search)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument } }) as HubError,
    );
  });

  it('rejects a missing argument that is required and has no default value', () => {
    expect(() => read('', 'owned')).toThrow('`by` is required.');
    expect(read('by=dk', 'owned')).toEqual({ by: 'dk' });
  });
});

describe('readChoices', () => {
  it('separates an export’s own parameters from arguments', () => {
    expect(readChoices('/export/x.csv?columns=a,b&minimum=2&bom=true&partial=false')).toEqual({
      columns: 'a,b',
      isPartial: false,
      hasBom: true,
      parameters: [{ name: 'minimum', value: '2' }],
    });
  });

  it.each(['bom=yes', 'partial=1', 'partial=true&partial=true', 'x=%ff'])(
    'refuses %s',
    (search) => {
      expect(() => readChoices(`/export/x.csv?${search}`)).toThrow(HubError);
    },
  );
});
