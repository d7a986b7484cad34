import { describe, expect, it } from 'vitest';
import { judgeWrite } from './cached-port.js';

const refusal = (path: unknown, code = 'FORBIDDEN') => ({ path, extensions: { code } });
const judge = (json: unknown, httpStatus = 200) => judgeWrite({ json, httpStatus });

describe('judgeWrite', () => {
  it.each([
    ['its refusal at the field', { data: { a: null }, errors: [refusal(['a'])] }, 200],
    ['its refusal as a whole', { data: null, errors: [refusal(undefined)] }, 200],
    ['a refusal of a field that cannot be null', { data: null, errors: [refusal(['a'])] }, 200],
    ['a status that refuses the request', {}, 413],
    [
      'that it lacks a response of the busy hub',
      { data: { a: null }, errors: [refusal(['a'], 'OVERLOADED')] },
      200,
    ],
    ['a partner that is itself too busy', { errors: [refusal(undefined, 'OVERLOADED')] }, 503],
  ])('finds nothing changed in %s', (_what, json, httpStatus) => {
    expect(judge(json, httpStatus)).toBe('nothing');
  });

  it.each([
    ['a result', { data: { a: { id: '1' } } }],
    ['one result beside a refusal', { data: { a: null, b: true }, errors: [refusal(['a'])] }],
    ['null that no error explains', { data: { a: null } }],
    ['an error within the result', { data: { a: null }, errors: [refusal(['a', 'name'])] }],
    ['an error without a code', { data: { a: null }, errors: [{ path: ['a'] }] }],
    [
      'an unexpected error',
      { data: { a: null }, errors: [refusal(['a'], 'INTERNAL_SERVER_ERROR')] },
    ],
    [
      'that it lacks another partner’s response',
      { data: { a: null }, errors: [refusal(['a'], 'PARTNER_TIMED_OUT')] },
    ],
    ['no GraphQL', []],
    ['no data and no errors', {}],
  ])('assumes a change for %s', (_what, json) => {
    expect(judge(json)).toBe('written');
  });

  it('gives “unknown” for a partner that did not respond', () => {
    expect(judgeWrite({ failure: 'TIMED_OUT', reason: 'late' })).toBe('unknown');
    expect(judgeWrite({ failure: 'REFUSED', reason: 'HTTP 401' })).toBe('nothing');
    expect(judgeWrite({ failure: 'OVERLOADED', reason: 'the hub has too much to do' })).toBe(
      'nothing',
    );
    expect(judge({}, 504)).toBe('unknown');
    expect(judge({ data: { a: 1 }, errors: [refusal(['b'], 'OVERLOADED')] }, 503)).toBe('unknown');
  });
});
