import { describe, expect, it } from 'vitest';
import { readRequestId } from './request-log.js';

const read = (given?: string | string[]) =>
  readRequestId({ headers: { 'x-request-id': given as string } });

describe('x-request-id', () => {
  it.each(['4bf92f3577b34da6', '0af76519-16cd-43dd-8448-eb211c80319c'])('is kept: %s', (given) => {
    expect(read(given)).toBe(given);
  });

  it.each([
    undefined,
    '',
    'short',
    'a'.repeat(65),
    'with space in it',
    '{"injected":true}',
    'jane@example.org',
  ])('is replaced for %j', (given) => {
    expect(read(given)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
