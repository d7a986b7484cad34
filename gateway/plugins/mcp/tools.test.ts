import type { Logger } from '@hub/shared/system';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ownArguments } from './input-schema.js';
import { listQueries } from './tool-documents.js';
import { createTools } from './tools.js';

const schema = buildSchema(`
  scalar Day
  "What an event was."
  enum Kind { "A meeting." MEETING SEMINAR }
  input Filter { "Only of this kind." kind: Kind, days: [Day!], not: Filter, "How many." most: Int = 5 }
  type Event { id: ID! }
  type Query {
    "All events."
    events("Which events." filter: Filter, "The first day." from: Day!, first: Int = 50): [Event!]
  }
  type Mutation { erase(id: ID!): Event }
`);

function toolsOf(...texts: string[]) {
  const lines: object[] = [];
  const logger = { warn: (line: object) => lines.push(line) } as unknown as Logger;
  const documents = texts.flatMap((text, index) => listQueries(text, `application ${index}`));
  return { tools: createTools(schema, documents, { restricted: {}, logger }), lines };
}

describe('listQueries', () => {
  it('takes the lines of comment above a query, and no mutation or nameless query', () => {
    const found = listQueries(
      '# Not of the query.\n\n# All events\n# of a day.\nquery A { __typename }\nmutation B { erase(id: 1) { id } }\nsubscription C { a }\nquery D { __typename }',
      'desk',
    );
    expect(found.map(({ name, comment }) => [name, comment])).toEqual([
      ['A', 'All events of a day.'],
      ['D', ''],
    ]);
    expect(listQueries('{ __typename }', 'desk')).toEqual([]);
  });
});

describe('createTools', () => {
  it('describes the variables of a query as a JSON Schema, with the schema’s words', () => {
    const { tools } = toolsOf(
      'query E($from: Day!, $filter: Filter, $kind: Kind, $first: Int = 9) { events(from: $from, filter: $filter, first: $first) { id } more: events(from: $from, filter: { kind: $kind }) { id } }',
    );
    const tool = tools.get('E');
    expect(tool?.declaration.description).toContain('Reads `events`. All events.');
    const kind = {
      type: 'string',
      enum: ['MEETING', 'SEMINAR'],
      description: 'Only of this kind. MEETING: A meeting.',
    };
    expect(tool?.inputSchema).toEqual({
      type: 'object',
      properties: {
        from: { type: 'string', description: 'The first day.' },
        filter: {
          type: 'object',
          properties: {
            kind,
            days: { type: 'array', items: { type: 'string' } },
            not: { type: 'object' },
            most: { type: 'integer', default: 5, description: 'How many.' },
          },
          required: [],
          additionalProperties: false,
          description: 'Which events.',
        },
        kind,
        first: { type: 'integer', default: 9 },
        ...ownArguments,
      },
      required: ['purpose', 'from'],
      additionalProperties: false,
    });
  });

  it('leaves out, and logs, what cannot be a tool', () => {
    const event = 'events(from: "2009") { id }';
    const { tools, lines } = toolsOf(
      `query Same { ${event} }`,
      `# Another.\nquery Same { ${event} }`,
      'query Unknown { nothing }',
      'query Taken($purpose: Day!) { events(from: $purpose) { id } }',
      `query ${'L'.repeat(65)} { ${event} }`,
    );
    expect([...tools.keys()]).toEqual(['Same']);
    expect(tools.get('Same')?.declaration.description).toContain('All events.');
    expect(lines).toEqual([
      { application: 'application 1', operation: 'Same', reason: 'another tool has its name' },
      { application: 'application 2', operation: 'Unknown', reason: expect.any(String) },
      {
        application: 'application 3',
        operation: 'Taken',
        reason: expect.stringContaining('purpose'),
      },
      { application: 'application 4', operation: 'L'.repeat(65), reason: expect.any(String) },
    ]);
  });

  it('names the restricted fields of a tool in its description', () => {
    const { tools } = toolsOf('# Events.\nquery E { events(from: "2009") { id } }');
    expect(tools.get('E')?.declaration.description).toBe('Events. Restricted: Query.events.');
    expect(tools.get('E')?.openText).toBeUndefined();
  });
});
