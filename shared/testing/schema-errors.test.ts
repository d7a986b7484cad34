import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findUndescribed } from './schema-errors.js';

describe('findUndescribed', () => {
  it('names every kind of element that has no description', () => {
    const schema = buildSchema(`
      directive @ours(by: Int) on FIELD
      scalar Day
      interface Body { id: ID }
      type Query implements Body { id: ID events(first: Int = 1): Thing kind: Kind on(filter: Filter): Day }
      union Thing = Query
      enum Kind { A }
      input Filter { search: String }
    `);
    const expected = [
      'Day',
      'Body',
      'Body.id',
      'Query',
      'Query.id',
      'Query.events',
      'Query.events(first:)',
      'Query.kind',
      'Query.on',
      'Query.on(filter:)',
      'Thing',
      'Kind',
      'Kind.A',
      'Filter',
      'Filter.search',
      '@ours',
      '@ours(by:)',
    ].map((coordinate) => `${coordinate} has no description.`);
    expect(findUndescribed(schema).toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    ['The id of the event.', false],
    ['Events.', false],
    ['An event’s id.\n\nRead by: everybody.', false],
    ['Id of the event: `nbnp:mp-1`.', true],
  ])('takes “%s” for a description of Event.id: %s', (description, isTaken) => {
    const schema = buildSchema(`
      "What took place." type Event { ${JSON.stringify(description)} id: ID }
      "What can be asked." type Query { "The next one." event: Event }
    `);
    expect(findUndescribed(schema)).toHaveLength(isTaken ? 0 : 1);
  });
});
