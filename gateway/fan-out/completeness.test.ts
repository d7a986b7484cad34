import { inner } from '@hub/shared/testing';

import { OperationPipeline } from '@hub/shared/graphql';
import { silentLogger } from '@hub/shared/system';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type RecordedContext, reportCompleteness } from './completeness.js';
import { OperationRecord } from './operation-record.js';

type Context = RecordedContext & { readonly requestId: string };

/** The response to an operation whose record has these entries. */
async function responseTo(
  tell: (operation: OperationRecord) => void,
  sdl = 'type Query { a: Int }',
  query = '{ a }',
): Promise<unknown> {
  const pipeline = new OperationPipeline<Context>({
    source: { schema: buildSchema(sdl) },
    logger: silentLogger,
    hooks: [
      { didResolveOperation: ({ contextValue }) => tell(contextValue.operation) },
      reportCompleteness(),
    ],
  });
  await pipeline.start();
  const operation = new OperationRecord('r', new AbortController().signal, Infinity);
  const contextValue = { requestId: 'r', operation };
  const { body } = await pipeline.run({ query }, contextValue);
  await pipeline.stop();
  return body.kind === 'single' && body.singleResult;
}

describe('reportCompleteness', () => {
  it.each([
    ['HOST_COUNTRY', 'NOT_RUSSIA', inner.ruleSituations.HOST_COUNTRY.NOT_RUSSIA],
    ['HOST_COUNTRY', 'OF_A_LATER_VERSION', inner.programmeRules.HOST_COUNTRY],
    ['CLOSED', 'NOT_RUSSIA', inner.programmeRules.CLOSED],
  ])(
    'says in the hub’s own words what %s means in the situation %s',
    async (rule, situation, message) => {
      const extensions = { rule, situation };
      const response = await responseTo((operation) => {
        operation.recordError({ path: ['a'], code: 'RULE_VIOLATED', extensions });
      });
      expect(response).toMatchObject({
        errors: [{ message, extensions: { code: 'RULE_VIOLATED', ...extensions } }],
      });
    },
  );

  it('returns no data if the hub itself left something out', async () => {
    const response = await responseTo((operation) => {
      operation.recordStatus('dk', 'ANSWERED');
      operation.recordOverload(['a']);
    });
    expect(response).toMatchObject({
      errors: [{ extensions: { code: 'OVERLOADED', retryAfter: 1 } }],
    });
    expect(Object.keys(response as object)).toEqual(['errors']);
  });

  it('reports which mutations may have changed something, and what was left out', async () => {
    const response = await responseTo((operation) => {
      operation.recordStatus('dk', 'ANSWERED');
      operation.recordChange();
      operation.recordWritten('a');
      operation.recordOverload(['a']);
    });
    expect(response).toMatchObject({
      data: { a: null },
      errors: [{ path: ['a'], extensions: { code: 'OVERLOADED' } }],
      extensions: {
        written: ['a'],
        completeness: { complete: false, partners: { dk: { status: 'ANSWERED' } } },
      },
    });
  });

  describe('a refused argument', () => {
    const sdl = `
      type Query { a("A number; 1 to 3." distance: Int, filter: Filter): [One!] }
      input Filter { "A year; not before 1900." from: Int, other: Int }
      type One { b("Not null." title: String): Int }
      type Mutation { change(input: ChangeInput!): One }
      input ChangeInput { "What it is called." title: String, "Its days." days: [DaysInput!] }
      input DaysInput { "The last day; not before the first." end: String! }`;
    const messageOf = async (query: string, path: (string | number)[], argument: string) => {
      const response = await responseTo(
        (operation) =>
          operation.recordError({ path, code: 'BAD_USER_INPUT', extensions: { argument } }),
        sdl,
        query,
      );
      return (response as { errors: { message: string }[] }).errors[0]?.message;
    };
    const general = 'An argument is not valid.';

    it.each([
      ['{ a { b } }', ['a'], 'distance', '`distance` is not valid. A number; 1 to 3.'],
      [
        '{ x: a { b } }',
        ['x'],
        'filter.from',
        '`filter.from` is not valid. A year; not before 1900.',
      ],
      [
        '{ a { ...F } } fragment F on One { ... { y: b } }',
        ['a', 0, 'y'],
        'title',
        '`title` is not valid. Not null.',
      ],
      [
        'mutation { z: change(input: {}) { b } }',
        ['z'],
        'input.title',
        '`input.title` is not valid. What it is called.',
      ],
      [
        'mutation { change(input: {}) { b } }',
        ['change'],
        'input.days.end',
        '`input.days.end` is not valid. The last day; not before the first.',
      ],
      ['{ a { b } }', ['a'], 'filter.other', general],
      ['{ a { b } }', ['a'], 'filter.none', general],
      ['{ a { b } }', ['a'], 'none.from', general],
      ['{ a { b } }', ['none'], 'distance', general],
    ])('is told in the words of the schema: %s, %j, %s', async (query, path, argument, message) => {
      expect(await messageOf(query, path, argument)).toBe(message);
    });
  });
});
