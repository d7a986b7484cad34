// cspell:ignore kovo
// cspell:ignoreRegExp /[\u0400-\u04ff]+/g
import i18next from 'i18next';
import { afterEach, expect, it, vi } from 'vitest';
import { findText, formatDate, language, t } from './language.ts';
import { formatDays } from './names.ts';

it.each([
  ['7 2026 г.', 'From 7 2026 г.', 'From 7 2026 г. On.'],
  ['7 March 2027', 'From 7 March 2027.', 'From 7 March 2027. On.'],
  ['A strike …', 'From A strike ….', 'From A strike …. On.'],
  ['A strike ...', 'From A strike ....', 'From A strike .... On.'],
])('ends a sentence once after %s', async (day, last, first) => {
  const journey = { begins: 'From {{day}}.', changedSince: 'From {{day}}. On.' };
  await i18next.init({
    lng: 'ru',
    resources: { ru: { translation: { journey } } },
    interpolation: { escapeValue: false },
  });
  expect(t('journey.begins', { day })).toBe(last);
  expect(findText(['journey.changedSince'], { day })).toBe(first);
});

it.each([
  ['ru', '7 марта 2027\u00A0г.'],
  ['lt', '2027\u00A0m. kovo 7\u00A0d.'],
  ['en', '7 March 2027'],
] as const)('never ends a line before the letter after a year, in %s', (code, day) => {
  vi.stubGlobal('navigator', { languages: [code] });
  language.value = code;
  expect(formatDate('2027-03-07')).toBe(day);
  expect(formatDays('2027-03-30', '2027-04-02')).not.toMatch(/ \p{Letter}\./u);
});

afterEach(() => vi.unstubAllGlobals());

it('writes the days of a month without spaces between them', () => {
  expect(formatDays('2027-03-07', '2027-03-12')).toBe('7–12 March 2027');
  expect(formatDays('2027-03-30', '2027-04-02')).toMatch(/^30 March\s–\s2 April 2027$/);
});
