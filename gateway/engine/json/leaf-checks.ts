import type { CodeUnit } from '../codegen/code-unit.js';
import { skipPlain, type JsonCursor } from './json-cursor.js';

/** What the text of a leaf must be, so that it can be copied. */
export type LeafCheck = {
  readonly isNullable: boolean;
} & (
  | { readonly kind: 'text'; readonly mostBytes: number }
  | { readonly kind: 'name'; readonly names: ReadonlySet<string> }
  | { readonly kind: 'integer' | 'boolean' }
  | { readonly kind: 'list'; readonly item: LeafCheck }
);

/**
 * The code of a condition: that a leaf is at the cursor `s`, in the very form in which
 * `JSON.stringify` writes it. The cursor is then behind it.
 */
export function writeLeafCheck(unit: CodeUnit, check: LeafCheck): string {
  const code = writeWithoutNull(unit, check);
  return check.isNullable ? `(${code}||${unit.addConstant(skipNull)}(s))` : code;
}

function writeWithoutNull(unit: CodeUnit, check: LeafCheck): string {
  switch (check.kind) {
    case 'text':
      return `${unit.addConstant(skipText)}(s,${check.mostBytes})`;
    case 'name':
      return `${unit.addConstant(skipName)}(s,${unit.addConstant(check.names)})`;
    case 'integer':
      return `${unit.addConstant(skipInteger)}(s)`;
    case 'boolean':
      return `${unit.addConstant(skipBoolean)}(s)`;
    case 'list':
      return `${writeList(unit, check.item)}(s)`;
  }
}

/** Bytes: 44 is a comma, 91 and 93 are brackets. */
const writeList = (unit: CodeUnit, item: LeafCheck): string =>
  unit.addFunction(
    ['s'],
    `const b=s.bytes;if(b[s.at]!==91)return false;s.at++;if(b[s.at]===93){s.at++;return true}` +
      `for(;;){if(!${writeLeafCheck(unit, item)})return false;` +
      `const c=b[s.at++];if(c===93)return true;if(c!==44)return false}`,
  );

const quotation = 34;
const backslash = 92;

/** 1 for each byte that stands for itself in a text, also as a part of a character. */
const textBytes = Uint8Array.from({ length: 256 }, (_none, byte) =>
  byte >= 32 && byte !== quotation && byte !== backslash ? 1 : 0,
);

/** Skips a text without escapes. */
function skipText(cursor: JsonCursor, mostBytes: number): boolean {
  const { bytes } = cursor;
  if (bytes[cursor.at] !== quotation) return false;
  const start = cursor.at + 1;
  let at = start;
  // Beyond the end there is no byte.
  while (textBytes[bytes[at] ?? 0] === 1) at += 1;
  // No text has more characters than bytes.
  if (bytes[at] !== quotation || at - start > mostBytes) return false;
  cursor.at = at + 1;
  return true;
}

function skipName(cursor: JsonCursor, names: ReadonlySet<string>): boolean {
  const { bytes, text } = cursor;
  if (bytes[cursor.at] !== quotation) return false;
  const start = cursor.at + 1;
  const end = skipPlain(bytes, start);
  if (bytes[end] !== quotation || !names.has(text.slice(start, end))) return false;
  cursor.at = end + 1;
  return true;
}

/** Integers of so many digits are surely an `Int`. */
const mostDigits = 9;

/** Skips an integer. Not `-0`, which is written as `0`. */
function skipInteger(cursor: JsonCursor): boolean {
  const { bytes } = cursor;
  const start = bytes[cursor.at] === 45 ? cursor.at + 1 : cursor.at;
  let at = start;
  for (let byte = bytes[at] ?? 0; byte >= 48 && byte <= 57; byte = bytes[at] ?? 0) at += 1;
  const length = at - start;
  const isShort = length === 1 && (bytes[start] !== 48 || start === cursor.at);
  if (!isShort && (length < 2 || length > mostDigits || bytes[start] === 48)) return false;
  cursor.at = at;
  return true;
}

const skipBoolean = (cursor: JsonCursor): boolean =>
  skipWord(cursor, 'true') || skipWord(cursor, 'false');

const skipNull = (cursor: JsonCursor): boolean => skipWord(cursor, 'null');

function skipWord(cursor: JsonCursor, word: string): boolean {
  if (!cursor.text.startsWith(word, cursor.at)) return false;
  cursor.at += word.length;
  return true;
}
