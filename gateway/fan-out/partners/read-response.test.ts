import { describe, expect, it } from 'vitest';
import type { ResponsePath } from '../../engine/documents/response-path.js';
import { parseSelection } from '../rules/test-model.js';
import { isPathIn } from './asked-for.js';
import { isTransient, readResponse } from './read-response.js';

const selection = [parseSelection('{ rows { id inner { x: name } ... on Row { more } } one }')];
const read = (json: unknown, httpStatus = 200) =>
  readResponse(
    { json, httpStatus },
    askedFor((path) => isPathIn(selection, path)),
  );
const askedFor = (isAskedPath: (path: ResponsePath) => boolean) => ({
  isAskedPath,
  isPassedOn: (argument: string) => argument === 'first',
});
const error = (extensions?: unknown, path?: unknown) => ({
  message: 'a partner’s wording',
  path,
  extensions,
});
const zeros = (length: number) => Array.from({ length }, () => 0);

describe('readResponse', () => {
  it('returns a failure as it is', () => {
    const failure = { failure: 'TIMED_OUT', reason: 'late' } as const;
    expect(
      readResponse(
        failure,
        askedFor(() => true),
      ),
    ).toBe(failure);
  });

  it.each([
    ['no object', []],
    ['nothing', null],
    ['neither data nor errors', {}],
    ['null data without errors', { data: null }],
    ['data that is a list', { data: [] }],
    ['errors that are not a list', { data: {}, errors: 'x' }],
    ['an error that is not an object', { data: {}, errors: [null] }],
    ['an error at a field that was not selected', { data: {}, errors: [error({}, ['other'])] }],
    [
      'an error deeper than the selection',
      { data: {}, errors: [error({}, ['rows', 0, 'id', 'x'])] },
    ],
    ['an error without a path', { data: {}, errors: [error({}, 'rows')] }],
    ['an error at an empty path', { data: {}, errors: [error({}, [])] }],
    ['an error deep in nothing', { data: {}, errors: [error({}, ['rows', ...zeros(20_000)])] }],
    [
      'an error deeper than operations are',
      { data: {}, errors: [error({}, ['rows', ...zeros(400)])] },
    ],
    [
      'errors whose paths have too many steps together',
      { data: {}, errors: Array<unknown>(1_000).fill(error({}, ['rows', ...zeros(200)])) },
    ],
    ['an error at half an item', { data: {}, errors: [error({}, ['rows', 0.5])] }],
    [
      'a document that its schema does not know',
      { errors: [error({ code: 'GRAPHQL_VALIDATION_FAILED' })] },
    ],
    ['a document that it cannot read', { errors: [error({ code: 'GRAPHQL_PARSE_FAILED' })] }],
  ])('reads %s as INVALID_RESPONSE', (_, json) => {
    expect(read(json)).toMatchObject({ failure: 'INVALID_RESPONSE' });
  });

  it('reads UNAUTHENTICATED as REFUSED', () => {
    expect(read({ errors: [error({ code: 'UNAUTHENTICATED' })] })).toMatchObject({
      failure: 'REFUSED',
    });
  });

  it('reads OVERLOADED as UNAVAILABLE, though the partner responded', () => {
    expect(read({ errors: [error({ code: 'OVERLOADED', retryAfter: 1 })] }, 503)).toMatchObject({
      failure: 'UNAVAILABLE',
      callStatus: 'OVERLOADED',
    });
  });

  it.each([
    [{ errors: [error({ code: 'PARTNER_UNAVAILABLE' })] }, 200],
    [{}, 404],
    [{}, 503],
  ])('reads an error status without a code as UNAVAILABLE: %j', (json, httpStatus) => {
    expect(read(json, httpStatus)).toMatchObject({ failure: 'UNAVAILABLE' });
  });

  it.each([
    [{ errors: [error()] }, 200],
    [{ errors: [error({ code: 'INTERNAL_SERVER_ERROR' })] }, 500],
    [{ errors: [error({ code: 'FORBIDDEN' }), error()] }, 200],
    [{ errors: [error()] }, 400],
  ])(
    'reads a failure without a code as UNAVAILABLE, though the partner responded: %j %s',
    (json, status) => {
      expect(read(json, status)).toMatchObject({
        failure: 'UNAVAILABLE',
        callStatus: 'INVALID_RESPONSE',
      });
    },
  );

  // The hub writes the request, so the client is not the cause: `isRefusal` is about places only.
  it.each<[unknown, number, string]>([
    [{ errors: [error({ code: 'RATE_LIMITED' })] }, 429, 'RATE_LIMITED'],
    [{ errors: [error({ code: 'BAD_REQUEST' })] }, 408, 'BAD_REQUEST'],
    [{ errors: [error({ code: 'BAD_USER_INPUT' })] }, 400, 'BAD_USER_INPUT'],
    [{ errors: [error({ code: 'BAD_USER_INPUT', argument: 'x' })] }, 200, 'BAD_USER_INPUT'],
    [{}, 408, 'HTTP 408'],
    [{}, 413, 'HTTP 413'],
    [{ errors: [error()] }, 431, 'HTTP 431'],
    [{}, 429, 'HTTP 429'],
  ])(
    'reads a refusal of the hub’s request as UNAVAILABLE, and keeps the partner’s status: %j %s',
    (json, status, reason) => {
      expect(read(json, status)).toEqual({
        failure: 'UNAVAILABLE',
        reason: `it refused the request: ${reason}`,
        callStatus: 'ANSWERED',
      });
    },
  );

  it.each([
    [{ errors: [error({ code: 'RATE_LIMITED' })] }, 200, true],
    [{ data: null, errors: [error({ code: 'OVERLOADED' })] }, 503, true],
    [{ errors: [error({ code: 'BAD_REQUEST' })] }, 408, true],
    [{}, 429, true],
    [{ errors: [error({ code: 'BAD_REQUEST' })] }, 400, false],
    [{ data: { one: null }, errors: [error({ code: 'RATE_LIMITED' }, ['one'])] }, 200, false],
    [{ data: { one: 1 }, errors: [error({ code: 'RATE_LIMITED' })] }, 200, false],
    [{}, 413, false],
  ])('knows which refusals pass by themselves: %j %s: %s', (json, httpStatus, passes) => {
    expect(isTransient({ json, httpStatus })).toBe(passes);
  });

  it('reads as a response that a partner lacks another’s response, without believing it yet', () => {
    const json = { errors: [error({ code: 'PARTNER_TIMED_OUT', partner: 'nbnp' })] };
    expect(read(json, 504)).toMatchObject({ errors: [{ isUndecided: true, missing: 'nbnp' }] });
  });

  it('reads a refusal of a value that the client gave as a response', () => {
    const extensions = { argument: 'first' };
    expect(read({ errors: [error({ code: 'BAD_USER_INPUT', ...extensions })] }, 400)).toEqual({
      data: null,
      errors: [
        {
          path: undefined,
          refusal: 'BAD_USER_INPUT',
          isUndecided: false,
          missing: undefined,
          extensions,
        },
      ],
    });
  });

  it('accepts the codes of the contract, and no others', () => {
    const codes = ['FORBIDDEN', 'PARTNER_TIMED_OUT', 'RATE_LIMITED', 'toString', 7, undefined];
    const errors = codes.map((code) => error({ code }, ['one']));
    const response = read({ data: { one: null }, errors });
    expect('errors' in response && response.errors.map(({ refusal }) => refusal)).toEqual([
      'FORBIDDEN',
      undefined,
      'RATE_LIMITED',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('keeps only the extensions that belong to the code, in their strict form', () => {
    const rule = { rule: 'GROUP_IS_FULL', situation: 'OF_MEMBERS', count: 2, expected: 10 };
    const all = { ...rule, argument: 'input.name', currentVersion: 3 };
    const wording = { situation: 'Of Eva', argument: 'a b', currentVersion: 'x', count: 'Eva' };
    const codes = ['RULE_VIOLATED', 'BAD_USER_INPUT', 'CONFLICT', 'FORBIDDEN'];
    const response = read({
      data: {},
      errors: [all, wording].flatMap((extensions) =>
        codes.map((code) => error({ code, ...extensions }, ['one'])),
      ),
    });
    expect('errors' in response && response.errors.map((item) => item.extensions)).toEqual([
      { ...rule, argument: 'input.name' },
      { argument: 'input.name' },
      { currentVersion: 3, argument: 'input.name' },
      {},
      {},
      {},
      {},
      {},
    ]);
  });

  it('keeps the id of the record that stands, and of no other refusal', () => {
    const rules = ['DUPLICATE', 'CLOSED'] as const;
    const ids = ['nbnp:1f-2', 'a name', 'nbnp:<b>', 7];
    const response = read({
      data: {},
      errors: rules.flatMap((rule) =>
        ids.map((id) => error({ code: 'RULE_VIOLATED', rule, id }, ['one'])),
      ),
    });
    expect('errors' in response && response.errors.map(({ extensions }) => extensions)).toEqual([
      { rule: 'DUPLICATE', id: 'nbnp:1f-2' },
      ...Array<object>(3).fill({ rule: 'DUPLICATE' }),
      ...Array<object>(4).fill({ rule: 'CLOSED' }),
    ]);
  });

  it('rejects more errors than anybody reads', () => {
    const errors = Array.from({ length: 10_001 }, () => error({}, ['one']));
    expect(read({ data: {}, errors })).toMatchObject({ failure: 'INVALID_RESPONSE' });
  });

  it('reads the selection once, however many errors there are', () => {
    const asked = parseSelection('{ rows { id inner { x: name } } }');
    let looks = 0;
    const counted = {
      ...asked,
      get selections() {
        looks += 1;
        return asked.selections;
      },
    };
    const errors = Array.from({ length: 100 }, (_, row) => error({}, ['rows', row, 'inner', 'x']));
    const asks = askedFor((path) => isPathIn([counted], path));
    readResponse({ json: { data: {}, errors }, httpStatus: 200 }, asks);
    expect(looks).toBe(1);
  });

  it('cuts a path where the hub’s own additions begin', () => {
    const path = ['rows', 0, 'hub__owner'];
    const response = readResponse(
      { json: { data: {}, errors: [error({}, path)] }, httpStatus: 200 },
      askedFor(() => true),
    );
    expect('errors' in response && response.errors[0]?.path).toEqual(['rows', 0]);
  });
});

describe('isPathIn', () => {
  it.each([
    [['rows'], true],
    [['rows', 3], true],
    [['rows', 3, 'inner', 'x'], true],
    [['rows', 3, 'inner', 'name'], false],
    [['rows', 3, 'more'], true],
    [['one', 'x'], false],
    [['constructor'], false],
  ])('decides whether the path %j is in the selection: %s', (path, isIn) => {
    expect(isPathIn(selection, path)).toBe(isIn);
  });
});
