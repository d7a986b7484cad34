/** Decomposing takes time by the square of how many marks follow each other; no letter of any language has so many. */
const manyMarks = /(\p{M}{30})\p{M}+/gu;

/** The combining marks of Latin and Cyrillic letters. The vowel signs of other scripts are no such marks, and stay. */
const marks = /[\u0300-\u036f]/g;

/**
 * Letters of Latin alphabets that Unicode does not decompose, as CLDR’s transform Latin-ASCII writes them: those of Latin-1 and
 * Latin Extended-A, which the languages of the network use. Greek’s final sigma is another form of the letter.
 * @see https://github.com/unicode-org/cldr/blob/main/common/transforms/Latin-ASCII.xml
 */
const plainLetters: Readonly<Record<string, string>> = {
  æ: 'ae',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ĳ: 'ij',
  ĸ: 'q',
  ł: 'l',
  ŀ: 'l',
  ŋ: 'n',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
  ŧ: 't',
  ς: 'σ',
};
const otherLetters = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

/** By way of capitals, because several small letters (ı, ſ, ẛ) share one. */
const toOneCase = (text: string): string => text.toUpperCase().toLowerCase();

/**
 * The text as searches compare it: in one case and without marks, so that `klaipeda` is Klaipėda and `bodo` is Bodø. A Russian й
 * stays a letter of its own, beside и; ё is е, as it is usually printed. Of the marks on one letter, the first 30 count.
 */
export const fold = (text: string): string =>
  toOneCase(text.replace(manyMarks, '$1').normalize('NFC'))
    .normalize('NFC')
    .split('й')
    .map((part) => part.normalize('NFD').replace(marks, ''))
    .join('й')
    .normalize('NFC')
    .replace(otherLetters, (letter) => plainLetters[letter] ?? letter);
