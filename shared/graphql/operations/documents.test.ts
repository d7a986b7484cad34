// cspell:ignore Grup grup REDD titel
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Documents, InvalidDocument } from './documents.js';
import { startWork } from './served-context.js';

const schema = buildSchema('type Query { a: Int }');

function refusalOf(read: () => unknown): InvalidDocument {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidDocument) return error;
  }
  throw new Error('It was not refused.');
}

describe('Documents', () => {
  it('parses a text once for each schema', () => {
    const documents = new Documents({ introspection: true });
    const first = documents.read(schema, '{ a }');
    expect(documents.read(schema, '{ a }')).toBe(first);
    const other = buildSchema('type Query { b: Int }');
    expect(() => documents.read(other, '{ a }')).toThrow(InvalidDocument);
    expect(documents.read(schema, '{ a }')).not.toBe(first);
  });

  it('finds the only operation, or the named one', () => {
    const documents = new Documents({ introspection: true });
    const { operationOf } = documents.read(schema, 'query A { a } query B { a }');
    expect(operationOf(undefined)).toBeUndefined();
    expect(operationOf('B')?.name?.value).toBe('B');
    expect(operationOf('C')).toBeUndefined();
    expect(documents.read(schema, '{ a }').operationOf(undefined)?.operation).toBe('query');
  });

  it('rejects invalid documents with their codes, and caches none', () => {
    const documents = new Documents({ introspection: false });
    for (const [text, code] of [
      ['{ a', 'GRAPHQL_PARSE_FAILED'],
      ['{ b }', 'GRAPHQL_VALIDATION_FAILED'],
      ['{ __schema { description } }', 'GRAPHQL_VALIDATION_FAILED'],
    ] as const) {
      const { reasons } = refusalOf(() => documents.read(schema, text));
      expect(reasons.map(({ extensions }) => extensions.code)).toEqual([code]);
      expect(() => documents.read(schema, text)).toThrow(InvalidDocument);
    }
  });

  it('stops at the tenth error', () => {
    const documents = new Documents({ introspection: true });
    const names = Array.from({ length: 50 }, (_, index) => `b${index}`);
    const { reasons } = refusalOf(() => documents.read(schema, `{ ${names.join(' ')} }`));
    expect(reasons.map(({ message }) => message)).toEqual(
      names.slice(0, 10).map((name) => expect.stringContaining(`"${name}"`)),
    );
  });

  it('suggests names only if introspection is allowed', () => {
    const known = buildSchema(`
      enum Colour { RED }
      input Filter { colour: Colour }
      type Group { title(from: Int): String }
      type Query { group(filter: Filter): Group }
    `);
    const texts = [
      '{ grup { title } }',
      '{ group { titel } }',
      '{ group { title(form: 1) } }',
      '{ group { ... on Grup { title } } }',
      '{ group(filter: {color: RED}) { title } }',
      '{ group(filter: {colour: REDD}) { title } }',
      '{ group }',
    ];
    const told = (introspection: boolean) =>
      texts.map((text) => {
        const documents = new Documents({ introspection });
        const { reasons } = refusalOf(() => documents.read(known, text));
        return reasons.some(({ message }) => message.includes('Did you mean'));
      });
    expect(told(true)).toEqual(texts.map(() => true));
    expect(told(false)).toEqual(texts.map(() => false));
  });

  it('gives a literal that a scalar rejects another code than a literal of the wrong type', () => {
    const known = buildSchema(`
      enum Colour { RED }
      input Filter { colour: Colour, on: [Int!], size: Int! }
      type Query { a(n: Int, filter: Filter): Int }
    `);
    const documents = new Documents({ introspection: true });
    const codesOf = (text: string) =>
      refusalOf(() => documents.read(known, text)).reasons.map(({ extensions }) => extensions.code);
    for (const text of ['{ a(n: "x") }', '{ a(n: [1]) }', '{ a(filter: {size: 1, on: [1, {}]}) }'])
      expect(codesOf(text), text).toEqual(['BAD_USER_INPUT']);
    const { reasons } = refusalOf(() =>
      documents.read(known, '{ a(n: "x", filter: {size: 1, on: [1, {}]}) }'),
    );
    expect(reasons.map(({ extensions }) => extensions.argument)).toEqual(['n', 'filter.on.1']);
    for (const text of [
      '{ a(filter: {size: null}) }',
      '{ a(filter: {}) }',
      '{ a(filter: 1) }',
      '{ a(filter: {size: 1, colour: BLUE}) }',
      '{ a(filter: {size: 1, other: 2}) }',
    ])
      expect(codesOf(text), text).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('charges the time for a new document, and twenty times that for a rejected one', () => {
    const workMs = 20;
    // The lesser of elapsed and CPU time is charged. Other threads spend CPU time too, so the work
    // lasts until both have passed, however busy the machine is.
    const work = () => {
      const stop = startWork();
      while (stop() < workMs);
    };
    const documents = new Documents({ introspection: true }, work);
    const charged: number[] = [];
    const charge = ({ ms = 0 }) => void charged.push(ms);
    const spent = startWork();
    documents.read(schema, '{ a }', charge);
    const goodMs = spent();
    documents.read(schema, '{ a }', charge);
    expect(() => documents.read(schema, '{ b }', charge)).toThrow(InvalidDocument);
    const [good = NaN, bad = NaN, ...others] = charged;
    expect(others).toEqual([]);
    expect(good).toBeGreaterThanOrEqual(workMs);
    expect(good).toBeLessThanOrEqual(goodMs);
    expect(bad).toBeGreaterThanOrEqual(20 * workMs);
  });
});
