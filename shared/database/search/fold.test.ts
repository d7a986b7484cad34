// cspell:disable: words of many languages
import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMsOf } from '../../testing/cpu-time.js';
import { fold } from './fold.js';

/** Every letter and mark of these scripts that Unicode has. */
const lettersOf = (script: RegExp): string[] =>
  Array.from({ length: 0x3_0000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((letter) => script.test(letter));
const latin = lettersOf(/\p{Script=Latin}/u);
const cyrillic = lettersOf(/\p{Script=Cyrillic}/u);
/** Without the iota below a Greek letter, which is a letter in capitals. */
const marks = lettersOf(/[\u0300-\u0344\u0346-\u036f]/u);

const texts = array(constantFrom(...latin, ...cyrillic, ...marks, ...'%_\\ 0'), {
  maxLength: 20,
}).map((letters) => letters.join(''));

describe('fold', () => {
  it('changes nothing when it is repeated', () => {
    assert(property(string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)));
    assert(property(texts, (text) => fold(fold(text)) === fold(text)));
  });

  it('makes every Latin and Cyrillic letter and its other case the same', () => {
    const differ = [...latin, ...cyrillic].filter(
      (letter) =>
        fold(letter.toLowerCase()) !== fold(letter) || fold(letter.toUpperCase()) !== fold(letter),
    );
    expect(differ).toEqual([]);
  });

  it('makes texts of all cases the same', () => {
    assert(property(texts, (text) => fold(text.toUpperCase()) === fold(text)));
    assert(property(texts, (text) => fold(text.toLowerCase()) === fold(text)));
  });

  it('ignores marks, composed or not', () => {
    const marked = property(
      texts,
      constantFrom(...marks),
      constantFrom(...latin),
      (text, mark, letter) => {
        expect(fold(`${text}${letter}${mark}x`)).toBe(fold(`${text}${letter}x`));
        expect(fold(text.normalize('NFD'))).toBe(fold(text));
        expect(fold(text.normalize('NFC'))).toBe(fold(text));
      },
    );
    assert(marked);
  });

  it('leaves letters of ASCII and signs as they are', () => {
    const plain = ` !"#$%&'()*+,-./0123456789:;<=>?@[\\]^_\`abcdefghijklmnopqrstuvwxyz{|}~`;
    expect(fold(plain)).toBe(plain);
  });

  it.each([
    ['Klaipėda', 'klaipeda'],
    ['Bodø', 'bodo'],
    ['Ærø', 'aero'],
    ['Þingvellir og Seyðisfjörður', 'thingvellir og seydisfjordur'],
    ['Łódź', 'lodz'],
    ['Đurđica', 'durdica'],
    ['Deatnu, Sámi ŋ đ ŧ', 'deatnu, sami n d t'],
    ['Straße, STRASSE, STRAẞE', 'strasse, strasse, strasse'],
    ['İstanbul, ısı', 'istanbul, isi'],
    ['Ļvova, Jēkabpils, Mõõdu', 'lvova, jekabpils, moodu'],
    ['БЮРО', 'бюро'],
    ['Ёлка', 'елка'],
    ['Й и й', 'й и й'],
    ['И\u0306', 'й'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['हिन्दी', 'हिन्दी'],
  ])('writes %s as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('takes time by the length of a text, however many marks are on one letter', async () => {
    const many = (count: number) => `a${'\u0301\u0327'.repeat(count)}`;
    fold(many(100));
    const plain = await cpuMsOf(() => [fold('á'.repeat(60_000)), fold('a\u0301'.repeat(60_000))]);
    expect((await cpuMsOf(() => fold(many(60_000)))) / plain).toBeLessThan(200);
  });
});
