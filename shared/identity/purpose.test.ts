import { describe, expect, it } from 'vitest';
import { parsePurpose, readPurposeHeader } from './purpose.js';

describe('hub-purpose', () => {
  it.each(['HOSTING', 'PROGRAMME: the plan of May', 'OTHER: a study', `OTHER: ${'x'.repeat(249)}`])(
    'may be %s',
    (header) => {
      expect(readPurposeHeader(header)).toBe(header);
    },
  );

  it.each([undefined, ''])('may be missing', (header) => {
    expect(readPurposeHeader(header)).toBeUndefined();
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
    expect(() => readPurposeHeader(header)).toThrow(
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
