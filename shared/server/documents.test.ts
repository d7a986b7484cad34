import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Documents, InvalidDocument } from './documents.js';

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
  it('reads a text once for a schema, and anew for another', () => {
    const documents = new Documents({ introspection: true });
    const first = documents.read(schema, '{ a }');
    expect(documents.read(schema, '{ a }')).toBe(first);
    const other = buildSchema('type Query { b: Int }');
    expect(() => documents.read(other, '{ a }')).toThrow(InvalidDocument);
    expect(documents.read(schema, '{ a }')).not.toBe(first);
  });

  it('finds the only operation, or the one that is named', () => {
    const documents = new Documents({ introspection: true });
    const { operationOf } = documents.read(schema, 'query A { a } query B { a }');
    expect(operationOf(undefined)).toBeUndefined();
    expect(operationOf('B')?.name?.value).toBe('B');
    expect(operationOf('C')).toBeUndefined();
    expect(documents.read(schema, '{ a }').operationOf(undefined)?.operation).toBe('query');
  });

  it('refuses what is no GraphQL, or not valid, with its code, and keeps nothing of it', () => {
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
});
