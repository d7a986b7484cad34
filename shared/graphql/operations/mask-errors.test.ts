import { GraphQLError } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HubError } from '../../errors/hub-error.js';
import { openTestServer } from '../../server/http/operations/test-graphql.js';
import { silentLogger } from '../../system/logger.js';
import { cpuMsOf } from '../../testing/cpu-time.js';
import { describeError, maskError } from './mask-errors.js';

const mask = (error: unknown) => maskError(error, { requestId: 'request-1', logger: silentLogger });
const masked = {
  message: 'Unexpected error.',
  extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' },
};

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors: readonly {
    message: string;
    locations?: unknown;
    extensions: Record<string, unknown>;
  }[];
}

async function ask(query: string, variables?: Record<string, unknown>): Promise<Answer> {
  await using server = await openTestServer();
  return (await (await server.post({ query, variables })).json()) as Answer;
}

describe('BAD_USER_INPUT', () => {
  it.each([
    ['a literal that our scalar rejects', '{ echo(on: "2009-02-29") }', {}],
    ['a literal that a GraphQL scalar rejects', '{ echo(first: "many") }', {}],
    ['a number too large for Int', '{ echo(first: 3000000000) }', {}],
    ['a variable that our scalar rejects', 'query ($on: Date) { echo(on: $on) }', { on: 'soon' }],
    ['a variable that is not an Int', 'query ($n: Int!) { echo(first: $n) }', { n: 'many' }],
    ['a variable that is missing', 'query ($n: Int!) { echo(first: $n) }', {}],
    [
      'a variable that is not in the enum',
      'query ($c: Colour) { echo(colour: $c) }',
      { c: 'GREEN' },
    ],
    ['a null for a non-null argument', 'query ($n: Int) { echo(first: $n) }', { n: null }],
  ])('is the code of %s', async (_what, query, variables) => {
    const { errors } = await ask(query, variables);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('keeps the scalar’s message', async () => {
    const { errors } = await ask('{ echo(on: "soon") }');
    expect(errors[0]?.message).toBe(
      'A Date must have this form: ISO 8601 calendar date: 2009-09-13.',
    );
  });

  it('comes at most ten times for one request', async () => {
    const bad = Array.from({ length: 40 }, (_, index) => `a${index}: echo(first: "x")`);
    expect((await ask(`{ ${bad.join(' ')} }`)).errors).toHaveLength(10);
    const names = Array.from({ length: 40 }, (_, index) => `$v${index}: Int!`);
    const uses = names.map((_, index) => `a${index}: echo(first: $v${index})`);
    const { errors } = await ask(`query (${names.join(' ')}) { ${uses.join(' ')} }`);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(
      Array.from({ length: 10 }, () => 'BAD_USER_INPUT'),
    );
  });

  it('quotes only the beginning of a long value', async () => {
    const long = '\u0001'.repeat(100_000);
    const { errors } = await ask('query ($n: Int!) { echo(first: $n) }', { n: long });
    expect(errors[0]?.message).toContain('\\u0001');
    expect(errors[0]?.message.length).toBeLessThan(1_100);
    const literal = JSON.stringify('\u0085'.repeat(30_000));
    expect((await ask(`{ echo(first: ${literal}) }`)).errors[0]?.message.length).toBeLessThan(
      1_100,
    );
  });
});

describe('GRAPHQL_VALIDATION_FAILED', () => {
  it.each([
    ['an unknown field', '{ nothing }'],
    ['a null for a non-null input field', '{ echo(first: null) }'],
    ['a literal that is not in the enum', '{ echo(colour: GREEN) }'],
    ['a kind of operation that the schema does not have', 'subscription { greeting }'],
  ])('is the code of %s', async (_what, query) => {
    const { errors } = await ask(query);
    expect(errors[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('keeps the message and the place', async () => {
    const { errors } = await ask('{ nothing }');
    expect(errors[0]).toEqual({
      message: 'Cannot query field "nothing" on type "Query".',
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });
});

describe('locations', () => {
  const lines = '\n'.repeat(50_000);

  it('are those of the document, however many lines it has', async () => {
    const { errors } = await ask(`${lines}{ greeting\n  nothing }`);
    expect(errors[0]?.locations).toEqual([{ line: 50_002, column: 3 }]);
    const refused = await ask(`${lines}{\n  refused }`);
    expect(refused.errors[0]?.locations).toEqual([{ line: 50_002, column: 3 }]);
    const unparsed = await ask(`${lines} {`);
    expect(unparsed.errors[0]?.locations).toEqual([{ line: 50_001, column: 3 }]);
  });

  it('are at most ten of one error, and take no time for each line', async () => {
    const timeOf = (query: string) =>
      cpuMsOf(async () => {
        const { errors } = await ask(query);
        expect(errors[0]?.locations).toHaveLength(10);
      });
    const query = `{ echo(${'first: 1 '.repeat(3_000)}) }`;
    const [short, long] = [await timeOf(query), await timeOf(lines + query)];
    expect(long).toBeLessThan(10 * short);
  });
});

describe('INTERNAL_SERVER_ERROR', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(['production', 'development', 'test', ''])(
    'hides the cause if NODE_ENV is %j',
    async (env) => {
      vi.stubEnv('NODE_ENV', env);
      await using server = await openTestServer();
      const response = await server.post(
        { query: '{ greeting broken }' },
        { 'x-request-id': 'request-1' },
      );
      const text = await response.text();
      expect(JSON.parse(text)).toEqual({
        data: { greeting: 'hei', broken: null },
        errors: [{ ...masked, path: ['broken'], locations: [{ line: 1, column: 12 }] }],
      });
      expect(text).not.toMatch(/SELECT|10\.0\.0\.7|\.ts|stack/);
    },
  );

  it('is logged with the request and the place, without the message', async () => {
    await using server = await openTestServer();
    await server.post({ query: '{ broken }' }, { 'x-request-id': 'request-1' });
    const line = server.lines.find(({ msg }) => msg === 'unexpected error');
    expect(line).toMatchObject({
      requestId: 'request-1',
      error: { type: 'Error', path: 'broken' },
    });
    expect(JSON.stringify(server.lines)).not.toContain('SELECT');
  });

  it.each([
    [
      'a code that is not in the catalogue',
      new GraphQLError('at 10.0.0.7', { extensions: { code: 'DOWNSTREAM' } }),
    ],
    ['no code', new GraphQLError('at 10.0.0.7')],
    ['a thrown text', 'at 10.0.0.7'],
    [
      'its own code and another message',
      new HubError('INTERNAL_SERVER_ERROR', { message: 'at 10.0.0.7' }),
    ],
  ])('replaces an error with %s', (_what, error) => {
    expect(mask(error)).toEqual(masked);
  });
});

describe('maskError', () => {
  it('drops what an engine adds to a coded error', () => {
    const extensions = {
      code: 'PARTNER_TIMED_OUT',
      partner: 'no',
      stacktrace: ['x'],
      response: { url: 'http://x' },
    };
    expect(mask(new GraphQLError('Late.', { extensions })).extensions).toEqual({
      code: 'PARTNER_TIMED_OUT',
      partner: 'no',
    });
  });

  it('finds our error behind the engine’s', () => {
    const ours = new HubError('FORBIDDEN', { argument: 'id', owner: 'fi' });
    const wrapped = new GraphQLError(ours.message, { originalError: ours, path: ['change'] });
    expect(mask(wrapped)).toEqual({
      message: ours.message,
      path: ['change'],
      extensions: { code: 'FORBIDDEN', argument: 'id', owner: 'fi' },
    });
  });
});

describe('describeError', () => {
  it('keeps messages of the language and no others', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({
      message: 'x is not a function',
    });
    expect(describeError(new Error('Jane'))).not.toHaveProperty('message');
    expect(describeError(Object.assign(new Error('Jane'), { code: 'SQLITE_BUSY' }))).toMatchObject({
      code: 'SQLITE_BUSY',
    });
  });

  it('ends for circular causes', () => {
    const one = new GraphQLError('one');
    Object.assign(one, { originalError: new GraphQLError('two', { originalError: one }) });
    expect(mask(one)).toEqual(masked);
  });
});
