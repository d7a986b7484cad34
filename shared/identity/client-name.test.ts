import { describe, expect, it } from 'vitest';
import { ownClientNameHeader, readClientName } from './client-name.js';

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
