import { describe, expect, it } from 'vitest';
import { joinClientName, ownClientNameHeader, readClientName } from './client-name.js';

const read = (header: unknown) => readClientName(header, ownClientNameHeader);

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
