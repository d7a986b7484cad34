import { describe, expect, it } from 'vitest';
import {
  joinClientName,
  parsePurpose,
  readClientName,
  readPurpose,
  readTimeLeft,
  timeForCallee,
} from './request-headers.js';

const read = (header: unknown) => readClientName(header);
const timeLeft = (header: unknown) => readTimeLeft({ 'hub-time-left': header as string });
const purpose = (header: unknown) => readPurpose({ 'hub-purpose': header as string });

describe('readClientName', () => {
  it('accepts up to 255 printable characters, and a request without a name', () => {
    for (const name of ['x', 'mobility desk (web)', '~'.repeat(255)]) expect(read(name)).toBe(name);
    expect([read(undefined), read('')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['is longer', 'x'.repeat(256)],
    ['has another alphabet', 'Ålesund'],
    ['has a control character', 'a\tb'],
    ['has two lines', 'a\nb'],
    ['begins with a space', ' a'],
    ['ends with a space', 'a '],
    ['was sent as a list', ['a', 'b']],
  ])('is BAD_REQUEST if the name %s', (_what, header) => {
    const message =
      '`apollographql-client-name` must have at most 255 characters, all of them printable ASCII.';
    expect(() => read(header)).toThrow(
      expect.objectContaining({ message, code: 'BAD_REQUEST' }) as Error,
    );
  });
});

describe('joinClientName', () => {
  const apollo = { 'apollographql-client-name': 'desk', 'apollographql-client-version': '1.2' };
  const plain = { 'graphql-client-name': 'board', 'graphql-client-version': '3' };

  it.each([
    ['the first pair', apollo, 'desk@1.2'],
    ['the second pair', plain, 'board@3'],
    ['the first of both pairs', { ...plain, ...apollo }, 'desk@1.2'],
    ['a name alone', { 'graphql-client-name': 'board' }, 'board'],
    [
      'the second pair, if the first has no name',
      { ...plain, 'apollographql-client-name': '' },
      'board@3',
    ],
    [
      'the name alone, if the version is in another alphabet',
      { ...apollo, 'apollographql-client-version': '1.ø' },
      'desk',
    ],
    [
      'the name alone, if both are too long',
      { ...apollo, 'apollographql-client-version': '1'.repeat(251) },
      'desk',
    ],
    [
      'both, if they are as long as allowed',
      { ...apollo, 'apollographql-client-version': '1'.repeat(250) },
      `desk@${'1'.repeat(250)}`,
    ],
    ['nothing, if there is a version alone', { 'graphql-client-version': '3' }, undefined],
  ])('takes %s', (_what, headers, expected) => {
    expect(joinClientName(headers)).toBe(expected);
  });

  it('leaves a name that was sent twice to be refused', () => {
    const twice = { 'apollographql-client-name': ['a', 'b'], 'apollographql-client-version': '1' };
    expect(() => read(joinClientName(twice))).toThrow(/must have at most/);
  });
});

describe('timeForCallee', () => {
  it('gives each step of a chain less time than the one before', () => {
    let left = 5_000;
    for (let step = 0; step < 10; step += 1) {
      const given = timeForCallee(left);
      expect(left - given).toBeGreaterThanOrEqual(100);
      expect(given).toBeGreaterThan(left / 2);
      left = given;
    }
  });

  it('reserves at most half, and never returns a negative time', () => {
    expect([100, 10, 1, 0, -5].map(timeForCallee)).toEqual([50, 5, 0, 0, 0]);
  });
});

describe('readTimeLeft', () => {
  it('accepts whole milliseconds, and nothing else', () => {
    expect(['0', '4500', '9999999'].map(timeLeft)).toEqual([0, 4_500, 9_999_999]);
    for (const other of ['', '-1', '1.5', '1e3', ' 1', '10000000', ['1', '2'], ['1'], undefined]) {
      expect(timeLeft(other)).toBeUndefined();
    }
  });
});

describe('hub-purpose', () => {
  it.each(['HOSTING', 'PROGRAMME: the plan of May', 'OTHER: a study', `OTHER: ${'x'.repeat(249)}`])(
    'may be %s',
    (header) => {
      expect(purpose(header)).toBe(header);
    },
  );

  it.each([undefined, ''])('may be missing', (header) => {
    expect(purpose(header)).toBeUndefined();
  });

  it.each([
    'hosting',
    'HOSTINGS',
    'TRAVEL',
    'HOSTING a visit',
    'OTHER',
    'OTHER:',
    'OTHER: ',
    'OTHER: a\tstudy',
    'OTHER: caf\u00e9',
    `OTHER: ${'x'.repeat(250)}`,
    ['HOSTING', 'AUDIT'],
  ])('cannot be %j', (header) => {
    expect(() => purpose(header)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', message: expect.stringContaining('SAFETY') }),
    );
  });
});

describe('a recorded purpose', () => {
  it.each([
    [null, null, null],
    ['AUDIT', 'AUDIT', null],
    ['HOSTING: transport', 'HOSTING', 'transport'],
    ['PROGRAMME; DECIDE_NOMINATION', 'PROGRAMME', 'DECIDE_NOMINATION'],
    ['OTHER: a study; DECIDE_NOMINATION', 'OTHER', 'a study; DECIDE_NOMINATION'],
    ['evaluation', 'OTHER', 'evaluation'],
    ['HOSTINGS', 'OTHER', 'HOSTINGS'],
  ])('of %j is %s, with the note %j', (text, purpose, note) => {
    expect(parsePurpose(text)).toEqual({ purpose, note });
  });
});
