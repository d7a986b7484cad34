import { describe, expect, it } from 'vitest';
import { cpuMsOf } from '../../testing/cpu-time.js';
import {
  CountryCodeScalar,
  DateScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  UrlScalar,
  checkRange,
  cutText,
  longest,
} from './scalars.js';

// cspell:ignore анна почта

/** A BCP 47 tag of this length. It has the right form, however long it is. */
const tagOf = (length: number) =>
  `da-x${'-a'.repeat((length - 4) >> 1)}${length % 2 === 1 ? 'a' : ''}`;

describe('BAD_USER_INPUT', () => {
  it.each([
    [LanguageTagScalar, tagOf(37), 35],
    [CountryCodeScalar, 'DNK', 2],
    [DateScalar, '2020-01-01T', 10],
    [UrlScalar, `https://example.org/${'a'.repeat(2_000)}`, 2_000],
  ])('states the longest length of a %s', (scalar, text, most) => {
    const message = `A ${scalar.name} must have at most ${most} characters.`;
    const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT', message }) as Error;
    expect(() => scalar.parseValue(text)).toThrow(refusal);
  });

  it('checks the length of a tag before its form', async () => {
    const timeOf = (text: string) =>
      cpuMsOf(() => {
        for (let run = 0; run < 20; run += 1)
          expect(() => LanguageTagScalar.parseValue(text)).toThrow();
      });
    await timeOf('?');
    const short = await timeOf('?'.repeat(36));
    expect((await timeOf(tagOf(168_001))) / short).toBeLessThan(500);
  });
});

describe('a text scalar', () => {
  // PostgreSQL rejects NUL, and a database would change half a surrogate pair.
  it.each(['\0', '\u0007', '\ud800'])('rejects %j, which no address has', (character) => {
    const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error;
    for (const text of [`a${character}@example.org`, `a@example.org${character}`])
      expect(() => EmailAddressScalar.parseValue(text)).toThrow(refusal);
    for (const text of [`https://example.org/${character}`, `https://example.org${character}`])
      expect(() => UrlScalar.parseValue(text)).toThrow(refusal);
  });

  it('accepts addresses with letters of every script', () => {
    for (const text of ['jörg@example.org', 'анна@почта.рф'])
      expect(EmailAddressScalar.parseValue(text)).toBe(text);
    expect(UrlScalar.parseValue('https://example.org/𝒳/ä?q=я')).toContain('𝒳');
  });

  it('accepts a text of its longest length', () => {
    expect(LanguageTagScalar.parseValue(tagOf(35))).toHaveLength(longest.language);
  });

  it('returns longer texts that were stored before the limit', () => {
    const url = `https://example.org/${'a'.repeat(2_000)}`;
    expect(UrlScalar.serialize(url)).toBe(url);
    expect(LanguageTagScalar.serialize(tagOf(168_001))).toHaveLength(168_001);
  });
});

describe('checkRange', () => {
  it.each([
    ['2009-09-14', '2009-09-13'],
    ['2010', '2009'],
    ['2009-10', '2009-09-30'],
    ['2009-09-13T10:00:00Z', '2009-09-13T09:59:59Z'],
    // An hour earlier, although the text sorts later.
    ['2009-09-13T10:00:00Z', '2009-09-13T11:00:00+02:00'],
  ])('refuses a range from %s to %s by its end', (start, end) => {
    const refusal = expect.objectContaining({
      code: 'BAD_USER_INPUT',
      extensions: { code: 'BAD_USER_INPUT', argument: 'filter.to' },
    }) as Error;
    expect(() => checkRange(start, end, 'filter.to')).toThrow(refusal);
  });

  it.each([
    ['2009-09-13', '2009-09-13'],
    ['2009-09-30', '2009-09'],
    ['2009-12-31', '2009'],
    ['2009', '2009-01-01'],
    ['2009-09-13T11:00:00+02:00', '2009-09-13T09:00:00Z'],
    [null, '2009'],
    ['2009', undefined],
  ])('accepts one from %s to %s', (start, end) => {
    expect(() => checkRange(start, end, 'filter.to')).not.toThrow();
  });
});

describe('cutText', () => {
  it('leaves a short text unchanged, and cuts a longer one with a sign', () => {
    expect(cutText('abcde', 5)).toBe('abcde');
    expect(cutText('abcdef', 5)).toBe('abcd…');
  });

  it('never splits a character', () => {
    for (let most = 1; most < 12; most += 1) {
      const cut = cutText('a😀'.repeat(10), most);
      // It throws for half a surrogate pair.
      expect(decodeURIComponent(encodeURIComponent(cut))).toBe(cut);
      expect(cut.length).toBeLessThanOrEqual(most);
    }
  });
});
